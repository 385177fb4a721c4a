"""Reports of repositories that were never judged, for tests of what is done with them."""

import os
from collections.abc import Iterable

from hypothesis import strategies as st

from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.imports import Import
from linter.model.inventory import Repository
from linter.model.metrics import FunctionMetrics, SourceMetrics
from linter.model.page import (
    Badge,
    Code,
    Facts,
    Heading,
    Link,
    Neighbour,
    Paragraph,
    Rollout,
    Section,
    Stage,
    Surroundings,
    Table,
    Tone,
)
from linter.model.report import Report, Target, summarise
from linter.model.review import SECTIONS
from linter.model.scan import Failure, Product, RepositoryReport, Status, Trouble
from linter.model.sheet import Complex, Diagram, Exemption, Shape, Sheet

SIZE = int(os.environ.get("REVIEW_LINT_TEST_SIZE", "1"))
"""How many times the usual work the slow tests do; read here, because tests have an environment of their own."""

DAY = "2026-06-01"
HIDDEN = Suppression("waiver", "agreed with the owner", "2026-12-31")


def finding(place: str, rule: str = "RL801", severity: Severity = Severity.ERROR, is_hidden: bool = False) -> Finding:
    """A finding whose fingerprint is that of its rule and place."""
    return Finding(
        rule=rule,
        name="some-rule",
        severity=severity,
        message=f"something about {place}",
        location=Location(f"{place}.py", Span(Position(3, 1), Position(3, 9)), None, place),
        fingerprint=f"{rule} {place}",
        suppressed=HIDDEN if is_hidden else None,
    )


def judged(name: str, *findings: Finding, team: str = "", revision: str = "a1", **more: object) -> RepositoryReport:
    """The report of a repository that was judged; `more` are fields of RepositoryReport."""
    report = Report(
        repository=name,
        path="",
        target=Target("revision", revision, ()),
        fail_on=Severity.ERROR,
        findings=findings,
        summary=summarise(findings, 3, 7),
    )
    status = Status.FAILED if report.is_failed else Status.PASSED
    plain = RepositoryReport(
        Repository(name, team=team), status, revision, report, None, (), f"basis of {revision}", DAY, "9999-12-31"
    )
    return plain._replace(**more)


def unjudged(name: str, kind: Trouble = Trouble.UNREACHABLE, team: str = "") -> RepositoryReport:
    return RepositoryReport(Repository(name, team=team), Status.ERROR, failure=Failure(kind, "the server is silent"))


def with_figures(report: RepositoryReport, sources: dict[str, tuple[str, SourceMetrics]]) -> RepositoryReport:
    """The report with figures of sources: by path the id of the content, and the figures."""
    figures = tuple((path, source) for path, (_, source) in sources.items())
    assert report.report
    blobs = tuple((path, blob) for path, (blob, _) in sources.items())
    return report._replace(report=report.report._replace(metrics=figures), blobs=blobs)


def figures(complexity: int) -> SourceMetrics:
    return SourceMetrics(12, (FunctionMetrics("f", "function", 1, 1, 1, 2, 12, complexity, 12, 2, 1, 8),))


def product(guidelines: Iterable[str] = SECTIONS, status: str = "adopted", team: str = "") -> Product:
    return Product(
        "REVIEW.yaml", "shop", team, "service", "production", 1, tuple((name, status) for name in guidelines)
    )


