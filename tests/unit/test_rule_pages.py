"""docs/rules: a page for every rule, made from its documentation and one of its examples, and none that is stale."""

from pathlib import Path

import pytest

from linter.model.rule import Rule
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import HEADINGS
from tests.support.rule_pages import INDEX, PAGES, example_of, index, page

STALE = "docs/rules is stale: run `make pages` and commit what it writes"


def test_every_rule_has_a_page_and_no_page_is_left_over() -> None:
    assert {path.name for path in PAGES.iterdir()} == {INDEX, *(f"{rule.code}.md" for rule in ALL_RULES)}, STALE


def test_the_list_is_that_of_the_rules() -> None:
    assert (PAGES / INDEX).read_text(encoding="utf-8") == index(), STALE


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_a_page_says_what_the_rule_says(rule: Rule, tmp_path: Path) -> None:
    text = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8")
    assert text == page(rule, tmp_path), STALE
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == list(HEADINGS)
    assert f"({Path('../../tests/examples') / rule.code / 'fail' / example_of(rule).name})" in text
