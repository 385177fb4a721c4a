"""What repositories, people and servers write stays text, in every file of a site of whatever kind."""

import csv
import io
import re
from collections.abc import Mapping
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.inventory import Repository
from linter.model.page import Section
from linter.model.review import SECTIONS
from linter.model.scan import Failure, Product, RepositoryReport, Trouble
from linter.model.sheet import Diagram, Sheet
from linter.output.printable import HIDDEN
from linter.site.product_files import Options
from linter.store.store import open_store
from tests.support import scans
from tests.support.scans import judged, unjudged
from tests.support.site_history import DRAWN, write
from tests.support.site_walk import assert_feed, assert_strict, doubles, lost, page, pages
from tests.support.sites import build, reviewed, sheet, tree

MARKERS = (
    "</script><script>evil()</script>",
    "<img src=x onerror=evil()>",
    '"><svg onload=evil()>',
    "'><svg onload=evil()>",
    "]]><script>evil()</script><![CDATA[",
    "--><script>evil()</script><!--",
    "</title></style></textarea><script>evil()</script>",
    "javascript:evil()",
    "{{ 7*191 }}{% raw %}",
    "=cmd|' /C evil'!A0",
    "\u202eevil\x1b[2J\0\ufffe\udcff\ud800\u2028",
)


def hostile(marker: str, number: int) -> RepositoryReport:
    """A report that has the marker wherever there is a text."""
    name = f"{number} {marker}"
    spans = Span(Position(3, 1), Position(3, 9))
    findings = [
        Finding("RL801", marker, Severity.ERROR, f"{marker} `{marker}`", Location(marker, spans, None, marker),
                hint=marker, excerpt=f"x = {marker}", fingerprint="0" * 64),
        Finding(marker, marker, Severity.ERROR, marker, Location(marker, spans, marker, None), fingerprint="1" * 64),
        Finding("RL902", marker, Severity.ADVICE, marker, Location(marker, spans), fingerprint="2" * 64,
                suppressed=Suppression(marker, marker, marker)),
    ]  # fmt: skip
    one = sheet(text=marker, word=marker, dependencies=(marker, f"{name} REVIEW.yaml"))
    sheets = (
        one,
        sheet("a/REVIEW.yaml", text=marker, diagram=DRAWN._replace(path=marker)),
        Sheet(f"{marker}/REVIEW.yaml"),
    )
    report = reviewed(name, *sheets)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg">{marker}</svg>'.encode("utf-8", "replace")
    whole = judged(name, *findings).report
    assert whole
    return report._replace(
        repository=Repository(name, f"https://github.com/{marker}", "", f"@{marker}", (marker,)),
        report=whole._replace(notes=(marker,)),
        revision=marker,
        products=tuple(Product(one.path, marker, marker, marker, marker, 1) for one in sheets),
        pictures=((DRAWN.digest, picture),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    folder = tmp_path_factory.mktemp("hostile")
    reports = [hostile(marker, number) for number, marker in enumerate(MARKERS)]
    broken = [
        unjudged(f"x {marker}", team=marker)._replace(failure=Failure(Trouble.TIMEOUT, marker)) for marker in MARKERS
    ]
    milder = [
        one._replace(report=one.report and one.report._replace(findings=one.report.findings[1:])) for one in reports
    ]
    write(str(folder / "scans.db"), [*milder, *broken], [*reports, *broken])
    build(str(folder / "scans.db"), folder / "out", Options(" ".join(MARKERS), "https://example.org/r/"))
    return tree(folder / "out")


def ours(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that are made, but for the one that this program keeps for itself."""
    return {name: data for name, data in site.items() if not name.startswith(("assets/", ".review-lint"))}


def test_names_of_files_are_harmless(site: Mapping[str, bytes]) -> None:
    assert len(site) > 200
    for name in site:
        assert re.fullmatch(r"[A-Za-z0-9._~/-]+", name)


def test_no_page_holds_markup_of_others(site: Mapping[str, bytes]) -> None:
    for name, root in pages(site).items():
        assert not root.xpath("//script[not(starts-with(@src, '../') or starts-with(@src, 'assets/'))]"), name
        assert not root.xpath("//img[@src='x'] | //svg[@onload] | //textarea")
        assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
        assert not [value for value in root.xpath("//@href | //@src") if re.match(r"(?i)\s*(javascript|data):", value)]
        assert b"1337" not in site[name]
        assert root.xpath("string(//footer)")


def test_no_file_holds_a_marker_as_it_is(site: Mapping[str, bytes]) -> None:
    for name, data in ours(site).items():
        if not name.endswith(".csv"):
            for marker in (b"<script>evil", b"<img src=x", b"<svg onload", b"<![CDATA["):
                assert marker not in data, name


def test_pages_and_feeds_are_as_their_standards_say(site: Mapping[str, bytes]) -> None:
    for name, data in ours(site).items():
        if name.endswith(".html") and not name.startswith("rule/"):
            assert_strict(data)
        elif name.endswith(".atom"):
            assert_feed(data)
        elif name.endswith(".svg"):
            assert not [key for element in fromstring(data).iter() for key in element.attrib if key.startswith("on")]
    assert lost(site) == []
    assert doubles(site) == []


def test_nothing_reorders_or_hides_text(site: Mapping[str, bytes]) -> None:
    for name, data in ours(site).items():
        text = data.decode()
        if not name.endswith(".json"):
            assert not HIDDEN & set(text), name
            assert not set(map(chr, range(0x20))) - {"\n"} & set(text), name


def test_tables_hold_no_formulas(site: Mapping[str, bytes]) -> None:
    cells = [
        cell
        for name, data in site.items()
        if name.endswith(".csv")
        for row in csv.reader(io.StringIO(data.decode(), newline=""))
        for cell in row
    ]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "\t", "\r"))]


def test_markers_are_shown(site: Mapping[str, bytes]) -> None:
    """What is left out cannot do harm either, but nobody would see it."""
    (name,) = [
        name for name in site if name.startswith("product/1-img") and name.count("/") == 2 and name.endswith(".html")
    ]
    text = page(site[name]).text_content()
    assert text.count("<img src=x onerror=evil()>") > 50


eight = st.lists(
    st.builds(Section, scans.texts, scans.texts, st.none(), scans.some_blocks),
    min_size=len(SECTIONS),
    max_size=len(SECTIONS),
)
diagrams = st.builds(Diagram, scans.texts, st.sampled_from(("svg", "png", "mermaid")), scans.texts, st.just("0" * 64))
sheets = st.builds(
    lambda one, sections, diagram: one._replace(sections=tuple(sections), diagram=diagram),
    scans.sheets,
    st.just([]) | eight,
    st.none() | diagrams,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.builds(
            lambda report, some: report._replace(sheets=tuple({one.path: one for one in some}.values())),
            scans.repository_reports,
            st.lists(sheets, max_size=3),
        ),
        max_size=3,
        unique_by=lambda report: report.repository.name,
    )
)
def test_any_reports_make_a_site(tmp_path_factory: pytest.TempPathFactory, reports: list[RepositoryReport]) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store(str(folder / "scans.db")) as store:
        scan = store.begin("all", "terms", "2026-06-01", [])
        store.add(scan, *reports)
        store.finish(scan)
    build(str(folder / "scans.db"), folder / "out")
    files = tree(folder / "out")
    for name, data in files.items():
        if name.startswith(("product/", "team/", "index", "products/")) and name.endswith(".html"):
            assert_strict(data)
