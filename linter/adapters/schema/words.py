"""What the schema expects and what was found instead, in words; and how a missing line could look."""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from linter.adapters.yaml.events import yaml11_type
from linter.adapters.yaml.values import resolve
from linter.model.pointer import join, split
from linter.model.quote import listed, named, quoted, shown
from linter.model.schema import Schema, annotation


class Violation(NamedTuple):
    """One thing that does not fit: the keyword of `schema` that `value` at `pointer` breaks."""

    pointer: str
    keyword: str
    value: Any
    schema: Schema

    def missing(self) -> list[str]:
        """The keys that `required` asks for in vain, as pointers."""
        return [join(self.pointer, key) for key in self.schema["required"] if key not in self.value]

    def unknown(self) -> list[str]:
        """The keys that `additionalProperties` forbids."""
        known, patterns = self.schema.get("properties", {}), self.schema.get("patternProperties", {})
        return [key for key in self.value if key not in known and not any(re.search(p, key) for p in patterns)]


def name_of(pointer: str) -> str:
    """What stands at a pointer, by the nearest key."""
    keys = split(pointer)
    names = [key for key in keys if not key.isdecimal()]
    if not names:
        return "the file"
    return named(names[-1]) if names[-1] == keys[-1] else f"an item of {named(names[-1])}"


def expected(schema: Schema) -> str:
    """What a value should be."""
    if "x-expected" in schema:
        return str(schema["x-expected"])
    if "enum" in schema:
        return _one_of([_scalar(value) for value in schema["enum"]])
    names = schema.get("type", "object" if "required" in schema else "value")
    words = listed([_TYPES.get(name, name) for name in ([names] if isinstance(names, str) else names)], "or")
    return words + _bounds(schema) + _keys(schema)


def found(value: Any, plain: str | None) -> str:
    """What stands there instead; `plain` is its source text if it is an unquoted scalar."""
    if isinstance(value, dict):
        return "a mapping with " + listed([named(key) for key in list(value)[:4]]) if value else "an empty mapping"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return quoted(value)
    return shown(plain if plain is not None else str(value))


def lists_choices(schema: Schema) -> bool:
    """Whether `expected` names every value that there is."""
    return "x-expected" not in schema and 0 < len(schema.get("enum", ())) <= _MOST_CHOICES


def example(pointer: str, schemas: Iterable[Schema], keys: Iterable[str] = ()) -> str | None:
    """One line of YAML for what stands at the pointer: the first example of the schema that is short enough and has all
    of some keys.
    """
    key = split(pointer)[-1]
    start = "- " if key.isdecimal() else f"{key}: "
    wanted = set(keys)
    values = (value for value in annotation(schemas, "examples") or () if wanted <= _keys_of(value))
    lines = (start + _flow(value) for value in values)
    return next((line for line in lines if len(line) <= _LONGEST_EXAMPLE), None)


def shown_elsewhere(root: Schema, pointer: str) -> str | None:
    """The command that shows a longer example of what stands at the pointer, if the schema has one (`x-shown-by`)."""
    names = [key for key in split(pointer) if not key.isdecimal()]
    return f"`{root['x-shown-by']} {'.'.join(names)}` shows one" if "x-shown-by" in root and names else None


_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
    "value": "another value",
}
_LONGEST_EXAMPLE = 120
_MOST_CHOICES = 12
_SAFE = re.compile(r"[A-Za-z0-9./][A-Za-z0-9 ._/+-]*")


def _one_of(choices: list[str]) -> str:
    if len(choices) <= _MOST_CHOICES:
        return f"one of {listed(choices, 'or')}"
    return f"one of {len(choices)} words such as {listed(choices[:3], 'or')}"


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if "minItems" in schema:
        return " of at least one item" if schema["minItems"] == 1 else f" of at least {schema['minItems']} items"
    if least is None:
        return "" if most is None else f", {most} at most"
    return f", {least} or more" if most is None else f" from {least} to {most}"


def _keys(schema: Schema) -> str:
    keys = schema.get("required")
    return f" with {listed([named(key) for key in keys])}" if keys else ""


def _keys_of(value: Any) -> set[str]:
    return set(value) if isinstance(value, dict) else set()


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _flow(value: Any) -> str:
    """The value in one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    is_plain = isinstance(value, str) and _SAFE.fullmatch(value) and _is_text(value)
    return str(value) if is_plain else json.dumps(value, ensure_ascii=False)


def _is_text(text: str) -> bool:
    return resolve(text) == text and yaml11_type(text) in ("str", "timestamp")
