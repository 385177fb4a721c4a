"""What a review file cites, as lines of a page: links where there is something to follow."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from linter.engine.evidence.citation import Form
from linter.engine.evidence.naming import resolved, written
from linter.model.page import Badge, Code, Line, Link, Tone
from linter.model.snapshot import Snapshot

MISSING = Badge("missing", Tone.BAD)


class Paths(NamedTuple):
    """The files of a tree, as a review file in `folder` and a page in `page_folder` name them."""

    snapshot: Snapshot
    folder: str
    page_folder: str

    def line(self, path: str, anchor: str = "") -> Line:
        """A path that a review file names: a link if it is there."""
        text = f"{path}#{anchor}" if anchor else path
        known = resolved(path, self.folder)
        if known is None or not self._is_there(known):
            return Code(text), " ", MISSING
        # Git's paths are bytes, those that are not UTF-8 surrogate escapes.
        target = quote(written(known, self.page_folder), errors="surrogateescape")
        return (Link(text, f"{target}#{quote(anchor, errors='replace')}" if anchor else target),)

    def _is_there(self, path: str) -> bool:
        paths = self.snapshot.paths()
        return path in paths or not path or any(other.startswith(path + "/") for other in paths)


def address(text: str) -> Line:
    """A text that may be the address of something; what a link shows of it has no `https://`."""
    for scheme in _SCHEMES:
        if text.startswith(scheme):
            return (Link(text.removeprefix(scheme), text),)
    return (text,)


def named(text: str, form: Form, paths: Paths) -> Line:
    """A cited text: an address, a path, or something that no link leads to."""
    if "://" in text:
        return address(text)
    if form is Form.RUNBOOK:
        path, _, anchor = text.partition("#")
        return paths.line(path, anchor)
    return paths.line(text) if form in (Form.EVIDENCE, Form.EVENT) else (Code(text),)


def evidence(value: Mapping[Any, Any], paths: Paths) -> Line | None:
    """Evidence that is written as a mapping; None for what is none."""
    texts = _texts(value)
    for key, beside, word in (("path", "contains", " with "), ("workflow", "job", ", job ")):
        if key in texts:
            more = (word, Code(texts[beside])) if beside in texts else ()
            return (*paths.line(texts[key]), *more)
    if "url" in texts:
        seen = (f", seen on {texts['checked']}",) if "checked" in texts else ()
        return (*address(texts["url"]), *seen)
    name = texts.get("symbol") or texts.get("commit")
    return (Code(name),) if name else None


def contract(value: Mapping[Any, Any], paths: Paths) -> Line | None:
    """A contract; None for what is none."""
    texts = _texts(value)
    what = " ".join(texts[key] for key in ("type", "version") if key in texts)
    if "path" in texts:
        return f"{what}: ", *paths.line(texts["path"])
    return (f"{what}: ", *address(texts["url"])) if "url" in texts else None


_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def _texts(value: Mapping[Any, Any]) -> dict[Any, str]:
    return {key: text for key, text in value.items() if isinstance(text, str)}
