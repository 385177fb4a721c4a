"""Files that cannot be analysed: how much that weighs, and what people are told."""

import pytest

from linter.engine.ratchet.judge import unread
from linter.model.comparison import BaseSide
from linter.rules.simplicity import unanalysable
from tests.support.code import side, source

GOOD = "x = 1\n"
BROKEN = "def f(:\n"


@pytest.mark.parametrize(
    ("bases", "severity"),
    [
        pytest.param([side({})], "ERROR", id="new file"),
        pytest.param([side({"a.py": GOOD})], "ERROR", id="was good"),
        pytest.param([side({"a.py": BROKEN + "# \n"})], "WARNING", id="was broken"),
        pytest.param([side({"a.py": BROKEN + "# \n"}), side({"a.py": GOOD})], "ERROR", id="was good in one base"),
        pytest.param([side({"a.py": BROKEN + "# \n"}), side({})], "WARNING", id="was broken in one base"),
        pytest.param([side({"old.py": BROKEN})], "WARNING", id="renamed, was broken"),
        pytest.param([], "WARNING", id="nothing to compare with"),
    ],
)
def test_severity_depends_on_the_bases(bases: list[BaseSide], severity: str) -> None:
    (found,) = unread([source("a.py", BROKEN)], bases)
    (hit,) = unanalysable.check(found)
    assert hit.severity is not None and hit.severity.name == severity


def test_the_place_and_the_reason_are_told() -> None:
    (found,) = unread([source("pkg/a.py", "x = 1\ny = (\n")], [side({})])
    (hit,) = unanalysable.check(found)
    assert (hit.location.path, hit.location.span.start.line) == ("pkg/a.py", 2)
    assert "cannot be analysed: " + found.problem.reason in hit.message
    assert hit.hint is not None and "exclude" in hit.hint


def test_newer_syntax_names_the_python_that_reads_it() -> None:
    (found,) = unread([source("a.py", BROKEN)], [side({})])
    (hit,) = unanalysable.check(found._replace(problem=found.problem._replace(needs="3.14")))
    assert hit.hint is not None and "Python 3.14" in hit.hint and "language_version: python3.14" in hit.hint
    assert hit.data["needs"] == "3.14"


def test_the_python_that_reads_it_is_named_once_in_the_message() -> None:
    (found,) = unread([source("a.py", "lazy import a\n")], [side({})])
    (hit,) = unanalysable.check(found)
    assert hit.message.count("Python 3.15") == 1


def test_newer_syntax_may_be_data_for_tests() -> None:
    (found,) = unread([source("a.py", "lazy import a\n")], [side({})])
    (hit,) = unanalysable.check(found)
    assert hit.hint is not None and "exclude" in hit.hint


def test_a_project_for_a_newer_python_is_warned_once() -> None:
    sources = [source(path, BROKEN) for path in ("a.py", "b.py", "c.py")] + [source("good.py", GOOD)]
    (found,) = unread(sources, [side({})], required_python="3.15")
    (hit,) = unanalysable.check(found)
    assert (hit.severity and hit.severity.name, hit.location.path) == ("WARNING", "a.py")
    assert "nor can 2 others" in hit.message and "3.15" in hit.message
    assert hit.data["others"] == ["b.py", "c.py"]


def test_what_no_python_can_decode_is_an_error_in_such_a_project_too() -> None:
    sources = [source("a.py", BROKEN), source("b.py", b"# \xff\n")]
    found = unread(sources, [side({})], required_python="3.15")
    hits = [hit for value in found for hit in unanalysable.check(value)]
    assert {hit.location.path: hit.severity.name for hit in hits if hit.severity} == {
        "a.py": "WARNING",
        "b.py": "ERROR",
    }
