"""The page of a review file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.engine.ground import Ground
from linter.engine.lint import lint
from linter.engine.page.citations import Paths
from linter.engine.page.content import content, facts, table
from linter.engine.page.findings import AGREEMENTS, HEADER, by_part, counted
from linter.engine.page.findings import table as findings_table
from linter.engine.page.guide import description, title
from linter.engine.page.sign_offs import SignOffs
from linter.engine.page.values import Values, not_applicable
from linter.engine.project import CODE_RULES, read_project
from linter.engine.reviews import read_document
from linter.errors import ReviewLintError
from linter.model.document import FILE_NAME, Document
from linter.model.finding import Finding
from linter.model.history import History
from linter.model.page import (
    NOTHING,
    Badge,
    Block,
    Code,
    Facts,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Section,
    Table,
    Tone,
)
from linter.model.request import Request
from linter.model.review import SECTIONS, Review
from linter.model.review_files import upwards
from linter.model.snapshot import Entry, Kind, Snapshot

STATES = {"adopted": Tone.GOOD, "proposed": Tone.FAIR, "draft": Tone.FAIR}
ABSENT = Badge("absent", Tone.PLAIN)

_HEADER_FACTS = ("owner", "tier", "system", "tags", "sunset", "covers")
"""What the top of the page says beside its badges; a tier is a badge unless it is not applicable."""


class RenderError(ReviewLintError):
    """There is no review file to make a page of, or none that can be read."""


def build_page(
    snapshot: Snapshot, request: Request, history: History | None, folder: str, page_folder: str | None = None
) -> Page:
    """The page of the review file that is nearest to a folder of the tree ("" for its root), looking upwards.

    Links are relative to `page_folder`, a folder of the repository; without one to that of the file. Raises
    RenderError, and ConfigurationError for a broken configuration or policy.
    """
    document = read_document(snapshot, _nearest(snapshot, folder), True)
    review = Review(_readable(document), request.today, read_project(snapshot, request).policy)
    # The code is not what the page is about, and measuring it takes long.
    found = lint(snapshot, request._replace(ignore=(*request.ignore, *CODE_RULES)), history).findings
    open_ones = [one for one in found if one.location.path == document.path and one.suppressed is None]
    where = document.folder if page_folder is None else page_folder
    values = Values(Paths(snapshot, document.folder, where), request.today)
    material = _Material(
        document, document.data, values, SignOffs(Ground(snapshot, history, [review]), review), by_part(open_ones)
    )
    return _page(material)


class _Material(NamedTuple):
    """What a page is made of."""

    document: Document
    data: Mapping[Any, Any]
    values: Values
    sign_offs: SignOffs
    findings: Mapping[str, Sequence[Finding]]

    def text(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""


def _page(material: _Material) -> Page:
    sections = [_section(name, material) for name in SECTIONS]
    agreements, today = _agreements(material), material.values.today
    return Page(
        title=material.text("name") or material.document.path,
        lead=material.text("description"),
        badges=tuple(_badges(material)),
        blocks=(*_header(material), Heading("At a glance", 2), _overview(sections, material)),
        sections=(*sections, agreements) if agreements.blocks else tuple(sections),
        note=(f"Made on {today} from ", Code(material.document.path), " by ", Code("review-lint render")),
    )


def _badges(material: _Material) -> Iterator[Badge]:
    for key in ("kind", "lifecycle"):
        if material.text(key):
            yield Badge(material.text(key), Tone.PLAIN)
    tier = material.data.get("tier")
    if type(tier) is int:
        yield Badge(f"tier {tier}", Tone.PLAIN)


def _header(material: _Material) -> Iterator[Block]:
    said = {key: material.data[key] for key in _HEADER_FACTS if key in material.data}
    if type(said.get("tier")) is int:
        del said["tier"]
    owner = said.pop("owner") if isinstance(said.get("owner"), dict) else {}
    rows = (*facts(owner, "/owner", material.values).rows, *facts(said, "", material.values).rows)
    if rows:
        yield Facts(rows)
    yield from _open_findings(HEADER, material)


def _overview(sections: Sequence[Section], material: _Material) -> Table:
    """The sections at a glance."""
    rows = []
    for name, section in zip(SECTIONS, sections, strict=True):
        signed = [one.badge for one in material.sign_offs.of(name)]
        found = counted(material.findings.get(name, ()))
        link = Link(section.title, f"#{section.anchor}")
        rows.append((((link,),), ((section.state or ABSENT,),), (_spaced(signed),), (_spaced(found),)))
    return Table("At a glance", ("Section", "State", "Signed off as", "Open findings"), tuple(rows))


def _spaced(badges: Iterable[Badge]) -> Line:
    pieces = [piece for badge in badges for piece in (" ", badge)]
    return tuple(pieces[1:]) or NOTHING[0]


def _section(name: str, material: _Material) -> Section:
    place = f"/{name}"
    return Section(title(place), description(place), _state(name, material), tuple(_blocks(name, material)))


def _state(name: str, material: _Material) -> Badge:
    if name not in material.data:
        return ABSENT
    if "not_applicable" in material.document.section(name):
        return Badge("not applicable", Tone.PLAIN)
    status = material.document.status(f"/{name}")
    return Badge(status, STATES[status])


def _blocks(name: str, material: _Material) -> Iterator[Block]:
    section = material.document.section(name)
    if "not_applicable" in section:
        yield Paragraph(not_applicable(section["not_applicable"]))
    elif name in material.data:
        yield from content(name, material.data, material.values)
    roles = material.sign_offs.of(name)
    if roles:
        yield Heading("Sign-offs", 3)
        yield material.sign_offs.table(roles)
    yield from _open_findings(name, material)


def _agreements(material: _Material) -> Section:
    """What is agreed upon beside the sections: exceptions, for a while."""
    waivers = material.data.get("waivers")
    blocks: list[Block] = list(_open_findings(AGREEMENTS, material))
    if isinstance(waivers, list) and waivers:
        blocks = [Heading("Waivers", 3), table(waivers, "/waivers", material.values), *blocks]
    return Section("Agreements", "What is set aside for a while, and whether that is in order.", None, tuple(blocks))


def _open_findings(part: str, material: _Material) -> Iterator[Block]:
    findings = material.findings.get(part)
    if findings:
        yield Heading("Open findings", 3)
        yield findings_table(findings)


def _nearest(snapshot: Snapshot, folder: str) -> Entry:
    for path in upwards(folder):
        entry = snapshot.paths().get(path)
        if entry and entry.kind is Kind.FILE:
            return entry
    raise RenderError(f"there is no {FILE_NAME} here or in a folder above", "`review-lint init` writes a first one")


def _readable(document: Document) -> Document:
    if document.is_readable:
        return document
    problem = document.problems[0]
    line, column = problem.span.start
    raise RenderError(f"{document.path}:{line}:{column}: {problem.message}", problem.hint or "mend that first")
