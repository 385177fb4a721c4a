"""Imports against `simplicity.modules`, and which of them a change brought."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from linter.engine.modularity.module_tree import ModuleTree
from linter.engine.scope.simplicity import globs_of
from linter.model.comparison import Source
from linter.model.document import Document
from linter.model.imports import Crossing, Import, Part


def parts_of(document: Document | None) -> tuple[Part, ...]:
    """The entries of `simplicity.modules` that have the shape that they should have."""
    if document is None:
        return ()
    found = document.section("simplicity").get("modules")
    return tuple(filter(None, (_part(document.folder, item) for item in (found if isinstance(found, list) else ()))))


def crossings(source: Source, parts: Sequence[Part], tree: ModuleTree) -> Iterator[Crossing]:
    """The imports of a file into parts that its own part may not use, or of what those do not offer; one for each
    statement and file. A file belongs to the first part that holds it; files of no part may import and be imported.
    """
    user = _holder(parts, source.path)
    if user is None:
        return
    told = set()
    for imported in source.imports:
        crossing = _crossing(source.path, imported, user, parts, tree)
        if crossing and (imported.position, crossing.target) not in told:
            told.add((imported.position, crossing.target))
            yield crossing


def new_crossings(found: Iterable[Crossing], before: Iterable[Crossing], olds: Mapping[str, Source]) -> set[Crossing]:
    """Those that a base had not. `before` are those of the base, `olds` its versions of changed paths.

    One that stood in the same file, that was changed by a rename of what is imported, or that moved to another file of
    the same part is not new.
    """
    left = {new: new._replace(path=olds[new.path].path if new.path in olds else "") for new in found}
    pool = list(before)
    for key in (_same_import, _same_file, _same_part):
        taken = _assigned(left, pool, key)
        left = {new: there for new, there in left.items() if new not in taken}
        pool = [old for old in pool if old not in taken.values()]
    return set(left)


def _same_import(crossing: Crossing) -> Hashable:
    return (crossing.path, crossing.target)


def _same_file(crossing: Crossing) -> Hashable:
    return (crossing.path, crossing.used)


def _same_part(crossing: Crossing) -> Hashable:
    return (crossing.user, crossing.target)


def _assigned(
    left: Mapping[Crossing, Crossing], pool: Iterable[Crossing], key: Callable[[Crossing], Hashable]
) -> dict[Crossing, Crossing]:
    """New to old with equal keys, each used once."""
    free: dict[Hashable, list[Crossing]] = {}
    for old in pool:
        free.setdefault(key(old), []).append(old)
    return {new: free[key(there)].pop() for new, there in left.items() if free.get(key(there))}


def _part(folder: str, item: Any) -> Part | None:
    if not isinstance(item, dict):
        return None
    paths, may_use, public = globs_of(item.get("paths")), item.get("may_use"), item.get("public")
    if paths is None or not isinstance(item.get("name"), str) or not isinstance(may_use, list):
        return None
    return Part(item["name"], folder, paths, _texts(may_use), _texts(public) if isinstance(public, list) else None)


def _texts(items: list[Any]) -> frozenset[str]:
    return frozenset(item for item in items if isinstance(item, str))


def _holder(parts: Iterable[Part], path: str) -> Part | None:
    return next((part for part in parts if part.holds(path)), None)


def _crossing(path: str, imported: Import, user: Part, parts: Sequence[Part], tree: ModuleTree) -> Crossing | None:
    target = tree.target(path, imported)
    used = _holder(parts, target) if target else None
    if target is None or used is None or used is user:
        return None
    if used.name not in user.may_use:
        return Crossing(path, imported, user.name, used.name, target)
    if used.offers(_said(imported, target, tree)):
        return None
    return Crossing(path, imported, user.name, used.name, target, tuple(sorted(used.public or ())))


def _said(imported: Import, target: str, tree: ModuleTree) -> Iterator[str]:
    """The absolute names of what is imported: of the module, and of the name in it."""
    for name in tree.names(target):
        yield name
        yield f"{name}.{imported.name}"
