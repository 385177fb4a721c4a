"""RL008: values that the schema does not want; RL003: texts that other readers take for something else."""

from collections.abc import Callable, Iterable
from typing import Any

from linter.adapters.schema.words import (
    Violation,
    example,
    expected,
    found,
    lists_choices,
    name_of,
    shown_elsewhere,
)
from linter.adapters.yaml.events import yaml11_type
from linter.adapters.yaml.values import resolve
from linter.model.document import Document, Problem
from linter.model.pointer import resolve as value_at
from linter.model.quote import listed, named, quoted, shown
from linter.model.schema import Schema, annotation, subschemas, types
from linter.model.words import MAX_LENGTH, closest

IsValid = Callable[[Any, Schema], bool]
"""Whether a value fits a subschema."""


def traps(document: Document, schema: Schema) -> dict[str, str]:
    """The source texts, by pointer, of unquoted scalars where a text is wanted and some reader sees something else.

    Nothing is no trap, a date is none where a date is wanted, and evidence is no text that quotes would mend.
    """
    plain = {pointer: mark.plain for pointer, mark in document.marks.items() if mark.plain}
    kinds = {pointer: _kinds(text, value_at(document.data, pointer)) for pointer, text in plain.items()}
    return {
        pointer: plain[pointer]
        for pointer, others in kinds.items()
        if others and "null" not in others and _is_trap(others, subschemas(schema, pointer))
    }


def truths(document: Document, schema: Schema) -> dict[str, bool]:
    """The truth values, by pointer, that stand as unquoted words where evidence belongs: `yes` names no file."""
    words = {pointer: mark.plain.lower() for pointer, mark in document.marks.items() if mark.plain}
    found = {pointer: _TRUTH[word] for pointer, word in words.items() if word in _TRUTH}
    return {pointer: value for pointer, value in found.items() if annotation(subschemas(schema, pointer), "x-evidence")}


def invalid_values(
    document: Document, schema: Schema, violations: Iterable[Violation], texts: dict[str, str], is_valid: IsValid
) -> list[Problem]:
    """One RL008 for each value that does not fit, and one RL003 for each of the traps (`texts`).

    A trap whose text would not fit in quotes either is an RL003 with `data` "fits_quoted" false if a reader changes the
    text (017, 1.10, NO), else an RL008: quotes are no remedy for `timeout: 30`.
    """
    worst: dict[str, Violation] = {}
    for violation in violations:
        if violation.keyword not in ("required", "additionalProperties"):
            known = worst.setdefault(violation.pointer, violation)
            worst[violation.pointer] = min(known, violation, key=lambda v: _RANK.get(v.keyword, len(_RANK)))
    changed = {pointer for pointer, text in texts.items() if pointer not in worst or _is_changed(text)}
    invalid = [_invalid(document, schema, v, is_valid) for pointer, v in worst.items() if pointer not in changed]
    return invalid + [_trap(document, pointer, texts[pointer], worst.get(pointer)) for pointer in changed]


# What is said of a value first: that its type is wrong.
_RANK = {"type": 0, "enum": 1, "const": 1}
_KINDS = {"bool": "boolean", "int": "integer", "float": "number", "null": "null", "timestamp": "timestamp"}
_TRUTH = {**dict.fromkeys(("yes", "on", "y", "true"), True), **dict.fromkeys(("no", "off", "n", "false"), False)}
_WORDS = {"boolean": "a boolean", "integer": "a number", "number": "a number", "timestamp": "a date"}


def _kinds(plain: str, value: Any) -> set[str]:
    """What readers of YAML 1.1 and 1.2 take an unquoted scalar for, other than a text."""
    core = {bool: "boolean", int: "integer", float: "number", type(None): "null"}.get(type(value))
    return {kind for kind in (core, _KINDS.get(yaml11_type(plain))) if kind}


def _is_trap(kinds: set[str], schemas: list[Schema]) -> bool:
    wanted = types(schemas)
    if (
        "string" not in wanted
        or annotation(schemas, "x-evidence")
        or kinds & wanted
        or (kinds == {"integer"} and "number" in wanted)
    ):
        return False
    return not ("timestamp" in kinds and annotation(schemas, "format") == "date")


def _is_changed(plain: str) -> bool:
    """Whether the text cannot be had back from what a reader of YAML 1.1 or 1.2 makes of it."""
    value = resolve(plain)
    return isinstance(value, str) or str(value).lower() != plain.lower()


def _trap(document: Document, pointer: str, text: str, violation: Violation | None) -> Problem:
    kind = _KINDS.get(yaml11_type(text)) or "number"
    message = f"unquoted {shown(text)} is {_WORDS[kind]} to many readers of YAML, and {name_of(pointer)} is a text"
    fits = violation is None
    hint = f"write {quoted(text)}"
    if violation is not None:
        hint = f"expected {expected(violation.schema)}, in quotes"
    data = {"fits_quoted": fits, **({"candidates": [text]} if fits else {})}
    return Problem("RL003", message, document.span(pointer), pointer, hint, fits, data)


def _invalid(document: Document, schema: Schema, violation: Violation, is_valid: IsValid) -> Problem:
    pointer = violation.pointer
    mark = document.marks.get(pointer)
    plain = mark.plain if mark else None
    message = f"{name_of(pointer)}: expected {expected(violation.schema)}, found {_found(violation, plain)}"
    candidates = _candidates(violation, plain, is_valid)
    if candidates:
        hint: str | None = f"did you mean {listed([named(_text(value)) for value in candidates], 'or')}?"
    else:
        hint = None if lists_choices(violation.schema) else _example(schema, pointer)
    data = {"candidates": candidates} if candidates else {}
    return Problem("RL008", message, document.span(pointer), pointer, hint, len(candidates) == 1, data)


def _example(schema: Schema, pointer: str) -> str | None:
    line = example(pointer, subschemas(schema, pointer))
    return f"for example `{line}`" if line else shown_elsewhere(schema, pointer)


def _found(violation: Violation, plain: str | None) -> str:
    is_told = plain is None or isinstance(violation.value, bool)
    value = violation.value if is_told else resolve(str(plain))
    if violation.keyword in ("minLength", "maxLength"):
        return f"{len(violation.value)} characters: {quoted(violation.value)}"
    kind = "the text " if violation.keyword == "type" and isinstance(value, str) else ""
    return kind + found(value, plain)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _candidates(violation: Violation, plain: str | None, is_valid: IsValid) -> list[Any]:
    """The values that were probably meant."""
    text = violation.value if isinstance(violation.value, str) else plain
    if text is None or len(text) > MAX_LENGTH or resolve(text) is None:
        return []
    if "enum" in violation.schema:
        return list(closest(text, filter(_is_text, violation.schema["enum"])))
    return [value for value in _variants(text) if value != text and is_valid(value, violation.schema)][:1]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _variants(text: str) -> list[Any]:
    """What someone may have wanted to write: a truth value, a slug, something without spaces, a number."""
    lower = text.lower()
    if lower in _TRUTH:
        return [_TRUTH[lower]]
    number = resolve(text.rstrip("% ").replace("_", ""))
    hyphened = "-".join(lower.replace("_", " ").split())
    return [hyphened, text.replace(" ", ""), lower.replace(" ", ""), number]
