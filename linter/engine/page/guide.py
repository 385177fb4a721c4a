"""The words of the schema: what keys are called, in which order they are told, which shape a value should have.

A place is a JSON pointer in which every list item is `*`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from linter.adapters.schema.files import load_schema
from linter.engine.evidence.citation import PLACES, Form
from linter.model.pointer import join, split
from linter.model.schema import annotation, properties, subschemas

FORMS: dict[str, Form] = dict(PLACES)
"""What the value at a place cites."""

_DEFINITIONS = "#/$defs/"

_PLACES = 4096
"""So many places are remembered: the schema has less than half of them, and files hold whatever they like."""


@lru_cache(_PLACES)
def title(place: str) -> str:
    """What people call the value at a place; the key itself where the schema does not know it."""
    found: str | None = annotation(subschemas(_schema(), place), "title")
    return found or split(place)[-1]


@lru_cache(_PLACES)
def description(place: str) -> str:
    """What the schema says about a place."""
    return annotation(subschemas(_schema(), place), "description") or ""


@lru_cache(_PLACES)
def shape(place: str) -> str:
    """The name of the definition that a value at a place should fit, such as `rate` or `money`; often there is none."""
    names = (schema["$ref"] for schema in subschemas(_schema(), place) if "$ref" in schema)
    return next((name.removeprefix(_DEFINITIONS) for name in names), "")


def told(place: str, keys: Iterable[Any]) -> list[Any]:
    """Those of the keys of a mapping that are shown: in the schema's order, then the unknown ones in the file's. What a
    team keeps for itself (`x-…`) and what a page shows in other ways is left out.
    """
    order = _order(place)
    shown = [key for key in keys if not str(key).startswith("x-") and key not in _ELSEWHERE]
    return sorted(shown, key=lambda key: order.get(key, len(order)))


@lru_cache(_PLACES, typed=True)
def inside(place: str, key: Any) -> str:
    """The place of a key of the mapping at a place."""
    return join(place, str(key))


@lru_cache(_PLACES)
def _order(place: str) -> Mapping[str, int]:
    return {key: number for number, key in enumerate(properties(subschemas(_schema(), place)))}


def _schema() -> dict[str, Any]:
    return load_schema("review")


_ELSEWHERE = ("status", "digest", "sha256")
