"""The architecture diagram that a review file cites, if it is a picture or a text that pictures are made of."""

import hashlib
import re
from typing import NamedTuple

from linter.engine.repository.diagram import diagram_path
from linter.model.review import Review
from linter.model.sheet import Diagram
from linter.model.snapshot import Entry, Kind, Snapshot, UnreadableError

MAX_PICTURE = 512 << 10
"""Bytes of a picture, and of a Markdown file with a diagram in it."""

MAX_TEXT = 64 << 10
"""Bytes of a diagram that is a text."""


class Drawing(NamedTuple):
    """A diagram, with the bytes of a picture; empty for a text."""

    diagram: Diagram
    content: bytes = b""


def drawing_of(review: Review, snapshot: Snapshot) -> Drawing | None:
    """The diagram of a review file; None where there is none that can be shown: a link, a URL, something large or of
    another kind, nothing.
    """
    path = diagram_path(review)
    entry = snapshot.paths().get(path) if path else None
    if entry is None or entry.kind is not Kind.FILE:
        return None
    try:
        return _drawing(entry, snapshot)
    except (UnreadableError, UnicodeDecodeError):
        return None


def _drawing(entry: Entry, snapshot: Snapshot) -> Drawing | None:
    """Raises UnreadableError, UnicodeDecodeError."""
    ending = entry.path.rpartition(".")[2].lower()
    if ending in ("mmd", "mermaid"):
        return _mermaid(entry.path, snapshot.read(entry, MAX_TEXT).decode("utf-8-sig"))
    content = snapshot.read(entry, MAX_PICTURE)
    if ending in ("md", "markdown"):
        # Parsing Markdown takes 20 ms to import, and most diagrams are pictures.
        from linter.adapters.markdown import fenced  # noqa: PLC0415

        return _mermaid(entry.path, fenced(content.decode("utf-8-sig"), "mermaid"))
    kind = _kind(content)
    digest = hashlib.sha256(content).hexdigest()
    return Drawing(Diagram(entry.path, kind, digest=digest), content) if kind else None


def _mermaid(path: str, text: str) -> Drawing | None:
    fits = text.strip() and len(text.encode()) <= MAX_TEXT
    return Drawing(Diagram(path, "mermaid", text)) if fits else None


def _kind(content: bytes) -> str:
    """What kind of picture the first bytes are those of; "" for another one."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    known = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    return known or ("svg" if _SVG.match(content) else "")


_STARTS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}

# A declaration, comments and a document type may stand before the root. Each ends at the next end of its kind.
_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?(?:(?!\?>).)*+\?>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+"
    rb"<(?:svg:)?svg[\s/>]",
    re.DOTALL,
)
