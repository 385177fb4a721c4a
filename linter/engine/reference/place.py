"""The way through the schema of review files along the names that people use: `monitoring.slis.source`."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from linter.adapters.schema.files import load_schema
from linter.model.pointer import join
from linter.model.schema import ITEM, Schema, annotation, properties, referred, subschemas

ROOT = "REVIEW.yaml"
"""The name of the whole."""

NOT_APPLICABLE = "not_applicable"


class Place(NamedTuple):
    """A value of the format by its dotted name: what the schema says about the value in its own right, outer schemas
    first; the same of the mapping that holds it; and the JSON pointer of that mapping, list items as ITEM, None inside
    a shape.
    """

    name: str
    content: list[Schema]
    around: list[Schema]
    holder: str | None

    @property
    def key(self) -> str:
        return self.name.rpartition(".")[2]

    def says(self, keyword: str) -> Any:
        return annotation(self.content, keyword)


class Places:
    """All places of a schema."""

    def __init__(self, root: Schema) -> None:
        self.root = root

    @cached_property
    def shapes(self) -> dict[str, Place]:
        """The definitions that stand for themselves, by name."""
        named = {name: shape for name, shape in self.root["$defs"].items() if "title" in shape}
        return {name: Place(name, self._content(shape), [], None) for name, shape in named.items()}

    @cached_property
    def keys(self) -> dict[str, Place]:
        """All keys by their dotted names; those of shapes stand below the name of the shape only."""
        top = Place(ROOT, self._content(self.root), [], None)
        found = {ROOT: top} | {place.name: place for place in self._below(top)}
        for shape in self.shapes.values():
            found |= {place.name: place for place in self._below(shape)}
        return found

    def find(self, name: str) -> Place | None:
        """The place of a dotted name, also of one that leads into a shape."""
        if name in self.keys:
            return self.keys[name]
        start, _, rest = name.partition(".")
        place = self.keys.get(start) or self.shapes.get(start)
        for key in rest.split(".") if rest else ():
            place = place and next((child for child in self.children(place) if child.key == key), None)
        return place

    def children(self, place: Place) -> list[Place]:
        """The keys of a mapping, or of the items of a list of mappings."""
        level, step = (place.content, []) if properties(place.content) else (self.items(place), [ITEM])
        prefix = "" if place.name == ROOT else place.name + "."
        holder = self._pointer(place, step)
        return [
            Place(prefix + key, self._content(schema["properties"][key]), level, holder)
            for schema in level
            for key in schema.get("properties", ())
        ]

    def items(self, place: Place) -> list[Schema]:
        """What the schema says about each item of a list."""
        return [part for schema in place.content if "items" in schema for part in self._content(schema["items"])]

    def shape_of(self, content: Sequence[Schema]) -> str:
        """The name of the shape that a value has, empty if it has none of its own."""
        names = (str(schema["$ref"]).rpartition("/")[2] for schema in content if "$ref" in schema)
        return next((name for name in names if name in self.shapes), "")

    def may_be_excused(self, place: Place) -> bool:
        """Whether `not_applicable` may stand there instead."""
        return any(_is_excuse(schema) for schema in place.content)

    def demands(self, place: Place) -> list[Schema]:
        """The schemas that ask for a key, those without a condition first."""
        outside = [] if place.holder is None else subschemas(self.root, place.holder)
        conditional = [schema for schema in outside if "x-because" in schema]
        return [schema for schema in (*place.around, *conditional) if place.key in schema.get("required", ())]

    def _below(self, place: Place) -> Iterator[Place]:
        if place.name not in self.shapes and self.shape_of(place.content):
            return
        for child in self.children(place):
            yield child
            yield from self._below(child)

    def _pointer(self, place: Place, step: Sequence[str]) -> str | None:
        if place.name == ROOT:
            return ""
        return None if place.holder is None else join(place.holder, place.key, *step)

    def _content(self, schema: Any) -> list[Schema]:
        return list(self._unfolded(schema))

    def _unfolded(self, schema: Any) -> Iterator[Schema]:
        if not isinstance(schema, dict):
            return
        yield schema
        if "$ref" in schema:
            yield from self._unfolded(referred(self.root, schema["$ref"]))
        if not _is_excuse(schema):
            yield from self._unfolded(schema.get("then"))
        yield from self._unfolded(schema.get("else"))


def review_places() -> Places:
    """The places of the format of review files."""
    return Places(load_schema("review"))


def _is_excuse(schema: Schema) -> bool:
    consequence = schema.get("then")
    return isinstance(consequence, dict) and str(consequence.get("$ref", "")).endswith(NOT_APPLICABLE)