# Whatever a repository may hold: half characters stand for bytes that are not UTF-8, and two of them are no character.
texts = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    (
        "\0",
        "\ud83d\ude00",
        "\udc80",
        "\\u0000",
        "\\",
        "a\nb",
        "\x1b[2J",
        "\u202e",
        "naïve",
        "😀",
        "'; DROP TABLE scans; --",
    )
)
counts = st.integers(0, 1 << 40)
positions = st.builds(Position, counts, counts)
spans = st.builds(Span, positions, st.none() | positions)
data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(1 << 62, 1 << 200) | st.floats(allow_nan=False) | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=6,
)
findings = st.builds(
    Finding,
    rule=st.sampled_from(("RL001", "RL107", "RL801", "RL902")) | texts,
    name=texts,
    severity=st.sampled_from(Severity),
    message=texts,
    location=st.builds(Location, texts, spans, st.none() | texts, st.none() | texts),
    hint=st.none() | texts,
    excerpt=st.none() | texts,
    data=st.dictionaries(texts, data, max_size=2),
    anchor=texts,
    fingerprint=texts,
    suppressed=st.none() | st.builds(Suppression, texts, texts, st.none() | texts),
)
sources = st.builds(
    SourceMetrics,
    counts,
    st.lists(st.builds(FunctionMetrics, texts, texts, *[counts] * 10), max_size=2).map(tuple),
    st.none() | st.floats(0, 100),
    st.lists(st.builds(Import, texts, st.none() | texts, counts, positions, counts, st.booleans()), max_size=2).map(
        tuple
    ),
)
products = st.builds(
    Product,
    texts,
    texts,
    texts,
    texts,
    texts,
    st.none() | st.integers(-(10**30), 10**30),
    st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)
reports = st.builds(
    Report,
    repository=texts,
    path=texts,
    target=st.builds(Target, texts, st.none() | texts, st.lists(texts, max_size=2).map(tuple)),
    fail_on=st.sampled_from(Severity),
    findings=st.lists(findings, max_size=4).map(tuple),
    summary=st.builds(summarise, st.just(()), counts, counts, st.lists(st.tuples(texts, counts), max_size=2)),
    metrics=st.none(),
    tool_version=texts,
    duration_ms=st.just(0),
    changed=counts,
    generated=counts,
    notes=st.lists(texts, max_size=2).map(tuple),
)
pieces = texts | st.builds(Link, texts, texts) | st.builds(Code, texts) | st.builds(Badge, texts, st.sampled_from(Tone))
lines = st.lists(pieces, max_size=2).map(tuple)
cells = st.lists(lines, max_size=2).map(tuple)
neighbours = st.lists(st.builds(Neighbour, texts, texts, st.booleans()), max_size=2).map(tuple)
blocks = st.one_of(
    st.builds(Heading, texts, st.integers(1, 6)),
    st.builds(Paragraph, lines),
    st.builds(Facts, st.lists(st.tuples(texts, cells), max_size=2).map(tuple)),
    st.builds(Table, texts, st.just(("Name",)), st.lists(st.tuples(cells), max_size=2).map(tuple)),
    st.builds(Surroundings, texts, texts, neighbours, neighbours),
    st.builds(Rollout, texts, st.lists(st.builds(Stage, texts, st.floats(0, 100), texts), max_size=2).map(tuple)),
)
some_blocks = st.lists(blocks, max_size=2).map(tuple)
sections = st.builds(Section, texts, texts, st.none() | st.builds(Badge, texts, st.sampled_from(Tone)), some_blocks)
some_texts = st.lists(texts, max_size=2).map(tuple)
sheets = st.builds(
    Sheet,
    path=texts,
    description=texts,
    availability=st.none() | st.floats(0, 100),
    header=some_blocks,
    sections=st.lists(sections, max_size=2).map(tuple),
    dependencies=some_texts,
    exemptions=st.lists(
        st.builds(Exemption, some_texts, some_texts, texts, texts, texts, st.booleans()), max_size=1
    ).map(tuple),
    diagram=st.none() | st.builds(Diagram, texts, texts, texts, texts),
    shape=st.builds(
        Shape,
        counts,
        counts,
        st.tuples(*[st.integers(0, 1 << 30)] * 6),
        st.lists(st.builds(Complex, texts, texts, counts, counts, counts), max_size=2).map(tuple),
    ),
)
repositories = st.builds(Repository, texts, texts, texts, texts, st.lists(texts, max_size=2).map(tuple))
repository_reports = st.builds(
    RepositoryReport,
    repository=repositories,
    status=st.sampled_from(Status),
    revision=texts,
    report=st.none() | reports,
    failure=st.none() | st.builds(Failure, st.sampled_from(Trouble), texts),
    products=st.lists(products, max_size=2).map(tuple),
    basis=texts,
    judged_on=texts,
    good_until=texts,
    blobs=st.just(()),
    sheets=st.lists(sheets, max_size=2).map(tuple),
    pictures=st.just(()),
)
"""Without figures of sources and pictures, which are kept apart."""
