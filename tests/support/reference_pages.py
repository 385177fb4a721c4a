"""The pages of reference that are made: docs/configuration.md and docs/report.md from their schemas, docs/commands.md
from the argument parser.

Write them anew: `make pages`, or `python -m tests.support.reference_pages`.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.emit import flow
from linter.cli.main import COMMANDS, add_arguments, load
from linter.engine.page.findings import spoken
from linter.model.schema import Schema
from linter.output.page_markdown import line as markdown

DOCS = Path(__file__).parents[2] / "docs"

CONFIGURATION = """\
# Configuration

How review-lint runs. What the team promises stands in [`REVIEW.yaml`](review-file.md), what an organisation asks for
in its [policy](policy.md): no fact has two homes.

The keys stand in the table `[tool.review-lint]` of `pyproject.toml`, or at the top of a file `review-lint.toml`; both
at once are an error, and so are keys that do not exist. The file is read at the root of the tree that is judged: a
staged configuration governs the staged commit. All keys are optional.

This page is made from the [schema](../schemas/configuration.schema.json) (`review-lint schema configuration`):
`make pages`.

```toml
[tool.review-lint]
{example}
```
"""

REPORT = """\
# The JSON report

{description}

`--format json=report.json` writes it to a file, beside what is shown to people. No key is left out unless it says so
here, and within a version of the format none changes its meaning.

This page is made from the [schema](../schemas/report.schema.json) (`review-lint schema report`), against which the
tests hold each report: `make pages`. Reports of scans have a schema of their own (`review-lint schema scan`).

To list what blocks:

```sh
review-lint --format json | jq -r '.findings[] | select(.severity == "error" and .suppressed == null) | .message'
```
"""

COMMANDS_PAGE = """\
# Commands

All commands with all their options, as `review-lint COMMAND --help` has them; `-h`, `--help` is not listed. Without a
command review-lint checks: `review-lint --staged` is `review-lint check --staged`. How runs end is told by
[exit codes](exit-codes.md). This page is made from the argument parser: `make pages`.
"""

TYPES = {"array": "list", "object": "mapping", "integer": "whole number", "string": "text", "null": "null"}


def configuration() -> str:
    """The page of the configuration."""
    schema = load_schema("configuration")
    keys = schema["properties"]
    example = "\n".join(f"{name} = {toml(key['examples'][0])}" for name, key in keys.items())
    chapters = [_setting(schema, name, key) for name, key in keys.items()]
    shapes = [f"| {name} | {prose(shape['description'])} |" for name, shape in schema["$defs"].items()]
    head = ["## Forms", "| form | what it is |\n| --- | --- |\n" + "\n".join(shapes)]
    return "\n\n".join([CONFIGURATION.replace("{example}", example).rstrip(), *chapters, *head]) + "\n"


def toml(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, dict):
        pairs = (f"{name if name.isalnum() else json.dumps(name)} = {toml(inner)}" for name, inner in value.items())
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(value)


def report() -> str:
    """The page of the report."""
    schema = load_schema("report")
    parts = [REPORT.replace("{description}", prose(schema["description"])).rstrip(), "## The report", _keys(schema)]
    parts += [part for inner in _objects(schema) for part in (f"## {inner['title']}", _keys(inner))]
    return "\n\n".join(parts) + "\n"


def commands() -> str:
    """The page of the commands."""
    return "\n\n".join([COMMANDS_PAGE.rstrip(), *(part for name in COMMANDS for part in _command(name))]) + "\n"


def _setting(schema: Schema, name: str, key: Schema) -> str:
    default = f", by default `{toml(key['default'])}`" if "default" in key else ""
    return f"## {name}\n\n**{key['title']}**: {_form(key)}{default}. {prose(key['description'])}"


def _objects(schema: Schema) -> list[Schema]:
    """The mappings inside the report."""
    inner = [*schema["properties"].values(), *schema["$defs"].values()]
    return [value for value in inner if "properties" in value]


def _keys(schema: Schema) -> str:
    rows = [
        f"| `{name}` | {_form(key)}{'' if name in schema['required'] else ', not always there'} |"
        f" {prose(key['description'])} |"
        for name, key in schema["properties"].items()
    ]
    return "\n".join(["| key | form | what it is |", "| --- | --- | --- |", *rows])


def _form(schema: Schema) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_form(part) for part in schema["anyOf"])
    if "const" in schema:
        return f"`{flow(schema['const'])}`"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(TYPES.get(name, name) for name in names) + _inside(schema)


def _inside(schema: Schema) -> str:
    if "items" in schema:
        return f" of {_form(schema['items'])}s"
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return f" from {_form(schema['propertyNames'])} to {_form(values)}"
    return ""


def _command(name: str) -> Iterator[str]:
    module = load(name)
    parser = argparse.ArgumentParser(prog=f"review-lint {name}", add_help=False)
    add_arguments(parser, name)
    yield f"## {name}"
    yield prose(_sentence(module.SUMMARY))
    rows = [_argument(action) for action in parser._actions]
    yield "\n".join(["| argument | what it says |", "| --- | --- |", *rows])


def _argument(action: argparse.Action) -> str:
    value = action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else "")
    name = ", ".join(action.option_strings) if action.option_strings else ""
    shown = f"{name} {value if isinstance(value, str) else ' '.join(value)}".strip() if action.nargs != 0 else name
    help_text = (action.help or "").replace("%(default)s", str(action.default)).replace("%%", "%")
    return f"| `{shown.replace('|', chr(92) + '|')}` | {prose(help_text)} |"


def prose(text: str) -> str:
    """Running text whose `backticks` set names apart."""
    return markdown(spoken(text))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


PAGES: Mapping[str, Callable[[], str]] = {
    "configuration.md": configuration,
    "report.md": report,
    "commands.md": commands,
}
"""What makes each page of `docs`."""


def main() -> None:
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
