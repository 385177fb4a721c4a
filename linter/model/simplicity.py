"""What a review file says about the simplicity of the code that it covers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.model.glob import Globs
from linter.model.policy import CODE_LIMITS, TEST_LIMITS, Limits

TEST_GLOBS = Globs(("**/test_*.py", "**/*_test.py", "**/conftest.py", "**/tests/**", "**/test/**"))
"""Which files are tests where `preparation.unit_tests.paths` does not say it."""

MODES = ("absolute", "ratchet", "advice")
"""The strictest first."""

LIMITS_OF_CODE, LIMITS_OF_TESTS = "limits", "test_limits"

SETTINGS = (
    "mode",
    "legacy_tolerance",
    *(f"{kind}.{limit}" for kind in (LIMITS_OF_CODE, LIMITS_OF_TESTS) for limit in Limits._fields),
)
"""What a policy gives defaults for and may lock, by the names that it has in `simplicity` of a review file."""


class Override(NamedTuple):
    """Limits for the paths that match; `limits` holds the keys that are given, by the names of `Limits`."""

    paths: Globs
    limits: tuple[tuple[str, int], ...]


class Simplicity(NamedTuple):
    """The settings of a review file in `folder`, whose paths they are relative to. The defaults are those of code that
    no review file covers. `mode` is one of MODES. `bounds` holds what counts, by its name (such as `limits.nesting` or
    `mode`), unless the review file asks for something stricter: what a policy locks.
    """

    folder: str = ""
    limits: Limits = CODE_LIMITS
    test_limits: Limits = TEST_LIMITS
    overrides: tuple[Override, ...] = ()
    legacy_tolerance: int = 2
    mode: str = "ratchet"
    tests: Globs = TEST_GLOBS
    generated: Globs = Globs()
    bounds: Mapping[str, Any] = {}

    def limits_for(self, path: str) -> Limits:
        """What is asked of the code at `path` (of the repository): the limits for code or for tests, and over them
        every override that matches, key by key; where two give the same key, the later one counts. No limit is looser
        than its bound.
        """
        kind = LIMITS_OF_TESTS if self.is_test(path) else LIMITS_OF_CODE
        limits = self.test_limits if kind == LIMITS_OF_TESTS else self.limits
        for override in self.overrides:
            if override.paths.match(path, self.folder):
                limits = limits._replace(**dict(override.limits))
        bounded = {key: self.bounded(f"{kind}.{key}", getattr(limits, key)) for key in Limits._fields if self.bounds}
        return limits._replace(**bounded)

    def value(self, setting: str) -> Any:
        """The value of one of SETTINGS."""
        kind, _, limit = setting.partition(".")
        return getattr(getattr(self, kind), limit) if limit else getattr(self, setting)

    def bounded(self, setting: str, value: Any) -> Any:
        """The value of a setting, or its bound where that is stricter."""
        return stricter(setting, value, self.bounds[setting]) if setting in self.bounds else value

    def is_test(self, path: str) -> bool:
        """Whether the file at `path` (of the repository) is a test."""
        return self.tests.match(path, self.folder)

    def is_generated(self, path: str) -> bool:
        """Whether `generated` names the file at `path` (of the repository)."""
        return self.generated.match(path, self.folder)


def stricter(setting: str, one: Any, other: Any) -> Any:
    """Of two values of a setting the one that asks more of the code."""
    if setting == "mode":
        return min(one, other, key=MODES.index)
    return max(one, other) if setting.endswith("_min") else min(one, other)
