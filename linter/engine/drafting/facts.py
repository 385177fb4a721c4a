"""From a tree to what it says about its product. What cannot be read is skipped with a reason, never fatal."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from linter.adapters.configuration import read_toml
from linter.adapters.yaml.reader import read_yaml
from linter.engine.drafting import manifests, prose
from linter.engine.drafting.draft import Dependency, Facts
from linter.engine.repository import places
from linter.engine.repository.reading import MAX_BYTES
from linter.engine.repository.shapes import slug
from linter.errors import ConfigurationError
from linter.model.owners import parse_code_owners
from linter.model.snapshot import Entry, Kind, Snapshot, UnreadableError

MAX_FILES = 10
"""Of one sort, such as compose files."""


class Surroundings(NamedTuple):
    """What is known besides the tree: names that the repository goes by, best first, and the e-mail addresses of the
    authors of the latest commits and of the person who works here.
    """

    names: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    own_address: str = ""


class Survey(NamedTuple):
    """The facts, the sources of each field that has one, and why which files were skipped (by path)."""

    facts: Facts
    sources: Mapping[str, tuple[str, ...]]
    skipped: Mapping[str, str]


def survey(snapshot: Snapshot, surroundings: Surroundings) -> Survey:
    """Everything that the repository says; where two sources disagree the one listed first in `_SOURCES` counts."""
    entries = {entry.path: entry for entry in snapshot.paths().values() if _is_usable(entry)}
    clues, skipped = _read_files(snapshot, entries)
    pipeline = places.pipeline(entries)
    clues.append(_Clue(pipeline, Facts(pipeline=pipeline)))
    clues.append(_Clue("the names of files", Facts(unit_tests=places.test_globs(entries))))
    clues.append(_Clue("the latest commits", prose.authors(surroundings.authors)))
    clues.append(_Clue("git's user.email", prose.authors([surroundings.own_address])))
    clues += [_Clue("the repository's name", Facts(name=slug(name))) for name in surroundings.names]
    clues += [_Clue(path, Facts(kind="service")) for path in places.image_recipes(entries)]
    facts, sources = _merged(clues)
    return Survey(facts, sources, skipped)


class _Clue(NamedTuple):
    source: str
    facts: Facts


def _read_files(snapshot: Snapshot, entries: Mapping[str, Entry]) -> tuple[list[_Clue], dict[str, str]]:
    """What the files say that are there for it, and why some do not."""
    clues, skipped = [], {}
    for source in _SOURCES:
        for path in source.select(entries)[:MAX_FILES]:
            try:
                clues.append(_Clue(path, source.read(snapshot.read(entries[path], MAX_BYTES), path)))
            except (UnreadableError, ConfigurationError) as error:
                skipped[path] = str(error)
    return clues, skipped


def _is_usable(entry: Entry) -> bool:
    """A file whose path can be written into YAML and shown on a terminal."""
    return entry.kind is Kind.FILE and entry.path.isprintable() and len(entry.path) <= 500


def _merged(clues: Iterable[_Clue]) -> tuple[Facts, dict[str, tuple[str, ...]]]:
    """For each field the first value that there is, or all of a list; and where they are from."""
    values = Facts()._asdict()
    sources: dict[str, tuple[str, ...]] = dict.fromkeys(Facts._fields, ())
    for clue in clues:
        for field, value in clue.facts._asdict().items():
            old = values[field]
            values[field] = _union(old, value) if isinstance(old, tuple) else old or value
            sources[field] += (clue.source,) if values[field] != old else ()
    return Facts(**values), {field: found for field, found in sources.items() if found}


def _union(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    """The first and what it lacks of the second; dependencies are known by their names."""
    known = set(map(_identity, first))
    return first + tuple(item for item in second if _identity(item) not in known)


def _identity(item: Any) -> Any:
    return item.name if isinstance(item, Dependency) else item


class _Source(NamedTuple):
    """A sort of file: which of the paths are of that sort, and what one of them says."""

    select: Callable[[Iterable[str]], list[str]]
    read: Callable[[bytes, str], Facts]


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


_SOURCES = (
    _Source(places.code_owners, lambda data, path: prose.owners(parse_code_owners(path, _text(data)))),
    _Source(places.catalogs, lambda data, _: manifests.catalog(read_yaml(data))),
    _Source(places.python_projects, lambda data, path: manifests.python_project(read_toml(path, data))),
    _Source(places.compose_files, lambda data, _: manifests.compose(read_yaml(data))),
    _Source(places.contracts, lambda data, path: manifests.contract(read_yaml(data), path)),
    _Source(places.readmes, lambda data, _: prose.readme(_text(data))),
)
