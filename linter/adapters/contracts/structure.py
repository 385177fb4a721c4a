"""Contracts in JSON or YAML."""

import json
from typing import Any, NoReturn

from linter.adapters.yaml.reader import read_yaml
from linter.model.snapshot import TooLargeError, UnreadableError


def read_structure(data: bytes) -> Any:
    """The value of a JSON or YAML file, the first document of several.

    Raises TooLargeError for YAML beyond the bounds of its reader and for JSON that is nested too deeply,
    UnreadableError with line, column and reason for what is neither.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        try:
            return _json(data)
        except ValueError as error:
            return _flow_yaml(data, error)
    documents = read_yaml(data)
    return documents[0] if documents else None


def _json(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except RecursionError as error:
        raise TooLargeError("it is nested too deeply") from error


def _flow_yaml(data: bytes, error: ValueError) -> Any:
    """YAML may begin with a bracket too; if it is neither, it was meant to be JSON."""
    try:
        return read_yaml(data)[0]
    except UnreadableError:
        if isinstance(error, json.JSONDecodeError):
            raise UnreadableError(f"line {error.lineno}, column {error.colno}: {error.msg}") from error
        raise UnreadableError(str(error)) from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no value of JSON")
