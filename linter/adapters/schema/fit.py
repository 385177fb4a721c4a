"""Whether a value fits a schema, in a fraction of the 60 ms that jsonschema takes to be imported.

It knows the keywords that this project's schemas use. A yes is jsonschema's yes (a test compares the two); a no means:
ask jsonschema, which also says what is wrong.
"""

import re
from collections.abc import Callable
from typing import Any

from linter.adapters.schema.formats import FORMATS, is_number
from linter.model.schema import Schema


def fits(value: Any, schema: Schema) -> bool:
    """Whether a value surely fits a schema (draft 2020-12)."""
    try:
        return _Judge(schema).fits(value, schema)
    except (_UnknownError, RecursionError):
        return False


class _UnknownError(Exception):
    """The schema says something that is not understood here."""


class _Judge:
    """Of one schema, to whose definitions `$ref` leads."""

    def __init__(self, root: Schema) -> None:
        self._root = root

    def fits(self, value: Any, schema: Schema | bool) -> bool:
        if isinstance(schema, bool):
            return schema
        return all(_judgement(keyword)(self, value, schema) for keyword in schema if keyword not in _ANNOTATIONS)

    def definition(self, reference: str) -> Schema:
        name = reference.removeprefix("#/$defs/")
        if name not in self._root.get("$defs", {}):
            raise _UnknownError
        definition: Schema = self._root["$defs"][name]
        return definition


_Judgement = Callable[[_Judge, Any, Schema], bool]


def _judgement(keyword: str) -> _Judgement:
    if keyword in _JUDGEMENTS:
        return _JUDGEMENTS[keyword]
    if keyword.startswith("x-"):
        return _accept
    raise _UnknownError


def _accept(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    return True


def _reference(judge: _Judge, value: Any, schema: Schema) -> bool:
    return judge.fits(value, judge.definition(schema["$ref"]))


def _properties(judge: _Judge, value: Any, schema: Schema) -> bool:
    """`properties`, `patternProperties` and `additionalProperties` at once: each key by all that speak of it."""
    return not isinstance(value, dict) or all(
        judge.fits(item, part) for key, item in value.items() for part in _parts(key, schema)
    )


def _parts(key: str, schema: Schema) -> list[Schema | bool]:
    named = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    found = [part for pattern, part in patterns.items() if re.search(pattern, key)]
    found += [named[key]] if key in named else []
    return found or [schema.get("additionalProperties", True)]


def _required(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    return not isinstance(value, dict) or all(name in value for name in schema["required"])


def _items(judge: _Judge, value: Any, schema: Schema) -> bool:
    return not isinstance(value, list) or all(judge.fits(item, schema["items"]) for item in value)


def _contains(judge: _Judge, value: Any, schema: Schema) -> bool:
    return not isinstance(value, list) or any(judge.fits(item, schema["contains"]) for item in value)


def _length(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    return not isinstance(value, str) or schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))


def _count(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    return not isinstance(value, list) or schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))


def _number(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    return not is_number(value) or schema.get("minimum", value) <= value <= schema.get("maximum", value)


def _branch(judge: _Judge, value: Any, schema: Schema) -> bool:
    return judge.fits(value, schema.get("then" if judge.fits(value, schema["if"]) else "else", {}))


def _type(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return any(_TYPES[name](value) for name in names)


def _is_one(value: Any, choice: Any) -> bool:
    """Whether two values are equal; true is not 1."""
    if isinstance(choice, list | dict):
        raise _UnknownError
    return isinstance(value, bool) is isinstance(choice, bool) and bool(value == choice)


def _format(judge: _Judge, value: Any, schema: Schema) -> bool:  # noqa: ARG001
    if schema["format"] not in FORMATS:
        raise _UnknownError
    return FORMATS[schema["format"]](value)


_ANNOTATIONS = frozenset(
    ("$comment", "$defs", "$id", "$schema", "default", "description", "else", "examples", "then", "title")
) | {"patternErrorMessage"}  # what yaml-language-server says instead of the pattern

_JUDGEMENTS: dict[str, _Judgement] = {
    "$ref": _reference,
    "additionalProperties": lambda judge, value, schema: (
        "properties" in schema or "patternProperties" in schema or _properties(judge, value, schema)
    ),
    "allOf": lambda judge, value, schema: all(judge.fits(value, part) for part in schema["allOf"]),
    "const": lambda _, value, schema: _is_one(value, schema["const"]),
    "contains": _contains,
    "enum": lambda _, value, schema: any(_is_one(value, choice) for choice in schema["enum"]),
    "format": _format,
    "if": _branch,
    "items": _items,
    "maxItems": _count,
    "maxLength": _length,
    "maximum": _number,
    "minItems": _count,
    "minLength": _length,
    "minimum": _number,
    "oneOf": lambda judge, value, schema: sum(judge.fits(value, part) for part in schema["oneOf"]) == 1,
    "pattern": lambda _, value, schema: not isinstance(value, str) or bool(re.search(schema["pattern"], value)),
    "patternProperties": lambda judge, value, schema: "properties" in schema or _properties(judge, value, schema),
    "properties": _properties,
    "required": _required,
    "type": _type,
}

_TYPES: dict[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: is_number(value) and (isinstance(value, int) or value.is_integer()),
    "null": lambda value: value is None,
    "number": is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}
