"""What `fix` puts right in memory, rule by rule, and what it leaves as it is."""

import hashlib

import pytest

from linter.engine.fixing.plan import Plan, plan
from linter.engine.fixing.rewriting import rewritten
from linter.engine.lint import lint
from linter.model.edit import Cut
from linter.model.finding import Finding, Position, Span
from linter.model.request import Request
from linter.model.snapshot import Snapshot, TargetKind
from tests.support.code import function
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

TODAY = "2026-06-01"
WAIVER = """\
  - id: {0}   # agreed on
    rules: [{1}]
    kind: deferred
    reason: The load test waits for the new hall.
    owner: "@ada"
    approved_by: "@bob"
    created: 2026-05-01
    expires: 2026-08-01
"""
DEBT = """\
simplicity:
  debt:
    - {{symbol: {0}, path: {1}, metric: cyclomatic_complexity, ceiling: {2}, until: 2026-08-01, owner: "@ada"}}
"""


def planned(files: dict[str, str | bytes], select: str = "", ignore: str = "-") -> Plan:
    def is_wanted(finding: Finding) -> bool:
        return finding.rule.startswith(select) and not finding.rule.startswith(ignore)

    return plan(MemorySnapshot(files, kind=TargetKind.REVISION), _judge, is_wanted)


def _judge(snapshot: Snapshot) -> tuple[Finding, ...]:
    return lint(snapshot, Request(TODAY)).findings


def fixed(text: str | bytes, path: str = "REVIEW.yaml", **others: str | bytes) -> str:
    """The file after everything that can be fixed is, which is all that was fixable."""
    files = {**others, path: text}
    found = planned(files)
    assert found.left_out == ()
    assert found.fixed
    (rewrite,) = found.rewrites
    old = text if isinstance(text, bytes) else text.encode()
    assert (rewrite.path, rewrite.old) == (path, old)
    assert planned({**files, path: rewrite.new}).fixed == ()
    return rewrite.new.decode()


def changed_lines(old: str, new: str) -> list[str]:
    return [line for line in new.split("\n") if line not in old.split("\n")]


class TestReviewFiles:
    def test_a_trap_gets_quotes(self) -> None:
        old = review(changes={"kind: app": "kind: app\nsystem: 1e3   # the old one"})
        assert changed_lines(old, fixed(old)) == ['system: "1e3"   # the old one']

    def test_a_misspelt_key_is_renamed(self) -> None:
        old = review(changes={"actor: two": "acter: two"})
        assert fixed(old) == review()

    def test_a_value_becomes_the_one_that_was_meant(self) -> None:
        old = review(changes={"kind: app": "kind: ap  # for phones"})
        assert fixed(old) == review(changes={"kind: app": "kind: app  # for phones"})

    def test_the_draft_of_the_format_becomes_version_1(self) -> None:
        assert fixed(review(changes={"version: 1": "version: 0"})) == review()

    def test_a_contract_gets_its_digest(self) -> None:
        content = b"We draw."
        provides = (
            "  provides:\n    - name: drawings\n      version: 1.0.0\n"
            f"      contract: {{type: document, path: api.md, sha256: {'a' * 64}}}\n"
        )
        old = review(provides)
        new = fixed(old, **{"api.md": content})
        assert new == old.replace("a" * 64, hashlib.sha256(content).hexdigest())

    def test_an_unused_waiver_goes(self) -> None:
        used, unused = WAIVER.format("used", "RL009"), WAIVER.format("unused", "RL303")
        old = review("waivers:\n" + used + unused, {"see each other's lines, p": "tbd, p"})
        assert fixed(old) == old.replace(unused, "")

    def test_with_the_last_waiver_the_list_goes_too(self) -> None:
        both = WAIVER.format("one", "RL303") + WAIVER.format("two", "RL304")
        assert fixed(review("waivers:\n" + both)) == review()

    def test_a_paid_debt_goes(self) -> None:
        assert fixed(review(DEBT.format("f", "a.py", 20)), **{"a.py": function("f", 3)}) == review()

    def test_a_ceiling_comes_down(self) -> None:
        old = review(DEBT.format("f", "a.py", 40))
        assert fixed(old, **{"a.py": function("f", 30)}) == old.replace("ceiling: 40", "ceiling: 30")

    def test_everything_at_once(self) -> None:
        old = review(
            "waivers:\n" + WAIVER.format("one", "RL303"),
            {"version: 1": "version: 0", "kind: app": "kind: ap", "actor: two": "acter: two", "priority": "prio"},
        )
        assert fixed(old) == review()

    def test_line_endings_and_comments_stay(self) -> None:
        old = "# ours\n" + review(changes={"kind: app": "kind:  'ap'  # so far"}).replace("\n", "\r\n")
        assert fixed(old) == old.replace("'ap'", "'app'")


