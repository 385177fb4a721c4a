"""From the bytes of a contract to a value that can be compared with that of another version."""

from collections.abc import Callable
from typing import Any

from linter.adapters.contracts.structure import read_structure
from linter.model.snapshot import UnreadableError

MAX_BYTES = 1 << 20
"""Larger contracts are not judged: for this much the libraries take up to ten seconds."""

LIBRARIES = {"openapi": "openapi-spec-validator", "graphql": "graphql-core", "protobuf": "proto-schema-parser"}
"""What the extra `contracts` installs for each type; the others need nothing more."""


class NotInstalledError(Exception):
    """The library that judges contracts of this type is not installed; `args[0]` is its name."""


def read_contract(kind: str, data: bytes) -> Any:
    """What a contract says, without its layout and, where they can be told, its comments. Equal contracts are equal.

    Raises TooLargeError for what is too large or too deep to be judged, UnreadableError with a place for what is no
    contract of that type, NotInstalledError.
    """
    if kind not in _READERS:
        return data.split()
    try:
        return _READERS[kind](data)
    except ModuleNotFoundError as error:
        raise NotInstalledError(LIBRARIES[kind]) from error


def text_of(data: bytes) -> str:
    """The text of a contract. Raises UnreadableError when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"the byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8") from error


def _openapi(data: bytes) -> Any:
    value = read_structure(data)
    from linter.adapters.contracts.openapi import check_openapi  # noqa: PLC0415

    check_openapi(value)
    return value


def _asyncapi(data: bytes) -> Any:
    from linter.adapters.contracts.asyncapi import check_asyncapi  # noqa: PLC0415

    value = read_structure(data)
    check_asyncapi(value)
    return value


def _json_schema(data: bytes) -> Any:
    from linter.adapters.schema.general import check_metaschema  # noqa: PLC0415

    value = read_structure(data)
    check_metaschema(value)
    return value


def _graphql(data: bytes) -> Any:
    from linter.adapters.contracts.graphql import parse_schema  # noqa: PLC0415

    return parse_schema(text_of(data))


def _protobuf(data: bytes) -> Any:
    from linter.adapters.contracts.protobuf import parse_file  # noqa: PLC0415

    return parse_file(text_of(data))


_READERS: dict[str, Callable[[bytes], Any]] = {
    "openapi": _openapi,
    "asyncapi": _asyncapi,
    "json-schema": _json_schema,
    "graphql": _graphql,
    "protobuf": _protobuf,
}
