"""RL007: keys that the schema asks for in vain, why it asks, and how they could look."""

from collections.abc import Iterable

from linter.adapters.schema.words import Violation, example, name_of, shown_elsewhere
from linter.model.document import Document, Problem
from linter.model.pointer import split
from linter.model.quote import listed, named
from linter.model.schema import Schema, annotation, properties, subschemas

_STRENGTHS = ("R", "B", "P")


def missing(violations: Iterable[Violation]) -> dict[str, Violation]:
    """By the pointer of each missing key what asks for it; of several the one that asks most strongly."""
    asking: dict[str, Violation] = {}
    for violation in violations:
        for pointer in violation.missing() if violation.keyword == "required" else ():
            if pointer not in asking or _strength(violation) < _strength(asking[pointer]):
                asking[pointer] = violation
    return asking


def missing_key(document: Document, schema: Schema, pointer: str, violation: Violation, below: list[str]) -> Problem:
    """RL007 for one key; `below` are the keys that it needs in turn.

    `data` has "requirement" (R always, B from beta on, P for running products) and "keys" (those below).
    """
    key = split(pointer)[-1]
    contents = f", with {listed([named(name) for name in below])}" if below else ""
    message = f"{named(key)} is missing{contents}: {_because(violation)}"
    data = {"requirement": _requirement(violation), "keys": below}
    return Problem("RL007", message, document.span(pointer), pointer, _hint(schema, pointer, below), data=data)


def _hint(schema: Schema, pointer: str, below: list[str]) -> str | None:
    schemas = subschemas(schema, pointer)
    sentences = [annotation(schemas, "description")]
    if line := example(pointer, schemas, below):
        way_out = ", or say `not_applicable`" if "not_applicable" in properties(schemas) else ""
        sentences.append(f"Add, for example, `{line}`{way_out}.")
    elif elsewhere := shown_elsewhere(schema, pointer):
        sentences.append(f"{elsewhere}.")
    return " ".join(filter(None, sentences)) or None


def _because(violation: Violation) -> str:
    return str(violation.schema.get("x-because", f"{name_of(violation.pointer)} needs it"))


def _requirement(violation: Violation) -> str:
    return str(violation.schema.get("x-requirement", _STRENGTHS[0]))


def _strength(violation: Violation) -> int:
    return _STRENGTHS.index(_requirement(violation))
