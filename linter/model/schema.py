"""Questions to a JSON schema (draft 2020-12) that need no validation: what it says about a place in a document.

Both branches of a condition count, and every alternative: the answers are what may hold at a place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from linter.model.pointer import join, split

Schema = Mapping[str, Any]

ITEM = "*"
"""The key of a list's items in the pointers of `key_places`."""


class KeyPlace(NamedTuple):
    """One place where the schema knows a key: the pointer of the mapping that holds it, list items as ITEM."""

    key: str
    parent: str


def subschemas(root: Schema, pointer: str) -> list[Schema]:
    """The subschemas of `root` that may apply to the value at `pointer`, outer ones first."""
    level = list(_unfolded(root, root))
    for key in split(pointer):
        level = _below(root, level, key)
    return level


def types(schemas: Iterable[Schema]) -> set[str]:
    """The names that stand under `type`."""
    found: set[str] = set()
    for schema in schemas:
        names = schema.get("type", ())
        found.update([names] if isinstance(names, str) else names)
    return found


def annotation(schemas: Iterable[Schema], keyword: str) -> Any:
    """What the first of the subschemas that has the keyword says there, else None."""
    return next((schema[keyword] for schema in schemas if keyword in schema), None)


def properties(schemas: Iterable[Schema]) -> list[str]:
    """The keys that the subschemas name, each once."""
    return list(dict.fromkeys(key for schema in schemas for key in schema.get("properties", ())))


def key_places(root: Schema) -> Iterator[KeyPlace]:
    """Every key that the schema names, with each of its places. The schema must not contain itself."""
    waiting: list[tuple[str, list[Schema]]] = [("", list(_unfolded(root, root)))]
    while waiting:
        parent, level = waiting.pop(0)
        for key in properties(level):
            yield KeyPlace(key, parent)
            waiting.append((join(parent, key), _below(root, level, key)))
        items = _below(root, level, ITEM)
        if items:
            waiting.append((join(parent, ITEM), items))


def referred(root: Schema, reference: str) -> Any:
    """What `$ref` refers to."""
    value: Any = root
    for key in split(reference.removeprefix("#")):
        value = value[key]
    return value


def _below(root: Schema, level: Iterable[Schema], key: str) -> list[Schema]:
    return [part for schema in level for child in _children(schema, key) for part in _unfolded(root, child)]


def _unfolded(root: Schema, schema: Any) -> Iterator[Schema]:
    """The schema and all that applies to the same value through $ref, combinations and conditions."""
    if not isinstance(schema, Mapping):
        return
    yield schema
    if "$ref" in schema:
        yield from _unfolded(root, referred(root, schema["$ref"]))
    for keyword in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(keyword, ()):
            yield from _unfolded(root, part)
    for keyword in ("then", "else"):
        yield from _unfolded(root, schema.get(keyword))


def _children(schema: Schema, key: str) -> Iterator[Any]:
    if key in schema.get("properties", ()):
        yield schema["properties"][key]
    for pattern, child in schema.get("patternProperties", {}).items():
        if re.search(pattern, key):
            yield child
    if "items" in schema and (key == ITEM or key.isdecimal()):
        yield schema["items"]
