"""Every rule's examples: small repositories in which it finds nothing (`pass`) or exactly what is expected (`fail`)."""

from pathlib import Path

import pytest

from linter.model.rule import Rule
from linter.rules.catalogue import ALL_RULES
from tests.support.examples import EXAMPLES, EXPECTED, cases, findings_of, lines


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.relative_to(EXAMPLES).as_posix())
def test_example(case: Path, tmp_path: Path) -> None:
    expected = case / EXPECTED
    assert expected.exists() == (case.parent.name == "fail")
    assert lines(findings_of(case, tmp_path)) == (expected.read_text().splitlines() if expected.exists() else [])


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_an_example_that_passes_and_two_that_fail(rule: Rule) -> None:
    kinds = [case.parent.name for case in cases(rule.code)]
    assert kinds.count("pass") >= 1
    assert kinds.count("fail") >= 2
