"""The door to svg-hush: drawings without anything that runs or is fetched."""

import re
from xml.parsers import expat

from linter.errors import MissingExtraError
from linter.site.repetition import Repetition

try:
    from py_svg_hush import filter_svg
except ImportError as error:
    raise MissingExtraError("writing a site", "org") from error

SVG = "svg"

DIAGRAMS = (SVG, "png", "jpeg", "gif", "webp")
"""What model/sheet.Diagram calls pictures."""

_NAMESPACE = b'"http://www.w3.org/2000/svg"'

_DEEPEST = 200
"""Elements inside each other: svg-hush 0.3 indents them, which takes the square of that in memory."""

_MOST_DRAWN = 200_000
"""Elements, as often as they are drawn: in Chromium 156 a few kilobytes that use each other stop a page for good."""

_FETCHES = re.compile(r"\\|image-set|\bsrc\(", re.IGNORECASE)
"""How CSS names a file without `url(`, which is all that svg-hush 0.3 looks for, or hides what it names."""

_OWN_HOST = re.compile(rb"""\s(?:xlink:)?href="(?!#)[^"]*"|(?<=url\()(?!["']?#)[^)"]*""", re.IGNORECASE)
"""Of an address elsewhere svg-hush 0.3 leaves the path, which a browser would ask the site itself for."""

_NO_CSS = ("content", "id", "class")
"""Attributes in which drawing programs keep texts of their own."""


def diagram_name(kind: str) -> str:
    """What the file of a diagram is called beside its page."""
    return f"diagram.{kind}" if kind in DIAGRAMS else "diagram"


def harmless(kind: str, content: bytes) -> bytes:
    """A picture that a browser may show, also by itself; empty for an SVG that cannot be read, or is made to harm."""
    if kind != SVG:
        return content if kind in DIAGRAMS else b""
    try:
        _Look().at(content)
        filtered: bytes = filter_svg(content, {})
    except Exception:  # whatever it raises (its own errors derive from nothing narrower), there is no picture
        return b""
    return _OWN_HOST.sub(b"", filtered) if _NAMESPACE in filtered else b""


class _Look:
    """A look at the elements of a drawing. Raises ValueError for those that svg-hush does not make harmless."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._repetition = Repetition()

    def at(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        # A text comes as a whole, were it of a hundred entities.
        parser.buffer_text = True
        parser.buffer_size = max(1, len(content))
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        if self._repetition.drawn() > _MOST_DRAWN:
            raise ValueError

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        is_in_style = any(outer.endswith("style") for outer in self._names)
        self._names.append(name)
        styles = (text for key, text in attributes.items() if ":" not in key and key not in _NO_CSS)
        if is_in_style or len(self._names) > _DEEPEST or any(map(_FETCHES.search, styles)):
            raise ValueError
        self._repetition.begin(name, attributes)

    def _end(self, _: str) -> None:
        self._names.pop()
        self._repetition.end()

    def _text(self, text: str) -> None:
        if self._names[-1].endswith("style") and _FETCHES.search(text):
            raise ValueError
