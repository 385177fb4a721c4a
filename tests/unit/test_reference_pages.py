"""The pages that are made from schemas and from the argument parser are not stale, and leave nothing out."""

import tomllib

import pytest

from linter.adapters.configuration import read_configuration
from linter.adapters.schema.files import load_schema
from linter.cli.main import COMMANDS
from linter.rules.codes import CODES
from tests.support.reference_pages import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is_made_from(name: str) -> None:
    stale = f"docs/{name} is stale: run `make pages` and commit what it writes"
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), stale


def test_every_command_and_every_option_of_the_check_is_there() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert all(f"\n## {name}\n" in text for name in COMMANDS)
    assert all(f"| `{option}" in text for option in ("--staged", "--from-ref A", "--format F[=FILE]", "--verbose"))


def test_the_configuration_that_is_shown_is_one_and_has_every_key() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    assert read_configuration(example.encode(), None, CODES).fail_on
    assert tomllib.loads(example)["tool"]["review-lint"].keys() == load_schema("configuration")["properties"].keys()
