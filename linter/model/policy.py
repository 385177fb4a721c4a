"""What is asked of a repository: how the tool runs, and the limits of its code."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from linter.model.finding import Severity
from linter.model.glob import matches
from linter.model.rule import FAMILIES

FAMILY_PREFIX = "RL"
"""What every code begins with; as a prefix it names all rules."""

GOVERNED = ("RL903", "RL904", "RL905", "RL906", "RL907", "RL908")
"""Only an organisation's policy sets the severity of these rules, no configuration does."""


class Limits(NamedTuple):
    """What a function or file may reach; above it is too much (below it, for the maintainability index)."""

    cyclomatic_complexity: int = 15
    maintainability_index_min: int = 20
    function_lines: int = 80
    arguments: int = 8
    nesting: int = 5
    file_lines: int = 1000


CODE_LIMITS = Limits()
TEST_LIMITS = Limits(
    cyclomatic_complexity=25,
    maintainability_index_min=10,
    function_lines=150,
    arguments=10,
    nesting=5,
    file_lines=2000,
)


class Configuration(NamedTuple):
    """How the tool runs, from pyproject.toml or review-lint.toml of the linted tree. Codes may be prefixes; `policy` is
    the path, in that tree, of the organisation's policy.
    """

    select: tuple[str, ...] = (FAMILY_PREFIX,)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    per_path_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    policy: str | None = None
    fail_on: Severity = Severity.ERROR
    source: str | None = None
    """The path of the file that it was read from; None: the defaults."""


def is_known(prefix: str, codes: Collection[str]) -> bool:
    """Whether `prefix` names some of the rules `codes`, or a family of rules even if it has none yet (RL0 to RL9)."""
    families = (FAMILY_PREFIX, *(f"{FAMILY_PREFIX}{digit}" for digit in FAMILIES))
    return prefix in families or (prefix[:3] in families and any(code.startswith(prefix) for code in codes))


def override(
    configuration: Configuration,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    fail_on: Severity | None = None,
) -> Configuration:
    """The configuration with what the command line asks for: `select` replaces, `ignore` adds."""
    return configuration._replace(
        select=tuple(select) or configuration.select,
        ignore=(*configuration.ignore, *ignore),
        fail_on=fail_on or configuration.fail_on,
    )


def is_enabled(configuration: Configuration, code: str, path: str) -> bool:
    """Whether findings of the rule `code` in `path` count.

    Of the prefixes that fit, the longer one wins, and `ignore` where both are of one length: `select = ["RL801"]` with
    `ignore = ["RL8"]` keeps RL801. `per-path-ignore` always takes away.
    """
    if _longest(configuration.select, code) <= _longest(configuration.ignore, code):
        return False
    return not any(code.startswith(codes) and matches(glob, path) for glob, codes in configuration.per_path_ignore)


def configured_severity(configuration: Configuration, code: str) -> Severity | None:
    """The severity of the longest prefix that fits; None where there is none, and for the rules in GOVERNED."""
    fitting = [(len(prefix), severity) for prefix, severity in configuration.severity if code.startswith(prefix)]
    return max(fitting)[1] if fitting and code not in GOVERNED else None


def _longest(prefixes: Sequence[str], code: str) -> int:
    """The length of the longest prefix of `code`, 0 where there is none."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)
