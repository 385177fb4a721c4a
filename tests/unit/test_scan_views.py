"""What people and programs are shown of a scan: foreign names are harmless, and what is not known is not claimed."""

import csv
import io
import json
from collections.abc import Sequence

import pytest

from linter.adapters.terminal import Look
from linter.cli.console import Console
from linter.cli.watching import watched
from linter.model.finding import Severity
from linter.model.inventory import Repository
from linter.model.overview import Group, Overview, Scan, Tally, Tracked, Trend
from linter.model.rollout import Effect, Hit, Rollout
from linter.model.scan import RepositoryReport, Trouble
from linter.output.scan import FORMATS, renderer
from linter.output.scan.history import render as render_history
from linter.output.scan.rollout import render as render_rollout
from linter.output.scan.rollout import render_json
from linter.output.scan.words import headline
from linter.scan.rollout import _effect
from tests.support.scans import finding, judged, unjudged

HOSTILE = "=cmd|' /C calc'!A0\x1b[2J\u202e|<script>[red]\udcff\n::error::"
TALLY = Tally(repositories=1234, with_review=3, passed=1200, failed=30, errors=4, open=33, new=2, fixed=7)
OVERVIEW = Overview(
    Scan(2, "2026-06-01"),
    Scan(1, "2026-05-01"),
    TALLY,
    (Group("", TALLY), Group(HOSTILE, TALLY)),
    (Group("clarity", TALLY),),
    (("clarity", "adopted", 3),),
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(name: str, reports: Sequence[RepositoryReport] = (), overview: Overview = OVERVIEW, **look: object) -> str:
    stream = io.StringIO()
    renderer(name)(overview, reports, stream, Look(160)._replace(**look))
    return stream.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_foreign_names_are_harmless_in_every_format(name: str) -> None:
    bad = judged("one", finding("a"), team=HOSTILE)._replace(
        repository=Repository(HOSTILE, team=HOSTILE, tags=(HOSTILE,))
    )
    text = shown(name, [bad, unjudged(HOSTILE)])
    assert text.isprintable() or set("\n") == {one for one in text if not one.isprintable()}
    assert text.encode()
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    if name == "csv":
        assert all(row[0].startswith("'=cmd") for row in list(csv.reader(io.StringIO(text)))[1:])
    if name == "json":
        assert json.loads(text)["repositories"][0]["repository"]["name"].startswith("=cmd")
    if name == "markdown":
        assert "<script>" not in text


def test_handles_are_no_formulas() -> None:
    text = shown("csv", [judged("one", team="@acme/orders"), judged("-1"), judged("+(1)")])
    assert [row[:2] for row in csv.reader(io.StringIO(text))][1:] == [
        ["one", "@acme/orders"],
        ["-1", ""],
        ["'+(1)", ""],
    ]


def test_a_first_scan_claims_nothing_about_what_is_new() -> None:
    first = OVERVIEW._replace(previous=None)
    assert "since" not in headline(first)
    row = next(line for line in shown("text", overview=first).splitlines() if line.split()[:1] == ["all"])
    assert row.split()[-2:] == ["-", "-"]
    row = next(line for line in shown("text").splitlines() if line.split()[:1] == ["all"])
    assert row.split() == ["all", "1,234", "3", "1,200", "30", "4", "0", "2", "7"]


def test_colours_are_for_terminals_and_narrow_ones_have_all_the_same() -> None:
    assert "\x1b[" in shown("text", has_color=True)
    narrow = shown("text", [unjudged("a-repository-with-a-long-name", Trouble.TIMEOUT)], width=40)
    assert max(map(len, narrow.splitlines()[:-1])) <= 40
    assert "timeout" in narrow


def test_many_troubles_are_counted() -> None:
    text = shown("text", [unjudged(f"repository-{number:03}") for number in range(60)])
    assert "repository-049" in text
    assert "repository-050" not in text
    assert "and 10 more: `--format csv` lists all of them" in text


def test_trends_have_bars_and_old_findings_come_first() -> None:
    trends = [
        Trend(Scan(number, f"2026-0{number}-01"), TALLY._replace(open=open))
        for number, open in ((1, 0), (2, 1), (3, 90))
    ]
    old, new = Scan(1, "2026-01-01"), Scan(2, "2026-02-01")
    found = [
        Tracked("RL801", "error", "b.py", HOSTILE, "x", "open", new, new),
        Tracked("RL005", "error", "REVIEW.yaml", "", "y", "open", old, new),
        Tracked("RL007", "error", "gone.py", "", "z", "fixed", old, old),
    ]
    text = render_history(trends, found, Look(160))
    lines = text.splitlines()
    assert [line.count("█") for line in lines if line.strip().startswith("2026-0") and "1,234" in line] == [0, 1, 30]
    assert text.index("REVIEW.yaml") < text.index("b.py")
    assert "gone.py" not in text and "\x1b" not in text
    assert "█" not in render_history(trends, [], Look(160, encoding="ascii"))


def test_a_log_gets_a_line_every_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 1000, 4))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    console = Console(io.StringIO(), io.StringIO())
    with watched(console, 2000) as tell:
        for number in range(6):
            tell("failed" if number == 2 else "passed")
    assert console.err.getvalue().splitlines() == [
        "review-lint: 3 of 2,000 (0.2/s, 2:13:08 left): 2 passed, 1 failed",
        "review-lint: 6 of 2,000 (0.2/s, 2:12:56 left): 5 passed, 1 failed",
    ]


def test_a_terminal_gets_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    console = Console(io.StringIO(), Terminal())
    with watched(console, 3) as tell:
        for state in ("passed", "[red]", "timeout"):
            tell(state)
    said = console.err.getvalue()
    assert "3/3" in said and "1 [red]" in said
    assert said.endswith("\x1b[2K") or "\x1b[1A\x1b[2K" in said
    assert console.out.getvalue() == ""


def test_the_effects_of_a_policy_are_counted_by_function_and_finding() -> None:
    legacy = finding("f", "RL803", Severity.ADVICE)
    now = judged("one", legacy, finding("old", "RL005"), team="red")
    then = judged(
        "one",
        finding("f", "RL801"),
        finding("g", "RL801"),
        finding("h", "RL801", is_hidden=True),
        finding("old", "RL005"),
    )
    assert _effect(now, then) == Effect("red", 1, 1, 0, 0, 2, 1, 0)
    assert _effect(judged("one"), then) == Effect("", 1, 0, 1, 0, 3, 2, 0)
    assert _effect(then, judged("one")) == Effect("", 1, 1, 0, 1, 0, 0, 0)
    assert _effect(now, unjudged("one")) == Effect("red", 1, errors=1)


def test_a_rollout_is_shown_by_team() -> None:
    total = Effect("", 1000, 10, 55, 1, 90, 70, 2)
    hit = tuple(Hit(f"{number:03}{HOSTILE}", "", 1) for number in range(55))
    rollout = Rollout("strict.yaml", "2026-06-01", total, (Effect(HOSTILE, 1000, 10, 55, 1, 90, 70, 2),), hit)
    stream = io.StringIO()
    render_rollout(rollout, stream, Look(200, encoding="ascii"))
    text = stream.getvalue()
    assert text.isascii()
    assert "\x1b" not in text and "and 5 more" in text
    assert text.endswith("55 of 1,000 repositories would newly fail, and 70 functions newly be beyond a limit\n")
    stream = io.StringIO()
    render_json(rollout, stream, Look())
    value = json.loads(stream.getvalue())
    assert (value["total"]["newly_failing"], len(value["newly_failing"])) == (55, 55)
