"""Which file of a tree an import means. Nothing is looked up outside the tree."""

from collections.abc import Callable, Container, Iterator

from linter.model.imports import Import

PACKAGE = "__init__.py"


class ModuleTree:
    """The modules of one tree. Absolute names are sought under the folder of the review file that covers the importing
    file (the root where none does), then under its `src`.
    """

    def __init__(self, paths: Container[str], folder_of: Callable[[str], str]) -> None:
        """`paths` are those of the tree; `folder_of` gives the folder of the review file that covers a path."""
        self._paths = paths
        self._folder_of = folder_of

    def target(self, path: str, imported: Import) -> str | None:
        """The file that an import in the file at `path` loads last; None where the tree does not have it."""
        return next(self.candidates(path, imported.level, imported.module, imported.name), None)

    def candidates(self, path: str, level: int, module: str, name: str | None) -> Iterator[str]:
        """The files that such an import may mean, the right one first: a name can be a module or stand in one."""
        for base in self._bases(path, level, module):
            if name:
                yield from self._files(_join(base, name))
            yield from self._files(base)

    def names(self, path: str) -> list[str]:
        """The absolute names, with dots, by which the module in the file at `path` can be imported."""
        stem = path.removesuffix("/" + PACKAGE).removesuffix(".py")
        starts = [root + "/" if root else "" for root in self._roots(path)]
        return [stem[len(start) :].replace("/", ".") for start in starts if stem.startswith(start)]

    def _bases(self, path: str, level: int, module: str) -> Iterator[str]:
        parts = module.split(".") if module else []
        if level == 0:
            for root in self._roots(path):
                yield _join(root, *parts)
            return
        folders = path.split("/")[:-1]
        if level <= len(folders) + 1:
            yield _join(*folders[: len(folders) + 1 - level], *parts)

    def _roots(self, path: str) -> tuple[str, str]:
        folder = self._folder_of(path)
        return folder, _join(folder, "src")

    def _files(self, base: str) -> Iterator[str]:
        for file in (_join(base, PACKAGE), f"{base}.py"):
            if file in self._paths:
                yield file


def is_own_package(path: str, target: str) -> bool:
    """Whether `target` is the `__init__` of a package that the file at `path` lies in: it is being loaded already."""
    folder = target.removesuffix(PACKAGE)
    return folder != target and path.startswith(folder)


def _join(*parts: str) -> str:
    return "/".join(filter(None, parts))
