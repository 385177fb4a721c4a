"""What source files import, and what of that is against the boundaries between the modules of a product."""

from collections.abc import Iterable
from typing import NamedTuple

from linter.model.finding import Position
from linter.model.glob import Globs


class Import(NamedTuple):
    """One name that an import statement brings.

    `module` is what is imported, or what `name` is imported from; `level` counts the dots of a relative import.
    `position` is that of the statement, `end_line` its last line. `is_loading`: it runs whenever the file is loaded,
    which is not so inside functions and under `if TYPE_CHECKING`.
    """

    module: str
    name: str | None
    level: int
    position: Position
    end_line: int
    is_loading: bool

    @property
    def said(self) -> str:
        """What is imported, with dots, as the statement says it."""
        start = "." * self.level + self.module
        if self.name in (None, "*"):
            return start
        return f"{start}{self.name}" if start.endswith(".") else f"{start}.{self.name}"


class Part(NamedTuple):
    """One entry of `simplicity.modules`: a part of the product in `paths` (relative to `folder`), which may use the
    parts called `may_use`; the others may import `public` from it, all of it where that is None.
    """

    name: str
    folder: str
    paths: Globs
    may_use: frozenset[str]
    public: frozenset[str] | None = None

    def holds(self, path: str) -> bool:
        """Whether a file (a path of the repository) belongs to it."""
        return self.paths.match(path, self.folder)

    def offers(self, names: Iterable[str]) -> bool:
        """Whether other parts may import something that is known by some names."""
        return self.public is None or not self.public.isdisjoint(names)


class Crossing(NamedTuple):
    """An import from one part of a product into another that those do not allow.

    `target` is the file that is imported, `public` what the other part offers where that is why.
    """

    path: str
    imported: Import
    user: str
    used: str
    target: str
    public: tuple[str, ...] | None = None


class Cycle(NamedTuple):
    """Files that import each other when they are loaded: `steps` begins with `path`, each imports the next one and the
    last one the first. `imported` is the import in `path`.
    """

    path: str
    imported: Import
    steps: tuple[str, ...]


class JudgedImport(NamedTuple):
    """An import, by what is wrong with it."""

    fault: Crossing | Cycle
