"""The page of a product: its review as people read it, what is found, and how its code is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.engine.page.guide import description, title
from linter.engine.page.sign_offs import SIGN_OFFS
from linter.model.finding import Severity
from linter.model.page import Badge, Block, Cell, Facts, Section, Table, Tone
from linter.model.review import SECTIONS
from linter.model.scan import RepositoryReport
from linter.model.sheet import RANKS, Exemption, Shape
from linter.model.units import HOUR, MINUTE, error_budget, shown
from linter.output.page_html import blocks as blocks_html
from linter.site.address import link
from linter.site.entry import GUIDELINES, Part
from linter.site.past import Point
from linter.site.placing import Places, placed, text_of
from linter.site.remark import NONE, Remarks, remarks_of
from linter.site.source import base_of, source_of
from linter.site.templating import Markup

RANK_NAMES = ("A", "B", "C", "D", "E", "F")
RANK_WORDS = ("simple", "well structured", "slightly complex", "complex", "alarming", "unstable")
"""Radon's, https://radon.readthedocs.io/en/latest/commandline.html, in a word or two."""

WORST = 10


class Neighbour(NamedTuple):
    """Another product; `url` is "" where the site has none of that name."""

    name: str
    url: str


class Surroundings(NamedTuple):
    """What a page leads to: `folder` is its own, `team` that of the team. `needs` and `needed_by` are neighbours."""

    folder: str
    team: str
    needs: tuple[Neighbour, ...]
    needed_by: tuple[Neighbour, ...]


class Chapter(NamedTuple):
    """A guideline on the page. `held` is a badge that says how far the section is, None without a review."""

    key: str
    title: str
    lead: str
    held: Badge | None
    body: Markup
    state: str
    open: int
    remarks: Remarks


class Rank(NamedTuple):
    """How many functions have a rank; `width` is their share in percent of the most frequent one."""

    name: str
    words: str
    bounds: str
    functions: int
    width: float


class Picture(NamedTuple):
    """The architecture diagram: a file of the site, or a text."""

    url: str
    text: str
    path: str
    source: str


def page_of(
    part: Part,
    report: RepositoryReport,
    points: Sequence[Point],
    around: Surroundings,
    picture: Picture | None,
) -> Mapping[str, Any]:
    """What the template `product.html` shows."""
    page = f"{around.folder}/index.html"
    source = source_of(report.repository, report.revision)
    return {
        "entry": part.entry,
        "page": page,
        "team_url": link(f"{around.team}/index.html", page),
        "web": base_of(report.repository),
        "revision": report.revision,
        "needed_by": around.needed_by,
        "picture": picture,
        "source": source,
        "guidelines": _glance(part),
        **_review(part, report, Places(source, {one.name: one.url for one in around.needs if one.url})),
        **_code(part.sheet.shape),
        **_past(points),
    }


def _review(part: Part, report: RepositoryReport, places: Places) -> Mapping[str, Any]:
    """What the review says, and what is found about it; a repository that was not judged has no chapters."""
    sheet = part.sheet
    fail_on = report.report.fail_on if report.report else Severity.ERROR
    found = remarks_of(part.findings, fail_on, places.source)
    return {
        "header": _html(_without_team(sheet.header), places),
        "budget": budget(sheet.availability),
        "availability": sheet.availability,
        "signed": any(map(_signs, sheet.sections)),
        "chapters": _chapters(part, found, places) if report.report else [],
        "others": {name: found[name] for name in ("file", "governance") if name in found},
        "exemptions": _sorted(sheet.exemptions),
    }


def _code(shape: Shape) -> Mapping[str, Any]:
    mean = round(shape.complexity / shape.functions, 2) if shape.functions else None
    return {"ranks": _ranks(shape), "worst": shape.worst[:WORST], "mean": mean}


def _past(points: Sequence[Point]) -> Mapping[str, Any]:
    known = [point for point in points if point.complexity is not None]
    return {"points": points, "judged": points[-1].day if points else "", "complexity": known}


