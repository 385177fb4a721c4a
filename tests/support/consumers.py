"""What those who read reports do with them: their schemas, and how GitHub's runner takes a line of a log."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree

DATA = Path(__file__).parents[1] / "data" / "consumers"

SARIF = Draft4Validator(json.loads((DATA / "sarif-2.1.0.json").read_text()))
CODE_QUALITY = Draft202012Validator(json.loads((DATA / "code-quality.json").read_text()))
JUNIT = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))


_OF_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_OF_PROPERTIES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


class Command(NamedTuple):
    """What the runner understands."""

    name: str
    properties: dict[str, str]
    data: str


def command(line: str) -> Command | None:
    """The command in a line of a log, None for plain output; as actions/runner 2.3 reads it (ActionCommand.cs)."""
    if found := re.match(r"\s*::(.*?)::(.*)", line, re.DOTALL):
        name, _, rest = found[1].partition(" ")
        pairs = (part.partition("=") for part in rest.strip().split(",") if part)
        properties = {key: _unescaped(value, _OF_PROPERTIES) for key, _, value in pairs if value}
        return Command(name, properties, _unescaped(found[2], _OF_DATA))
    if found := re.search(r"##\[(.*?)\](.*)", line, re.DOTALL):
        return Command(found[1].partition(" ")[0], {}, found[2])
    return None


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    for escape, char in escapes.items():
        text = text.replace(escape, char)
    return text
