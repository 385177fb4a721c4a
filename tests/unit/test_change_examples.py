"""The examples of rules about changes: each folder of `tests/examples` with `base` and `change` is a small repository.

What stands in `fail` has an `expected.txt` with a `path:line:column: code` line per finding. What stands in `pass` has
no finding of the rule; the change may be told about by another one.
"""

from pathlib import Path

import pytest

from linter.engine.ratchet.judge import judge, unread
from linter.model.rule import Rule
from linter.rules import simplicity
from tests.support.code import default_limits, shapes_of, side, source

EXAMPLES = Path(__file__).parents[1] / "examples"
RULES = (simplicity.new_complexity, simplicity.worse_complexity, simplicity.legacy_complexity, simplicity.unanalysable)
CASES = sorted(path.parent for rule in RULES for path in EXAMPLES.glob(f"{rule.code}/*/*/change"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: "/".join(case.parts[-3:]))
def test_example(case: Path) -> None:
    rule, kind = case.parts[-3:-1]
    found = findings(case)
    if kind == "fail":
        assert found == (case / "expected.txt").read_text().splitlines()
        assert any(line.endswith(rule) for line in found)
    else:
        assert [line for line in found if line.endswith(rule)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    kinds = {case.parent.name for case in CASES if case.parts[-3] == rule.code}
    assert kinds == {"pass", "fail"}


def findings(case: Path) -> list[str]:
    """What the rules say about a change, as `path:line:column: code` lines in the order of reports."""
    changed = [source(path, data) for path, data in files(case / "change").items()]
    bases = [side(files(case / "base"))]
    subjects = [*judge(changed, bases, default_limits, shapes_of), *unread(changed, bases)]
    places = []
    for rule in RULES:
        for subject in subjects:
            if isinstance(subject, rule.subject):
                for hit in rule.check(subject):
                    places.append((hit.location.path, *hit.location.span.start, rule.code))
    return [f"{path}:{line}:{column}: {code}" for path, line, column, code in sorted(places)]


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file below a folder, by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
