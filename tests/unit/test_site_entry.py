"""A report becomes products: each with its findings, none lost, and nothing claimed that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model.finding import Finding, Severity
from linter.model.page import Badge, Section, Tone
from linter.model.review import SECTIONS
from linter.model.scan import Product, Status
from linter.model.sheet import Diagram, Shape, Sheet
from linter.site.entry import GUIDELINES, STANDINGS, STATES, Entry, parts_of
from tests.support.scans import finding, judged, unjudged
from tests.support.sites import reviewed, sheet

PATHS = ("REVIEW.yaml", "libs/pay/REVIEW.yaml", "libs/REVIEW.yaml")


def at(path: str, rule: str = "RL801", **more: object) -> Finding:
    plain = finding(path, rule)
    return plain._replace(location=plain.location._replace(path=path))._replace(**more)


def entries(*sheets: Sheet, findings: tuple[Finding, ...] = (), **more: object) -> list[Entry]:
    report = reviewed("shop", *sheets)
    report = report._replace(report=judged("shop", *findings).report)._replace(**more)
    return [part.entry for part in parts_of(report)]


def state_of(section: Section | None, *rules: str) -> str:
    """How a product stands to the first guideline."""
    sections = (section, *sheet().sections[1:]) if section else sheet().sections[:0]
    found = tuple(at("REVIEW.yaml", rule) for rule in rules)
    return entries(sheet(sections=sections), findings=found)[0].states[0]


@pytest.mark.parametrize(("word", "state"), [
    ("adopted", "met"), ("draft", "draft"), ("proposed", "proposed"), ("not applicable", "not applicable"),
    ("absent", "absent"), ("", "absent"), ("Adopted", "absent"), ("open", "open"), ("met", "met"),
])  # fmt: skip
def test_a_section_says_how_a_product_stands(word: str, state: str) -> None:
    section = Section("Clarity", "", Badge(word, Tone.PLAIN), ())
    assert state_of(section) == state
    assert state_of(section, "RL101") == "open"
    assert state_of(section, "RL801", "RL001") == state


def test_a_section_without_a_state_is_absent() -> None:
    assert state_of(Section("Clarity", "", None, ())) == "absent"


def test_a_file_that_cannot_be_read_says_nothing() -> None:
    (one,) = entries(Sheet("REVIEW.yaml"), findings=(at("REVIEW.yaml", "RL001"), at("a.py", "RL801")))
    assert one.states == ("unknown",) * 7 + ("open",)
    assert (one.state, one.has_review, one.open) == ("failed", True, 2)


def test_a_repository_without_a_review_has_its_code() -> None:
    (part,) = parts_of(judged("shop", finding("f"), finding("g", is_hidden=True)))
    one = part.entry
    assert (one.name, one.path, one.state, one.has_review) == ("shop", "", "no review", False)
    assert one.states == ("absent",) * 7 + ("open",)
    assert [(count.rule, count.open, count.told, count.waived, count.where) for count in one.counts] == [
        ("RL801", 1, 0, 1, "f.py:3")
    ]


def test_a_repository_that_was_not_judged_is_a_product_of_its_own() -> None:
    (part,) = parts_of(unjudged("shop", team="blue"))
    one = part.entry
    assert (one.name, one.team, one.state, one.note) == ("shop", "blue", "error", "the server is silent")
    assert one.states == ("not judged",) * 8
    (part,) = parts_of(unjudged("shop")._replace(status=Status.SKIPPED))
    assert part.entry.state == "skipped"


def test_what_an_older_release_scanned_is_no_repository_without_a_review() -> None:
    """Its reports have products, but no sheets."""
    products = (Product("REVIEW.yaml", "shop", "blue"), Product("libs/REVIEW.yaml", "libs", "red"))
    found = [part.entry for part in parts_of(judged("shop", at("libs/a.py"), products=products))]
    assert [(one.path, one.name, one.team, one.state) for one in found] == [
        ("REVIEW.yaml", "shop", "blue", "passed"),
        ("libs/REVIEW.yaml", "libs", "red", "failed"),
    ]
    assert found[0].states == ("unknown",) * 8


def test_products_of_one_repository_share_nothing() -> None:
    found = (at("a.py"), at("libs/b.py"), at("libs/pay/c.py"), at("libs/pay/REVIEW.yaml", "RL101"))
    root, deep, middle = entries(*map(sheet, PATHS), findings=found)
    assert [one.path for one in (root, deep, middle)] == list(PATHS)
    assert [[(count.rule, count.where) for count in one.counts] for one in (root, deep, middle)] == [
        [("RL801", "a.py:3")],
        [("RL101", "libs/pay/REVIEW.yaml:3"), ("RL801", "libs/pay/c.py:3")],
        [("RL801", "libs/b.py:3")],
    ]
    assert root.name == "shop REVIEW.yaml"


def test_the_team_of_a_product_is_its_own_among_others() -> None:
    report = reviewed("shop", sheet(), sheet("libs/REVIEW.yaml"))
    products = tuple(one._replace(team=team) for one, team in zip(report.products, ("red", ""), strict=True))
    repository = report.repository._replace(team="blue")
    both = report._replace(products=products, repository=repository)
    assert [part.entry.team for part in parts_of(both)] == ["red", "blue"]
    alone = both._replace(products=products[:1], sheets=report.sheets[:1])
    assert [part.entry.team for part in parts_of(alone)] == ["blue"]


def test_what_a_sheet_holds_stands_in_its_entry() -> None:
    one = entries(sheet(diagram=Diagram("a.png", "png", "", "ab12")), findings=(at("REVIEW.yaml", "RL902"),))[0]
    assert (one.description, one.kind, one.lifecycle, one.tier) == ("something", "service", "beta", 2)
    assert (one.picture, one.stale, one.dependencies) == ("ab12", ("something about REVIEW.yaml",), ("something",))
    assert one.shape == sheet().shape != Shape()


@given(
    st.sets(st.sampled_from(("", *PATHS)), max_size=4),
    st.lists(
        st.builds(
            finding,
            st.sampled_from(("a", "libs/b", "libs/pay/c", "other/d", "")),
            st.sampled_from(("RL001", "RL101", "RL801", "RL902", "XY", "")),
            st.sampled_from(Severity),
            st.booleans(),
        ),
        max_size=6,
    ),
    st.booleans(),
)
def test_no_finding_is_lost(paths: set[str], findings: list[Finding], is_old: bool) -> None:
    """Whatever the folders of products are, the products of a repository together have what its report has."""
    paths = paths if is_old else {*paths, ""}
    report = reviewed("shop", *(sheet(path, sections=sheet().sections if path else ()) for path in sorted(paths)))
    report = report._replace(report=judged("shop", *findings).report)
    report = report._replace(sheets=() if is_old else report.sheets)
    parts = parts_of(report)
    assert sorted((one for part in parts for one in part.findings), key=repr) == sorted(findings, key=repr)
    assert report.report
    assert sum(part.entry.open for part in parts) == sum(
        one.severity is Severity.ERROR and one.suppressed is None for one in findings
    )
    for part in parts:
        assert part.entry.state in STANDINGS
        assert set(part.entry.states) <= set(STATES)
        assert len(part.entry.states) == len(GUIDELINES) == len(SECTIONS)
        for count in part.entry.counts:
            assert count.open + count.told + count.waived == [one.rule for one in part.findings].count(count.rule)
