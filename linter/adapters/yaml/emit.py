"""YAML for values that are added to a person's file: plain where every reader sees the same, else in double quotes."""

import json
import re
from collections.abc import Iterator
from typing import Any

from linter.adapters.yaml.events import yaml11_type
from linter.adapters.yaml.values import resolve

WIDTH = 100
"""Lists and mappings of scalars stand in one line while it is no longer."""

# `:` and `#` only between letters, so that they begin neither a value nor a comment, whatever follows.
_PLAIN = re.compile(r"[A-Za-z0-9_/.][\w./+-]*(?:[ :#][\w./+-]+)*", re.ASCII)
_UNSURE = ("y", "n", "...")
"""Truth values to readers that follow YAML 1.1 more closely than PyYAML does, and the end of a document."""

_ODD_NUMBERS = {"nan": ".nan", "inf": ".inf", "-inf": "-.inf"}


def scalar(value: Any) -> str:
    """A text, a number, a truth value or nothing."""
    if isinstance(value, str):
        return value if _is_safe(value) else quoted(value)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return _ODD_NUMBERS.get(str(value), str(value))


def quoted(text: str) -> str:
    """A text in double quotes, with escapes for what cannot be seen."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escape(char) for char in plain)


def flow(value: Any) -> str:
    """Any value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def entry(key: str, value: Any, dash: int = 2) -> list[str]:
    """The lines of a key and its value in a block mapping; the dashes of a list stand `dash` columns to the right."""
    if _fits_one_line(value):
        return [f"{scalar(key)}: {flow(value)}"]
    step = dash if isinstance(value, list) else 2
    return [f"{scalar(key)}:", *(" " * step + line for line in block(value, dash))]


def item(value: Any, dash: int = 2) -> list[str]:
    """The lines of a list item with its dash."""
    lines = block(value, dash)
    return ["- " + lines[0], *("  " + line for line in lines[1:])]


def block(value: Any, dash: int = 2) -> list[str]:
    """The lines of a value that stands below its key or behind a dash."""
    if isinstance(value, dict) and value:
        return [line for key, inner in value.items() for line in entry(key, inner, dash)]
    if isinstance(value, list) and value and not _fits_one_line(value):
        return [line for inner in value for line in item(inner, dash)]
    return [flow(value)]


def _fits_one_line(value: Any) -> bool:
    is_simple = not any(isinstance(inner, dict | list) for inner in _inner(value))
    return is_simple and (not isinstance(value, dict) or not value) and len(flow(value)) <= WIDTH


def _inner(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _is_safe(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text.lower() in _UNSURE:
        return False
    return resolve(text) == text and yaml11_type(text) == "str"


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
