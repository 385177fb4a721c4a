"""What is said about a key or a shape, and where else to look."""

from collections.abc import Iterable

from linter.adapters.schema.words import expected
from linter.adapters.yaml.emit import block, entry, flow
from linter.engine.reference.place import NOT_APPLICABLE, Place, Places
from linter.model.quote import listed, named
from linter.model.schema import Schema
from linter.model.topic import Mark, Row, Topic

SOMETIMES, ONE_OF_THESE = "sometimes", "one of these"


def topic(places: Places, place: Place) -> Topic:
    """All that the schema says about a place."""
    rows = tuple(_rows(places, place))
    asked = _label(places, place) if place.around else ""
    return Topic(
        name=place.name,
        title=place.says("title"),
        text=place.says("description"),
        asked=f"{asked}{_reason(places, place)}",
        form=_form(places, place),
        notes=tuple(_notes(places, place)),
        rows=rows,
        of_items=bool(places.items(place)),
        marks=_marks(places, {asked, *(row.asked for row in rows)}),
        examples=tuple(_examples(places, place)),
        related=tuple(dict.fromkeys(_related(places, place))),
    )


def _rows(places: Places, place: Place) -> Iterable[Row]:
    """The keys; where there is but one, those below it."""
    children = places.children(place)
    below = places.children(children[0]) if len(children) == 1 else []
    for child in below or children:
        key = f"{children[0].key}.{child.key}" if below else child.key
        shape = places.shape_of([*child.content, *places.items(child)])
        yield Row(key, _label(places, child), _brief(places, child), shape, str(child.says("description")))


def _label(places: Places, place: Place) -> str:
    marks = places.root["x-marks"]
    if place.says("x-required") in ("R", "B", "P"):
        return str(marks[place.says("x-required")]["title"])
    alternatives = [part for schema in place.around for part in schema.get("oneOf", ())]
    if any(place.key in part["required"] for part in alternatives):
        return ONE_OF_THESE
    demands = places.demands(place)
    if any("x-because" not in schema for schema in demands):
        return str(marks["R"]["title"])
    return SOMETIMES if demands else str(marks["o"]["title"])


def _reason(places: Places, place: Place) -> str:
    reasons = dict.fromkeys(schema["x-because"] for schema in places.demands(place) if "x-because" in schema)
    return f": {'; '.join(reasons)}" if reasons else ""


def _form(places: Places, place: Place) -> str:
    items = places.items(place)
    each = f"; each of them {expected(_telling(items))}" if items else ""
    return expected(_telling(place.content)) + each


def _brief(places: Places, place: Place) -> str:
    words = _few_words(places, place.content)
    items = places.items(place)
    if items:
        each = _few_words(places, items)
        words = f"list of {each}s" if " " not in each else f"list of {each}"
    return f"{words} or {NOT_APPLICABLE}" if places.may_be_excused(place) else words


def _few_words(places: Places, content: list[Schema]) -> str:
    if shape := places.shape_of(content):
        return shape
    telling = _telling(content)
    if "enum" in telling:
        return listed([str(value) for value in telling["enum"]], "or")
    if telling.get("type") == "object" or "properties" in telling:
        return "mapping"
    return expected(telling).removeprefix("a ")


def _telling(content: Iterable[Schema]) -> Schema:
    """The schema that says what a value should be."""
    return next((schema for schema in content if schema.keys() & {"x-expected", "enum", "type"}), {"type": "object"})


def _notes(places: Places, place: Place) -> Iterable[str]:
    if places.may_be_excused(place):
        yield f"{named(NOT_APPLICABLE)} with a reason may stand in its place"
    if place.says("default") is not None:
        yield f"without it: {flow(place.says('default'))}"
    if place.says("x-verified"):
        yield "what it names is looked up in the repository"


def _marks(places: Places, labels: set[str]) -> tuple[Mark, ...]:
    conditional = [places.root["x-marks"][mark] for mark in ("B", "P")]
    return tuple(Mark(mark["title"], mark["description"]) for mark in conditional if mark["title"] in labels)


def _examples(places: Places, place: Place) -> Iterable[str]:
    is_key = bool(place.around) or any(_is_named_after(places, key, place.name) for key in places.keys.values())
    for value in place.says("examples"):
        yield "\n".join(entry(place.key, value) if is_key else block(value))


def _related(places: Places, place: Place) -> Iterable[str]:
    """Keys below that have keys of their own, the shapes of all keys, and other keys of the same name."""
    children = places.children(place)
    yield from (child.name for child in children if _is_subject(places, child) and len(children) > 1)
    shapes = (places.shape_of([*part.content, *places.items(part)]) for part in (place, *children))
    yield from (shape for shape in shapes if shape not in ("", "text", place.name))
    yield from (name for name in places.keys if name.endswith("." + place.name) and not name.startswith(place.name))


def _is_named_after(places: Places, place: Place, shape: str) -> bool:
    return place.key == shape and places.shape_of(place.content) == shape


def _is_subject(places: Places, place: Place) -> bool:
    return bool(places.children(place)) and not places.shape_of(place.content)
