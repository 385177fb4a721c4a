"""Runbooks: `path`, `path#anchor` or an address."""

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.model.quote import listed, named
from linter.model.snapshot import Entry
from linter.model.words import closest

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
_LARGEST = 256 << 10


def find_runbook(tree: Tree, text: str, folder: str) -> tuple[Entry | None, str]:
    """The file of a runbook (None for a folder or an address) and its anchor, "" where it has none or is no Markdown.

    Refused where the tree does not have it.
    """
    path, _, anchor = text.partition("#")
    if not path:
        raise RefusalError(Refusal(Flaw.MISSING, f"{named(text)} names no file", "write path#anchor"))
    return tree.find(path, folder), anchor if path.lower().endswith(_MARKDOWN) else ""


def check_anchor(tree: Tree, entry: Entry, anchor: str) -> None:
    """Refuse an anchor that a Markdown file does not have."""
    from urllib.parse import unquote  # noqa: PLC0415

    from linter.adapters.markdown import anchors  # noqa: PLC0415 - markdown-it-py costs 40 ms

    known = anchors(tree.read(entry, limit=_LARGEST).decode("utf-8-sig", "replace"))
    wanted = unquote(anchor)
    if wanted in known:
        return
    near = closest(wanted, known)
    message = f"{entry.path} has no heading with the anchor {named('#' + anchor)}"
    raise RefusalError(Refusal(Flaw.MISSING, message, _hint(near, known), evidence=entry.path, candidates=near))


def _hint(near: tuple[str, ...], known: frozenset[str]) -> str:
    if near:
        return f"did you mean {listed([named('#' + one) for one in near], 'or')}?"
    if not known:
        return "the file has no headings"
    return "anchors are headings in lower case, without punctuation and with hyphens for spaces"