def budget(availability: float | None) -> str:
    """The outage that a promised availability allows, such as `43.2 minutes`; a month has 30 days."""
    if availability is None or not 0 <= availability <= 100:
        return ""
    seconds = error_budget(availability, "month")
    if seconds is None:
        return ""
    if seconds < 1:
        return "no outage at all"
    minutes = f"{shown(round(seconds / MINUTE, 1))} minutes of outage a month"
    return f"{minutes} ({shown(round(seconds / HOUR, 1))} hours)" if seconds >= 2 * HOUR else minutes


def _chapters(part: Part, found: Mapping[str, Remarks], places: Places) -> list[Chapter]:
    """The eight where there is a review; without one those that something is found about."""
    sections: dict[str, Section] = dict(zip(SECTIONS, part.sheet.sections, strict=False))
    return [
        Chapter(name, *_heading(key, sections.get(key), places), state, count, found.get(name, NONE))
        for key, name, state, count in _guidelines(part)
        if part.sheet.sections or name in found or name == "simplicity"
    ]


def _heading(key: str, section: Section | None, places: Places) -> tuple[str, str, Badge | None, Markup]:
    """What a review says of a guideline; without one, what it is about."""
    if section is None:
        return title(f"/{key}"), description(f"/{key}"), None, Markup()
    return section.title, section.lead, section.state, _html(section.blocks, places)


def _glance(part: Part) -> list[tuple[str, str, str, int, tuple[Badge, ...]]]:
    """The guidelines at a glance: key, title, state, open findings, and what their sign-offs are worth."""
    sections = dict(zip(SECTIONS, part.sheet.sections, strict=False))
    return [
        (name, title(f"/{key}"), state, count, _signs(sections[key]) if key in sections else ())
        for key, name, state, count in _guidelines(part)
    ]


def _guidelines(part: Part) -> Iterator[tuple[str, str, str, int]]:
    """The section, the name, the state and the open findings of each guideline."""
    return zip(SECTIONS, GUIDELINES, part.entry.states, part.entry.opens, strict=True)


def _signs(section: Section) -> tuple[Badge, ...]:
    """Who signed a section off, by role, with what that is worth today."""
    tables = (block for block in section.blocks if isinstance(block, Table) and block.caption == SIGN_OFFS)
    return tuple(_sign(row) for table in tables for row in table.rows)


def _sign(row: Sequence[Cell]) -> Badge:
    role = text_of(row[0][0])
    worth = next((piece for line in row[-1] for piece in line if isinstance(piece, Badge)), None)
    if worth is None or worth.tone is Tone.GOOD:
        return Badge(role, Tone.GOOD)
    return Badge(f"{role}: {worth.text}", worth.tone)


def _without_team(header: Sequence[Block]) -> list[Block]:
    """The header less the team, which has a link of its own."""
    name = title("/owner/team")
    return [
        Facts(tuple(row for row in block.rows if row[0] != name)) if isinstance(block, Facts) else block
        for block in header
    ]


def _html(blocks: Sequence[Any], places: Places) -> Markup:
    return Markup(blocks_html(placed(blocks, places)))


def _sorted(exemptions: Sequence[Exemption]) -> list[Exemption]:
    """What ends first comes first; what never ends, last."""
    return sorted(exemptions, key=lambda one: (one.expires or "~", one.rules))


def _ranks(shape: Shape) -> list[Rank]:
    most = max(shape.ranks) or 1
    bounds = [0, *RANKS]
    names = [
        *(f"{low + 1} to {high}" for low, high in zip(bounds, RANKS, strict=False)),
        f"above {RANKS[-1]}",
    ]
    ranks = zip(RANK_NAMES, RANK_WORDS, names, shape.ranks, strict=True)
    return [Rank(*one, width=round(100 * one[-1] / most, 1)) for one in ranks]
