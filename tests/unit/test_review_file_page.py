"""docs/review-file.md: made from the schema, not stale, with examples that are valid and links that lead somewhere."""

import re

import pytest

from linter.adapters.markdown import anchors
from linter.adapters.yaml.reader import read_review
from tests.support.review_file_page import INTRODUCTION, PAGE, PLACES, page
from tests.support.review_schema import errors_of, keys, valid

STALE = "docs/review-file.md is stale: run `make pages` and commit what it writes"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)\n```", TEXT, re.DOTALL)
FIRST = TEXT.partition("\n## What is asked of whom\n")[0].count("```yaml")


def test_it_says_what_the_schema_says() -> None:
    assert page() == TEXT, STALE


def test_it_has_a_row_for_every_key() -> None:
    rows = set(re.findall(r"^\| \[?`([\w.]+)`", TEXT, re.MULTILINE))
    headings = set(re.findall(r"^## (\w+)$", TEXT, re.MULTILINE))
    assert {re.split(r"[.\[\]]+", path)[-1] for path in keys()} <= rows | headings
    assert re.findall(r"^### (\w+)$", TEXT.partition("\n## Shapes\n")[2], re.MULTILINE) == sorted(PLACES.shapes)


@pytest.mark.parametrize("block", BLOCKS[:FIRST])
def test_examples_of_the_introduction_are_valid_in_a_file(block: str) -> None:
    document = read_review("REVIEW.yaml", f"{block}\n".encode())
    assert document.problems == ()
    assert errors_of(valid("experimental") | document.data) == []


def test_every_example_can_be_read() -> None:
    assert len(BLOCKS) > 50
    for block in BLOCKS:
        assert read_review("REVIEW.yaml", f"{block}\n".encode()).problems == (), block


def test_links_lead_somewhere() -> None:
    targets = set(re.findall(r"\]\(([^)\s]+)\)", TEXT))
    known = anchors(TEXT)
    assert len(targets) > 40
    for target in targets:
        path, _, anchor = target.partition("#")
        assert (PAGE.parent / path).exists() if path else anchor in known, target


def test_it_begins_with_how_to_fill_the_file() -> None:
    assert TEXT.startswith(INTRODUCTION.partition("{")[0])
    assert "{" not in re.sub(r"```.*?```", "", TEXT.partition("\n## What")[0], flags=re.DOTALL)
