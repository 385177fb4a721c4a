"""A page for people as a value: what is said in which order, without a word about how it looks.

Texts are as the file has them: whoever renders a page escapes them.
"""

from enum import Enum
from typing import NamedTuple


class Tone(Enum):
    """How a badge is meant to be taken."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"
    PLAIN = "plain"


class Link(NamedTuple):
    """A text that leads somewhere. `target` is a URL, a relative URL or `#` and the name of a section."""

    text: str
    target: str

    @property
    def is_followable(self) -> bool:
        """Whether the target may be one of a link: no scheme that runs something, and no other host by accident."""
        target = self.target.lower()
        if target.startswith(_SCHEMES):
            return True
        return not target.startswith("/") and ":" not in target and "\\" not in target


class Code(NamedTuple):
    """A text that stands for itself: a path, a symbol, an identifier."""

    text: str


class Badge(NamedTuple):
    """A word or two that should catch the eye."""

    text: str
    tone: Tone


Piece = str | Link | Code | Badge
Line = tuple[Piece, ...]
"""What stands on one line, without anything between its pieces."""

Cell = tuple[Line, ...]
"""Lines one below the other."""

NOTHING: Cell = (("\u2013",),)
"""A dash, where there is nothing to say."""


class Heading(NamedTuple):
    """A heading; the page has level 1, sections have level 2."""

    text: str
    level: int


class Paragraph(NamedTuple):
    """Running text."""

    line: Line


class Facts(NamedTuple):
    """Names with what is to be known about each."""

    rows: tuple[tuple[str, Cell], ...]


class Table(NamedTuple):
    """Rows of as many cells as there are columns, the first of which names its row; `caption` says what is listed."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Neighbour(NamedTuple):
    """What stands beside a product in a picture, with a word about it."""

    name: str
    note: str
    is_firm: bool


class Surroundings(NamedTuple):
    """A picture: a product between what it offers and what it needs."""

    caption: str
    centre: str
    offers: tuple[Neighbour, ...]
    needs: tuple[Neighbour, ...]


class Stage(NamedTuple):
    """A step of a release, and the share of its users that it reaches, from 0 to 100."""

    name: str
    percent: float
    note: str


class Rollout(NamedTuple):
    """A picture: how a release reaches more and more users."""

    caption: str
    stages: tuple[Stage, ...]


Block = Heading | Paragraph | Facts | Table | Surroundings | Rollout


class Section(NamedTuple):
    """A part of the page. `lead` says what it is about, `state` how far it is."""

    title: str
    lead: str
    state: Badge | None
    blocks: tuple[Block, ...]

    @property
    def anchor(self) -> str:
        """What links in the page call it, on GitHub too. Titles are letters, digits and spaces."""
        return self.title.lower().replace(" ", "-")


class Page(NamedTuple):
    """Everything that is shown of one review file."""

    title: str
    lead: str
    badges: tuple[Badge, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    note: Line


_SCHEMES = ("https://", "http://", "mailto:", "tel:")
