"""Every command that the README or a page names in its text exists, with the options that stand there."""

import re
from pathlib import Path

import pytest

from linter.cli.main import COMMANDS, Parser, add_arguments
from tests.support.repository import PROJECT

PAGES = sorted([PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")])
FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`review-lint\s+([^`|;&>]+)")


def named(page: Path) -> list[list[str]]:
    """The arguments of every command between backticks."""
    return [words.split() for words in NAMED.findall(FENCE.sub("", page.read_text(encoding="utf-8")))]


def options(command: str) -> set[str]:
    """The options of a command."""
    parser = Parser(prog=f"review-lint {command}")
    add_arguments(parser, command)
    return {option for action in parser._actions for option in action.option_strings} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_they_exist(page: Path) -> None:
    for first, *rest in named(page):
        command = "check" if first.startswith("-") else first
        assert command in (*COMMANDS, "COMMAND"), first
        given = {word.partition("=")[0] for word in (first, *rest) if word.startswith("-")}
        assert command == "COMMAND" or given <= options(command) | {"--version"}, f"{first} {' '.join(rest)}"


def test_there_are_many() -> None:
    found = [words for page in PAGES for words in named(page)]
    assert len(found) > 80
    assert len({words[0] for words in found} & set(COMMANDS)) > 10
