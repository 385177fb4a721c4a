"""What a review file says about the simplicity of the code that it covers."""

from typing import NamedTuple

from linter.model.glob import Globs
from linter.model.policy import CODE_LIMITS, TEST_LIMITS, Limits

TEST_GLOBS = Globs(("**/test_*.py", "**/*_test.py", "**/conftest.py", "**/tests/**", "**/test/**"))
"""Which files are tests where `preparation.unit_tests.paths` does not say it."""


class Override(NamedTuple):
    """Limits for the paths that match; `limits` holds the keys that are given, by the names of `Limits`."""

    paths: Globs
    limits: tuple[tuple[str, int], ...]


class Simplicity(NamedTuple):
    """The settings of a review file in `folder`, whose paths they are relative to. The defaults are those of code that
    no review file covers. `mode` is ratchet, absolute or advice.
    """

    folder: str = ""
    limits: Limits = CODE_LIMITS
    test_limits: Limits = TEST_LIMITS
    overrides: tuple[Override, ...] = ()
    legacy_tolerance: int = 2
    mode: str = "ratchet"
    tests: Globs = TEST_GLOBS
    generated: Globs = Globs()

    def limits_for(self, path: str) -> Limits:
        """What is asked of the code at `path` (of the repository): the limits for code or for tests, and over them
        every override that matches, key by key; where two give the same key, the later one counts.
        """
        limits = self.test_limits if self.is_test(path) else self.limits
        for override in self.overrides:
            if override.paths.match(path, self.folder):
                limits = limits._replace(**dict(override.limits))
        return limits

    def is_test(self, path: str) -> bool:
        """Whether the file at `path` (of the repository) is a test."""
        return self.tests.match(path, self.folder)

    def is_generated(self, path: str) -> bool:
        """Whether `generated` names the file at `path` (of the repository)."""
        return self.generated.match(path, self.folder)
