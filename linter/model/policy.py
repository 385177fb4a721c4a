"""What is asked of a repository: how the tool runs, and the limits of its code."""

from typing import NamedTuple

from linter.model.finding import Severity


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
    """How the tool runs, from pyproject.toml or review-lint.toml of the linted tree. Codes may be prefixes."""

    select: tuple[str, ...] = ("RL",)
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    per_path_ignore: tuple[tuple[str, tuple[str, ...]], ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: Severity = Severity.ERROR
    source: str | None = None
    """The path of the file that it was read from; None: the defaults."""
