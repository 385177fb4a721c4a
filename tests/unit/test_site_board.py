"""What is said about many products together: who meets what, what changed, what is due, what to do next."""

from urllib.parse import parse_qs

import pytest

from linter.model.finding import Severity
from linter.model.sheet import Complex, Exemption, Shape
from linter.output.printable import printable
from linter.site.board import LEVELS, due, growing, heat, heat_row, moves, tasks
from linter.site.entry import GUIDELINES, Count, Entry
from linter.site.past import Point
from tests.support.sites import entry


def states(first: str) -> tuple[str, ...]:
    return (first, *["met"] * 7)


def test_a_row_counts_what_applies() -> None:
    words = ("met", "met", "open", "draft", "absent", "not applicable", "unknown")
    entries = [entry(word, states=states(word)) for word in words]
    entries += [entry("gone", state="error"), entry("empty", state="skipped"), entry("bare", "", state="no review")]
    row = heat_row(entries, "blue", "team", "Blue")
    assert (row.key, row.name, row.products, row.reviewed, row.passing, row.open) == ("blue", "Blue", 10, 9, 7, 0)
    assert (row.cells[0].met, row.cells[0].of, row.cells[0].level) == (3, 7, LEVELS * 3 // 7)
    assert (row.cells[1].met, row.cells[1].of, row.cells[1].level) == (8, 8, LEVELS)
    assert parse_qs(row.cells[0].query) == {"team": ["blue"], "guideline": [GUIDELINES[0]], "is": ["not met"]}
    assert parse_qs(row.cells[1].query) == {"team": ["blue"], "guideline": [GUIDELINES[1]], "is": ["met"]}


def test_only_what_is_met_everywhere_has_the_highest_level() -> None:
    many = [entry(str(number)) for number in range(999)]
    assert heat_row(many, "", "", "").cells[0].level == LEVELS
    assert heat_row([*many, entry("one", states=states("open"))], "", "", "").cells[0].level == LEVELS - 1
    assert heat_row([entry(states=states("open"))], "", "", "").cells[0].level == 0
    nothing = heat_row([], "", "", "").cells[0]
    assert (nothing.met, nothing.of, nothing.level) == (0, 0, 0)


@pytest.mark.parametrize("team", ["a&b=c", "@acme/pay", "naïve", "\ud800", "\udcff", "a#b", "#", " ", '"><script>'])
def test_a_cell_leads_to_a_team_of_any_name(team: str) -> None:
    """As the table of products shows it."""
    query = heat_row([entry(team=team)], team, "team", team).cells[0].query
    assert query.isascii()
    assert not set(query) & set("\"<>#' ")
    assert parse_qs(query, keep_blank_values=True)["team"] == [printable(team)]


def test_rows_are_sorted_by_their_size() -> None:
    entries = [entry(name, team=team) for name, team in (("a", "red"), ("b", "blue"), ("c", "green"), ("d", "green"))]
    rows = heat(entries, lambda one: one.team, "team", str.upper)
    assert [(row.key, row.name, row.products) for row in rows] == [
        ("green", "GREEN", 2),
        ("blue", "BLUE", 1),
        ("red", "RED", 1),
    ]


def points(*told: tuple[int, int, int]) -> list[Point]:
    """By number of the scan, new and fixed."""
    return [
        Point(number, "2026-06-01", "failed" if new else "passed", new, 0, new, fixed, None, None)
        for number, new, fixed in told
    ]


def test_moves_are_those_of_the_last_scan() -> None:
    names = ("much better", "better", "worse", "same", "before", "first", "unknown")
    past = {
        "much better": points((1, 4, 0), (3, 0, 4)),
        "better": points((2, 1, 0), (3, 1, 2)),
        "worse": points((1, 0, 0), (3, 1, 0)),
        "same": points((1, 1, 0), (3, 1, 1)),
        "before": points((1, 1, 0), (2, 0, 1)),
        "first": points((3, 2, 0)),
    }
    better, worse = moves([entry(name) for name in names], past, 3)
    assert [(move.entry.repository, move.new, move.fixed, move.was) for move in better] == [
        ("much better", 0, 4, "failed"),
        ("better", 1, 2, "failed"),
    ]
    assert [(move.entry.repository, move.new, move.fixed, move.was) for move in worse] == [("worse", 1, 0, "passed")]


def test_products_of_one_repository_move_once() -> None:
    both = [entry("shop"), entry("shop", "libs/REVIEW.yaml")]
    (move,), _ = moves(both, {"shop": points((1, 1, 0), (2, 0, 1))}, 2)
    # It is the repository that failed and passes now, whatever one of its products does.
    assert (move.name, move.was, move.now) == ("shop", "failed", "passed")


def with_ends(*ends: str) -> Entry:
    return entry(exemptions=tuple(Exemption(("RL801",), (), end, "", end) for end in ends))


def test_what_ends_within_30_days_is_due() -> None:
    found = due([with_ends("2026-07-02", "2026-07-01", "2026-06-01", "2026-05-31", "")], "2026-06-01")
    assert [(one.exemption.expires, one.days) for one in found] == [("2026-06-01", 0), ("2026-07-01", 30)]


def test_a_day_that_is_none_is_not_due() -> None:
    """Review files may say anything, and old ones did."""
    assert due([with_ends("next year", "2026-06-31", "2026-6-9", "9999-99-99", "2026-06-0\u0661")], "2026-06-01") == []


def function(symbol: str, complexity: int) -> Complex:
    return Complex("shop.py", symbol, 1, complexity, 20)


def test_complex_functions_that_grew_grow() -> None:
    found = {"more": (12, 20), "little": (11, 12), "simple": (3, 10), "less": (20, 12), "same": (15, 15)}
    worst = (*(function(name, now) for name, (_, now) in found.items()), function("new", 30))
    before = {("shop", "shop.py", name): was for name, (was, _) in found.items()}
    one = entry(shape=Shape(6, 99, worst=worst))
    assert [(grown.function.symbol, grown.before) for grown in growing([one], before)] == [("more", 12), ("little", 11)]
    assert growing([one._replace(repository="fork")], before) == []


def test_the_gravest_comes_first_then_what_matters_most_then_what_is_most() -> None:
    def count(rule: str, severity: Severity, number: int) -> Count:
        return Count(rule, severity, number, min(number, 1), 1, "f", "a.py:1")

    low = entry("low", tier=3, counts=(count("RL107", Severity.ERROR, 9), count("RL801", Severity.WARNING, 99)))
    high = entry("high", tier=0, counts=(count("RL801", Severity.ERROR, 1), count("RL902", Severity.ERROR, 2)))
    none = entry("none", tier=None, counts=(count("RL801", Severity.ERROR, 50), count("RL107", Severity.ERROR, 0)))
    assert [(task.entry.name, task.findings.rule) for task in tasks([none, low, high])] == [
        ("high", "RL902"),
        ("high", "RL801"),
        ("low", "RL107"),
        ("none", "RL801"),
        ("low", "RL801"),
    ]
