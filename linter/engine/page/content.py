"""What a section says: facts first, then its parts under headings, lists of things as tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from linter.engine.page.guide import inside, title, told
from linter.engine.page.pictures import promises, rollout, surroundings
from linter.engine.page.values import Values
from linter.model.page import NOTHING, Block, Cell, Facts, Heading, Paragraph, Table
from linter.model.schema import ITEM

FIRST_LEVEL, LAST_LEVEL = 3, 6
"""Of headings inside a section, as HTML and Markdown know them."""

_STAGES = "/release_plan/stages"

_TOGETHER = (("expected_rate", "peak_factor"), ("agreed_by", "agreed_on"))
"""Keys of list items that make one column: tables with many are hard to read."""


def content(name: str, data: Mapping[Any, Any], values: Values) -> Iterator[Block]:
    """What the section of that name says in a review file with that data."""
    section, place = data[name], inside("", name)
    if not isinstance(section, dict):
        yield Paragraph(values.cell(section, place)[0])
        return
    if name == "planning":
        yield from _pictured(surroundings(data))
    yield from _clarity(section, data, values) if name == "clarity" else mapping(section, place, values)


def mapping(value: Mapping[Any, Any], place: str, values: Values, level: int = FIRST_LEVEL) -> Iterator[Block]:
    """A mapping: what fits beside its name, then the rest under headings."""
    keys = told(place, value)
    plain = [key for key in keys if values.is_plain(value[key], inside(place, key))]
    if plain:
        yield facts({key: value[key] for key in plain}, place, values)
    for key in keys:
        if key not in plain:
            yield Heading(title(inside(place, key)), min(level, LAST_LEVEL))
            yield from _part(value[key], inside(place, key), values, level + 1)


def facts(value: Mapping[Any, Any], place: str, values: Values) -> Facts:
    """Keys and values beside each other."""
    places = {key: inside(place, key) for key in told(place, value)}
    return Facts(tuple((title(inner), values.cell(value[key], inner)) for key, inner in places.items()))


def table(items: list[Any], place: str, values: Values) -> Table:
    """A list of mappings: a row for each, a column for every key that one of them has."""
    inner = inside(place, ITEM)
    keys = told(inner, dict.fromkeys(key for item in items if isinstance(item, dict) for key in item))
    columns = list(_columns(keys))
    names = tuple(title(inside(inner, column[0])) for column in columns)
    return Table(title(place), names, tuple(_row(item, columns, inner, values) for item in items))


def _part(value: Any, place: str, values: Values, level: int) -> Iterator[Block]:
    if place == _STAGES:
        yield from _pictured(rollout(value))
    if isinstance(value, list):
        yield table(value, place, values)
    else:
        yield from mapping(value, place, values, level)


def _clarity(section: Mapping[Any, Any], data: Mapping[Any, Any], values: Values) -> Iterator[Block]:
    """The reason in full width, and both service levels in one table."""
    why = section.get("why")
    paragraphs = [Paragraph((text,)) for text in why.split("\n\n") if text.strip()] if isinstance(why, str) else []
    yield from paragraphs
    levels = [key for key in ("sla", "slo") if _is_level(section.get(key))]
    apart = [*levels, "why"] if paragraphs else levels
    yield from mapping({key: value for key, value in section.items() if key not in apart}, "/clarity", values)
    if levels:
        yield Heading("Service levels", FIRST_LEVEL)
        yield promises(data, values)


def _is_level(value: Any) -> bool:
    return isinstance(value, dict) and "not_applicable" not in value


def _pictured(block: Block | None) -> Iterator[Block]:
    if block:
        yield block


def _columns(keys: list[Any]) -> Iterator[list[Any]]:
    """The keys of each column: some are told below another one."""
    below = {second: first for first, second in _TOGETHER if first in keys and second in keys}
    for key in keys:
        if key not in below:
            yield [key, *(second for second, first in below.items() if first == key)]


def _row(item: Any, columns: list[list[Any]], place: str, values: Values) -> tuple[Cell, ...]:
    if isinstance(item, dict):
        return tuple(_cell(item, column, place, values) for column in columns)
    # What should be a mapping and is not is shown all the same.
    return values.cell(item, place), *[NOTHING] * (len(columns) - 1)


def _cell(item: Mapping[Any, Any], column: list[Any], place: str, values: Values) -> Cell:
    first, *others = (inside(place, key) for key in column)
    cell = values.cell(item[column[0]], first) if column[0] in item else NOTHING
    said = [(key, other) for key, other in zip(column[1:], others, strict=True) if key in item]
    below = ((f"{title(other)}: ", *line) for key, other in said for line in values.cell(item[key], other))
    return *cell, *below