class TestSources:
    def test_a_needless_ignore_goes(self) -> None:
        old = function("f", 3).replace(":\n", ":  # review-lint: ignore[RL802] one case per country\n", 1)
        assert fixed(old, "a.py", **{"REVIEW.yaml": review()}) == function("f", 3)

    def test_of_several_codes_the_needless_go(self) -> None:
        comment = "  # review-lint: ignore[RL805, RL802] one case per country"
        old = function("f", 30).replace(":\n", f":{comment}\n", 1)
        new = fixed(old, "a.py", **{"REVIEW.yaml": review()})
        assert new == old.replace("[RL805, RL802]", "[RL802]")

    def test_encoding_and_line_endings_stay(self) -> None:
        comment = "# review-lint: ignore[RL802] one case per country"
        old = f"# coding: latin-1\r\ndef f():  # ä {comment}\r\n    return 'ü'\r\n".encode("latin-1")
        found = planned({"a.py": old, "REVIEW.yaml": review()})
        assert [rewrite.new for rewrite in found.rewrites] == [old.replace(b" " + comment.encode(), b"")]


IGNORE = "# review-lint: ignore[RL802,RL801] as it is"


@pytest.mark.parametrize(
    ("line", "codes", "result"),
    [
        (f"def f():  {IGNORE}\r\n", (), "def f():\r\n"),
        (f"    {IGNORE}\n", (), ""),
        (f"def f():  # noqa {IGNORE}", (), "def f():  # noqa"),
        (f"def f():  {IGNORE} # noqa\n", (), "def f():  # noqa\n"),
        (f"def f():  {IGNORE} # noqa\n", ("RL802",), "def f():  # review-lint: ignore[RL801] as it is # noqa\n"),
        (f"def f():  {IGNORE}\n", ("RL801",), "def f():  # review-lint: ignore[RL802] as it is\n"),
    ],
)
def test_a_comment_is_cut_out_of_its_line(line: str, codes: tuple[str, ...], result: str) -> None:
    start = line.index(IGNORE) + 1
    span = Span(Position(2, start), Position(2, start + len(IGNORE)))
    content = f"\ufeffx = 1  # ä\x0c\r{line}".encode()
    assert rewritten("a.py", content, [Cut(span, codes)]) == f"\ufeffx = 1  # ä\x0c\r{result}".encode()


class TestWhatIsLeft:
    def test_only_what_is_selected_is_fixed(self) -> None:
        old = review(changes={"kind: app": "kind: ap", "actor: two": "acter: two"})
        assert [fix.finding.rule for fix in planned({"REVIEW.yaml": old}, select="RL006").fixed] == ["RL006"]
        found = planned({"REVIEW.yaml": old}, ignore="RL006")
        assert [fix.finding.rule for fix in found.fixed] == ["RL008"]
        assert "RL006" in [finding.rule for finding in found.remaining]

    def test_what_would_bring_another_finding(self) -> None:
        old = review(changes={"lifecycle: experimental": "lifecycel: production", "kind: app": "kind: ap"})
        found = planned({"REVIEW.yaml": old})
        assert [fix.finding.rule for fix in found.fixed] == ["RL008"]
        (left,) = found.left_out
        assert left.finding.rule == "RL006"
        assert left.reason.startswith("it would bring")
        assert "REVIEW.yaml:1: RL007" in left.reason
        assert [finding.rule for finding in found.remaining] == ["RL006"]

    def test_a_file_that_nobody_is_sure_to_understand(self) -> None:
        old = review("tags: [&one pens]\n", {"kind: app": "kind: ap", "actor: two": "acter: two"})
        found = planned({"REVIEW.yaml": old})
        assert (found.fixed, found.rewrites) == ((), ())
        assert {left.finding.rule for left in found.left_out} == {"RL006", "RL008"}
        assert all(left.reason.startswith("REVIEW.yaml:13:8: ") for left in found.left_out)

    def test_what_a_waiver_hides(self) -> None:
        old = review("waivers:\n" + WAIVER.format("one", "RL006"), {"actor: two": "acter: two"})
        assert planned({"REVIEW.yaml": old}).fixed == ()

    def test_nothing_to_do(self) -> None:
        found = planned({"REVIEW.yaml": review()})
        assert found == Plan((), (), (), ())
