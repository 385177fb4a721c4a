"""The figures of a source file and of each of its functions."""

from typing import NamedTuple

from linter.model.finding import Position
from linter.model.imports import Import

MODULE = "<module>"
"""The symbol of a module's own body."""

COMPLEXITY = "cyclomatic_complexity"

MAINTAINABILITY = "maintainability_index_min"
"""The limit of the maintainability index; limits are called by their names among `Limits`."""

SIZES = ("function_lines", "arguments", "nesting", "file_lines")
"""The limits of size."""


class FunctionMetrics(NamedTuple):
    """The figures of one block: a function, or the body of a class or of a module (`kind`).

    `symbol` is the qualified name with dots; a second block of one name in one scope gets `#2`. `line` and `column` are
    those of `def` or `class`; `first_line` is that of the first decorator; `body_line` that of the first statement of
    the body. `lines` counts from `line` to `end_line`; `complexity` is cyclomatic; `statements` counts its own,
    with handlers and cases, without definitions.
    """

    symbol: str
    kind: str
    line: int
    column: int
    first_line: int
    body_line: int
    end_line: int
    complexity: int
    lines: int
    arguments: int
    nesting: int
    statements: int = 0

    def figure(self, limit: str) -> int:
        """What the limit of that name bounds; 0 for a block of a kind that it is not about."""
        return int(getattr(self, _FIGURES[limit][0])) if self.has(limit) else 0

    def has(self, limit: str) -> bool:
        """Whether the limit of that name is about blocks of this kind."""
        return _FIGURES[limit][1] in (None, self.kind)


_FIGURES = {
    COMPLEXITY: ("complexity", None),
    "function_lines": ("lines", "function"),
    "arguments": ("arguments", "function"),
    "nesting": ("nesting", None),
    "file_lines": ("lines", "module"),
    MAINTAINABILITY: ("", "module"),
}
"""The fields of a block that limits are about, and the kind of block that has them. The maintainability index is a
figure of the file.
"""


class SourceMetrics(NamedTuple):
    """The figures of one file: number of lines, its blocks in the order of their text, where it was asked for the
    maintainability index (0 to 100), and what the file imports.
    """

    lines: int
    functions: tuple[FunctionMetrics, ...]
    maintainability_index: float | None = None
    imports: tuple[Import, ...] = ()


class Unanalysable(NamedTuple):
    """Why a source file has no figures, and where. `needs` is the Python that would read it, such as "3.12"."""

    reason: str
    position: Position = Position(1, 1)
    needs: str | None = None


class Shape(NamedTuple):
    """What a function looks like when layout, comments, docstring and its own name are left out.

    `tree` is equal for functions with equal syntax trees; `statements` has a value per statement, compound ones by
    their head alone, sorted, duplicates kept.
    """

    tree: str
    statements: tuple[int, ...]
