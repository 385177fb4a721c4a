"""Edits made in the bytes of a file, of which everything else stays as it is."""

import io
from collections.abc import Iterable

from linter.adapters.python.decoding import codec
from linter.adapters.python.inline_ignore import MARK
from linter.adapters.yaml.edit import EditError, Editor, edit
from linter.model.edit import Cut, Edit, Put, Remove, Rename
from linter.model.pointer import parent, resolve


def rewritten(path: str, content: bytes, edits: Iterable[Edit]) -> bytes:
    """The file after the edits, made in their order: in a source those of inline ignores, in a review file others.

    Raises EditError where one of them cannot be made.
    """
    asked = tuple(edits)
    is_source = any(isinstance(change, Cut) for change in asked)
    draft: _Source | _Review = _Source(content) if is_source else _Review(path, content)
    for change in asked:
        draft.make(change)
    return draft.content


class _Review:
    def __init__(self, path: str, content: bytes) -> None:
        self._editor: Editor = edit(path, content)

    @property
    def content(self) -> bytes:
        return self._editor.content

    def make(self, change: Edit) -> None:
        match change:
            case Put(pointer, value):
                self._editor.set(pointer, value)
            case Rename(pointer, key):
                self._editor.rename(pointer, key)
            case Remove(pointer):
                self._editor.remove(self._emptied(pointer))

    def _emptied(self, pointer: str) -> str:
        """The place that has nothing but what stands at `pointer`: no list of waivers or debts may be empty."""
        holder = resolve(self._editor.data, parent(pointer))
        return self._emptied(parent(pointer)) if parent(pointer) and holder and len(holder) == 1 else pointer


class _Source:
    """A Python source, whose encoding and line endings stay."""

    def __init__(self, content: bytes) -> None:
        found = codec(content)
        if found is None:
            raise EditError("the file cannot be written back as it was: its encoding does not give the same bytes")
        self._codec = found
        # As Python does, and unlike str.splitlines: a form feed ends no line.
        self._lines = list(io.StringIO(content.decode(found), newline=""))

    @property
    def content(self) -> bytes:
        return "".join(self._lines).encode(self._codec)

    def make(self, change: Edit) -> None:
        if isinstance(change, Cut):
            index = change.span.start.line - 1
            self._lines[index] = _cut(self._lines[index], change)


def _cut(line: str, cut: Cut) -> str:
    """The line without the comment, or with the comment without some codes; nothing of a line that has only that."""
    start, end = cut.span.start.column - 1, cut.span.end.column - 1 if cut.span.end else len(line)
    code = line.rstrip("\r\n")
    before, comment, after = code[:start], code[start:end], code[end:].strip()
    if not comment.startswith("#") or MARK not in comment:
        raise EditError("there is no such comment in its place")
    if cut.codes:
        before += _without_codes(comment, cut.codes) + " " * bool(after)
    elif not before.strip() and not after:
        return ""
    return (before + after).rstrip() + line[len(code) :]


def _without_codes(comment: str, codes: tuple[str, ...]) -> str:
    head, opening, rest = comment.partition("[")
    listed, closing, reason = rest.partition("]")
    kept = [code for code in listed.split(",") if code.strip() not in codes]
    return head + opening + ",".join(kept).strip() + closing + reason
