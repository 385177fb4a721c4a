"""The page of a review file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from linter.engine.ground import Ground
from linter.engine.lint import lint
from linter.engine.page.content import table
from linter.engine.page.findings import AGREEMENTS, HEADER, by_part, counted
from linter.engine.page.findings import table as findings_table
from linter.engine.page.parts import ABSENT, Material, header, material_of, sections
from linter.engine.project import CODE_RULES, read_project
from linter.engine.reviews import read_document
from linter.errors import ReviewLintError
from linter.model.document import FILE_NAME, Document
from linter.model.finding import Finding
from linter.model.history import History
from linter.model.page import NOTHING, Badge, Block, Code, Heading, Line, Link, Page, Section, Table, Tone
from linter.model.request import Request
from linter.model.review import SECTIONS, Review
from linter.model.review_files import upwards
from linter.model.snapshot import Entry, Kind, Snapshot

_Findings = Mapping[str, Sequence[Finding]]
"""The open findings of each part."""


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
    return _page(material_of(review, Ground(snapshot, history, [review]), where, True), by_part(open_ones))


def _page(material: Material, findings: _Findings) -> Page:
    pairs = zip(SECTIONS, sections(material), strict=True)
    parts = [part._replace(blocks=(*part.blocks, *_open_findings(name, findings))) for name, part in pairs]
    agreements, today = _agreements(material, findings), material.values.today
    top = (*header(material), *_open_findings(HEADER, findings))
    return Page(
        title=material.text("name") or material.document.path,
        lead=material.text("description"),
        badges=tuple(_badges(material)),
        blocks=(*top, Heading("At a glance", 2), _overview(parts, material, findings)),
        sections=(*parts, agreements) if agreements.blocks else tuple(parts),
        note=(f"Made on {today} from ", Code(material.document.path), " by ", Code("review-lint render")),
    )


def _badges(material: Material) -> Iterator[Badge]:
    for key in ("kind", "lifecycle"):
        if material.text(key):
            yield Badge(material.text(key), Tone.PLAIN)
    tier = material.data.get("tier")
    if type(tier) is int:
        yield Badge(f"tier {tier}", Tone.PLAIN)


def _overview(parts: Sequence[Section], material: Material, findings: _Findings) -> Table:
    """The sections at a glance."""
    rows = []
    for name, section in zip(SECTIONS, parts, strict=True):
        signed = [one.badge for one in material.sign_offs.of(name)]
        found = counted(findings.get(name, ()))
        link = Link(section.title, f"#{section.anchor}")
        rows.append((((link,),), ((section.state or ABSENT,),), (_spaced(signed),), (_spaced(found),)))
    return Table("At a glance", ("Section", "State", "Signed off as", "Open findings"), tuple(rows))


def _spaced(badges: Iterable[Badge]) -> Line:
    pieces = [piece for badge in badges for piece in (" ", badge)]
    return tuple(pieces[1:]) or NOTHING[0]


def _agreements(material: Material, findings: _Findings) -> Section:
    """What is agreed upon beside the sections: exceptions, for a while."""
    waivers = material.data.get("waivers")
    blocks: list[Block] = list(_open_findings(AGREEMENTS, findings))
    if isinstance(waivers, list) and waivers:
        blocks = [Heading("Waivers", 3), table(waivers, "/waivers", material.values), *blocks]
    return Section("Agreements", "What is set aside for a while, and whether that is in order.", None, tuple(blocks))


def _open_findings(part: str, findings: _Findings) -> Iterator[Block]:
    found = findings.get(part)
    if found:
        yield Heading("Open findings", 3)
        yield findings_table(found)


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
