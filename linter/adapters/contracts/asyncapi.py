"""What the AsyncAPI specification requires of a document's outline (https://www.asyncapi.com/docs/reference).

No library that is looked after carries its schema, so it is written down here: what every document of version 2 or 3
has, and of which type. Payloads and bindings are not looked into.
"""

from typing import Any

from linter.adapters.schema.general import check_value
from linter.model.quote import quoted
from linter.model.snapshot import UnreadableError


def check_asyncapi(value: Any) -> None:
    """Raise UnreadableError with a place for what is no AsyncAPI document of version 2 or 3."""
    version = value.get("asyncapi") if isinstance(value, dict) else None
    if version is None:
        raise UnreadableError("it has no `asyncapi` with the version of the format")
    major = str(version).partition(".")[0]
    if major not in _SCHEMAS:
        raise UnreadableError(f"its format {quoted(str(version))} is neither of version 2 nor 3")
    check_value(value, _SCHEMAS[major])


_MAPPING = {"type": "object"}
_TEXT = {"type": "string"}


def _map_of(item: dict[str, Any]) -> dict[str, Any]:
    """A mapping whose values are of that shape or refer to one elsewhere; own keys begin with x-."""
    return {"type": "object", "patternProperties": {"^x-": {}}, "additionalProperties": _or_reference(item)}


def _or_reference(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "if": {"required": ["$ref"]}, "else": item}


_INFO = {
    "type": "object",
    "required": ["title", "version"],
    "properties": {"title": _TEXT, "version": _TEXT, "description": _TEXT},
}
_COMMON = {
    "asyncapi": _TEXT,
    "id": _TEXT,
    "info": _INFO,
    "defaultContentType": _TEXT,
    "components": _MAPPING,
}
_OPERATION_2 = {"type": "object", "properties": {"operationId": _TEXT, "message": _MAPPING}}
_CHANNEL_2 = {"properties": {"subscribe": _OPERATION_2, "publish": _OPERATION_2, "parameters": _MAPPING}}
_SERVER_2 = {"required": ["url", "protocol"], "properties": {"url": _TEXT, "protocol": _TEXT}}
_REFERENCE = {"type": "object", "required": ["$ref"], "properties": {"$ref": _TEXT}}
_CHANNEL_3 = {"properties": {"address": {"type": ["string", "null"]}, "messages": _map_of({})}}
_OPERATION_3 = {
    "required": ["action", "channel"],
    "properties": {
        "action": {"enum": ["send", "receive"]},
        "channel": _REFERENCE,
        "messages": {"type": "array", "items": _REFERENCE},
    },
}
_SERVER_3 = {"required": ["host", "protocol"], "properties": {"host": _TEXT, "protocol": _TEXT}}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCHEMAS = {
    "2": {
        "$schema": _DIALECT,
        "type": "object",
        "required": ["asyncapi", "info", "channels"],
        "properties": {**_COMMON, "channels": _map_of(_CHANNEL_2), "servers": _map_of(_SERVER_2)},
    },
    "3": {
        "$schema": _DIALECT,
        "type": "object",
        "required": ["asyncapi", "info"],
        "properties": {
            **_COMMON,
            "channels": _map_of(_CHANNEL_3),
            "operations": _map_of(_OPERATION_3),
            "servers": _map_of(_SERVER_3),
        },
    },
}
