"""The parts of a page that a review file fills by itself: its header and its sections with their sign-offs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.ground import Ground
from linter.engine.page.citations import Paths
from linter.engine.page.content import content, facts
from linter.engine.page.guide import description, title
from linter.engine.page.sign_offs import SignOffs
from linter.engine.page.values import Values, not_applicable
from linter.model.document import Document
from linter.model.page import Badge, Block, Facts, Heading, Paragraph, Section, Tone
from linter.model.review import SECTIONS, Review
from linter.model.sign_off import StaleSignOff

STATES = {"adopted": Tone.GOOD, "proposed": Tone.FAIR, "draft": Tone.FAIR}
ABSENT = Badge("absent", Tone.PLAIN)

_HEADER_FACTS = ("owner", "tier", "system", "tags", "sunset", "covers")
"""What the top of the page says beside its badges; a tier is a badge unless it is not applicable."""


class Material(NamedTuple):
    """What the parts are made of."""

    document: Document
    data: Mapping[Any, Any]
    values: Values
    sign_offs: SignOffs

    def text(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""


def material_of(
    review: Review, ground: Ground, page_folder: str, counts_days: bool, stale: Iterable[StaleSignOff] | None = None
) -> Material:
    """Of a review file that could be read. Links are relative to `page_folder`, a folder of the repository;
    `counts_days`: the page is read on the day of the review, else on any until what it says changes. `stale` are the
    sign-offs of the tree that no longer fit, if that is known.
    """
    document = review.document
    values = Values(Paths(ground.snapshot, document.folder, page_folder), review.today, counts_days)
    return Material(document, document.data, values, SignOffs(ground, review, counts_days, stale))


def header(material: Material) -> Iterator[Block]:
    """Whose the product is and what it is like."""
    said = {key: material.data[key] for key in _HEADER_FACTS if key in material.data}
    if type(said.get("tier")) is int:
        del said["tier"]
    owner = said.pop("owner") if isinstance(said.get("owner"), dict) else {}
    rows = (*facts(owner, "/owner", material.values).rows, *facts(said, "", material.values).rows)
    if rows:
        yield Facts(rows)


def sections(material: Material) -> tuple[Section, ...]:
    """The eight guidelines in their order."""
    return tuple(_section(name, material) for name in SECTIONS)


def _section(name: str, material: Material) -> Section:
    place = f"/{name}"
    return Section(title(place), description(place), _state(name, material), tuple(_blocks(name, material)))


def _state(name: str, material: Material) -> Badge:
    if name not in material.data:
        return ABSENT
    if "not_applicable" in material.document.section(name):
        return Badge("not applicable", Tone.PLAIN)
    status = material.document.status(f"/{name}")
    return Badge(status, STATES[status])


def _blocks(name: str, material: Material) -> Iterator[Block]:
    section = material.document.section(name)
    if "not_applicable" in section:
        yield Paragraph(not_applicable(section["not_applicable"]))
    elif name in material.data:
        yield from content(name, material.data, material.values)
    roles = material.sign_offs.of(name)
    if roles:
        yield Heading("Sign-offs", 3)
        yield material.sign_offs.table(roles)
