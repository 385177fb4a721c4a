"""The schema of REVIEW.yaml, a validator for it, and the list of keys that was written down apart from it."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "review-schema"
SCHEMA: dict[str, Any] = json.loads((ROOT / "schemas" / "review.schema.json").read_text())
FORMATS = FormatChecker(formats=["date"])


@FORMATS.checks("uri")
def is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+", value) is not None


def validator_for(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of a part of the schema, whose references lead into the whole."""
    return Draft202012Validator({"$defs": SCHEMA["$defs"], **schema}, registry=Registry(), format_checker=FORMATS)


VALIDATOR = validator_for(SCHEMA)


def errors_of(document: Any) -> list[ValidationError]:
    return list(VALIDATOR.iter_errors(document))


def pointer_of(error: ValidationError) -> str:
    return "".join(f"/{key}" for key in error.absolute_path)


class Yaml12Loader(yaml.SafeLoader):
    """YAML 1.2 core: dates, `on` and `12:30` are strings."""


Yaml12Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    Yaml12Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), first)


@cache
def _parsed(path: Path) -> Any:
    return yaml.load(path.read_text(), Yaml12Loader)


def load(path: Path) -> Any:
    """A fresh copy of what the file holds."""
    return copy.deepcopy(_parsed(path))


def valid(name: str) -> Any:
    """A fresh copy of one of the valid documents."""
    return load(DATA / "valid" / f"{name}.yaml")


class Key(NamedTuple):
    """One line of keys.txt: R, B, P or o; whether it names something in the repository; its form in words."""

    mark: str
    is_verified: bool
    form: str

    @property
    def item_form(self) -> str:
        return re.sub(r"^\[\]\??\s*", "", self.form)

    @property
    def words(self) -> list[str]:
        return self.item_form.split(" | ") if " | " in self.form else []


@cache
def keys() -> dict[str, Key]:
    """The lines of keys.txt by their path."""
    table = {}
    for line in (DATA / "keys.txt").read_text().splitlines():
        match = re.fullmatch(r"(\S+)\s+([RBPo])( V)?\s+(.+)", line.partition("#")[0])
        if match:
            table[match[1]] = Key(match[2], bool(match[3]), match[4].strip())
    return table


SHAPES = {re.split(r"[.\[]", path)[0] for path in keys()} - SCHEMA["properties"].keys()
"""The shapes that have keys of their own, such as rate and evidence."""


class Node(NamedTuple):
    """A value of a document: where it hangs, its pointer, its path in keys.txt and its line there.

    A list item has the line of its list.
    """

    holder: Any
    key: str | int
    pointer: str
    path: str
    entry: Key

    @property
    def value(self) -> Any:
        return self.holder[self.key]

    @property
    def is_item(self) -> bool:
        return isinstance(self.key, int)

    @property
    def form(self) -> str:
        return self.entry.item_form if self.is_item else self.entry.form


def nodes(value: Any, pointer: str = "", path: str = "") -> Iterator[Node]:
    """Every value below `value`, parents first, without own keys and without what is not applicable."""
    for key in [key for key in value if not key.startswith(("x-", "not_applicable"))]:
        shape = f"section.{key}" if key == "status" else f"{path}.{key}" if path else key
        yield from _with_children(Node(value, key, f"{pointer}/{key}", shape, keys()[shape]))


def _with_children(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node.value, list):
        for index in range(len(node.value)):
            yield from _with_children(Node(node.value, index, f"{node.pointer}/{index}", f"{node.path}[]", node.entry))
    elif isinstance(node.value, dict):
        shape = node.entry.item_form.removeprefix("event_")
        yield from nodes(node.value, node.pointer, shape if shape in SHAPES - {"section"} else node.path)
