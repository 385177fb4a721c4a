"""Changes to a person's YAML file, of which everything else stays byte for byte as it was.

A change is one splice into the text, at places that the reader knows exactly. What comes out is read again: unless it
means just what was asked for, the next way to write it is tried, and in the end the change is refused.

Reading the whole file and writing it anew would change more: CR LF, indentation, spaces in brackets and at the ends of
lines, brackets over several lines (ruamel.yaml 0.19.1 changes 97 of 100 files of `tests/support/messy_yaml.py`).
"""

import codecs
import copy
from collections.abc import Iterator, Sequence
from typing import Any

from linter.adapters.yaml.emit import entry, flow, item, quoted, scalar
from linter.adapters.yaml.reader import read_review
from linter.adapters.yaml.splice import Layout
from linter.errors import ReviewLintError
from linter.model.document import Document
from linter.model.pointer import join, parent, resolve, split

_UNEDITABLE = ("RL001", "RL002", "RL004")
"""Of a file with these problems nobody knows for sure what it means."""


class EditError(ReviewLintError):
    """The file cannot be changed in that way without touching what nobody asked to touch; it is as it was."""


def edit(path: str, content: bytes) -> "Editor":
    """An editor of a file. Raises EditError for one that cannot be read, has a key twice, or has anchors or tags."""
    return Editor(_read(path, content.removeprefix(codecs.BOM_UTF8)), content.startswith(codecs.BOM_UTF8))


class Editor:
    """A YAML file under change. Pointers are JSON pointers into `data`; each change sees what those before it did.

    Every change raises EditError, and changes nothing, where it would have to touch more than it is about.
    """

    def __init__(self, document: Document, has_mark: bool) -> None:
        self._document = document
        self._has_mark = has_mark

    @property
    def data(self) -> Any:
        """What the file says now."""
        return self._document.data

    @property
    def content(self) -> bytes:
        """The file as it is now."""
        return codecs.BOM_UTF8 * self._has_mark + self._document.text.encode()

    def set(self, pointer: str, value: Any) -> None:
        """Give a place another value; a key that is not there is added to its mapping, and that too where need be."""
        if not self._document.marked(pointer):
            self._add(pointer, value)
        else:
            self._change(pointer, _replaced(self.data, pointer, value), _replacing(self._layout, pointer, value))

    def append(self, pointer: str, value: Any) -> None:
        """Add an item to the end of a list, which is made where there is none."""
        present = resolve(self.data, pointer)
        if present is None or present == []:
            self.set(pointer, [value])
        elif isinstance(present, list):
            place = join(pointer, len(present))
            self._change(place, _replaced(self.data, place, value), _appending(self._layout, pointer, value))
        else:
            raise self._refusal(pointer, "is no list")

    def remove(self, pointer: str) -> None:
        """Take away a key with its value, or an item. Comments beside it go with it, those around it stay."""
        if not pointer or not self._document.marked(pointer):
            raise self._refusal(pointer, "is not there")
        self._change(pointer, _without(self.data, pointer), _removing(self._layout, pointer))

    def rename(self, pointer: str, key: str) -> None:
        """Give a key another name; its value and its place stay."""
        mark = self._document.marks.get(pointer)
        if mark is None or mark.key is None:
            raise self._refusal(pointer, "is no key")
        start, end = self._layout.range(mark.key)
        candidates = (self._layout.spliced(start, end, text) for text in (scalar(key), quoted(key)))
        self._change(pointer, _renamed(self.data, pointer, key), candidates)

    @property
    def _layout(self) -> Layout:
        return Layout(self._document)

    def _add(self, pointer: str, value: Any) -> None:
        above = parent(pointer)
        holder, key = resolve(self.data, above), split(pointer)[-1]
        if isinstance(holder, dict) and holder:
            self._change(pointer, _replaced(self.data, pointer, value), _adding(self._layout, above, key, value))
        elif holder is None or holder == {}:
            self.set(above, {key: value})
        else:
            raise self._refusal(above, "is no mapping")

    def _change(self, pointer: str, wanted: Any, candidates: Iterator[str]) -> None:
        meaning = repr(wanted)
        for text in candidates:
            found = read_review(self._document.path, text.encode("utf-8", "surrogatepass"))
            # repr tells 1 from 1.0 and from true, keeps the order of keys, and finds nan equal to nan.
            if not found.problems and repr(found.data) == meaning:
                self._document = found
                return
        raise self._refusal(pointer, "cannot be written without touching what stands around it")

    def _refusal(self, pointer: str, reason: str) -> EditError:
        return EditError(f"{self._document.path}: {'.'.join(split(pointer))} {reason}", "edit the file by hand")


def _read(path: str, content: bytes) -> Document:
    document = read_review(path, content)
    fault = next((problem for problem in document.problems if problem.rule in _UNEDITABLE), None)
    if fault:
        line, column = fault.span.start
        raise EditError(f"{path}:{line}:{column}: {fault.message}", fault.hint or "mend that first")
    return document


def _replacing(layout: Layout, pointer: str, value: Any) -> Iterator[str]:
    start, end = layout.value(pointer)
    for text in _quoted_like(layout.text[start:end], value):
        yield layout.spliced(start, end, text)
    if isinstance(value, dict | list) and value and layout.is_block(parent(pointer)) and pointer:
        yield from _as_block(layout, pointer, value)
    if pointer and (start == end or layout.is_block(pointer)):
        yield layout.spliced(layout.head(pointer), end, " " + flow(value))
    yield layout.spliced(start, end, flow(value))


def _quoted_like(old: str, value: Any) -> Iterator[str]:
    """A text in the quotes that the old value has."""
    if isinstance(value, str) and old[:1] == '"':
        yield quoted(value)
    if isinstance(value, str) and old[:1] == "'" and value.isprintable():
        yield "'" + value.replace("'", "''") + "'"


def _as_block(layout: Layout, pointer: str, value: Any) -> Iterator[str]:
    """In place of a value, its new lines below the key; what stood beside the old value stays beside the key."""
    begin = layout.begin(pointer)
    start, end = layout.value(pointer)
    if layout.is_item(pointer):
        lines = item(value, layout.dash)
    else:
        lines = entry(split(pointer)[-1], value, layout.dash)
        start = layout.head(pointer)
        if layout.text.count("\n", start, end) == 0 and len(lines) > 1:
            stop = layout.line_end(end)
            beside = layout.text[end:stop].rstrip()
            yield layout.spliced(start, stop, beside + layout.joined(["", *lines[1:]], layout.column(begin)))
    yield layout.spliced(begin, end, layout.joined(lines, layout.column(begin)))


def _appending(layout: Layout, pointer: str, value: Any) -> Iterator[str]:
    if layout.is_block(pointer):
        lines = item(value, layout.dash)
        yield from _inserting(layout, pointer, lines, layout.column(layout.value(pointer)[0]))
    else:
        yield from _joining(layout, pointer, flow(value))


def _adding(layout: Layout, pointer: str, key: str, value: Any) -> Iterator[str]:
    if layout.is_block(pointer):
        gap = [""] * (not pointer and layout.is_airy)
        yield from _inserting(layout, pointer, [*gap, *entry(key, value, layout.dash)], layout.column_of_keys(pointer))
    else:
        yield from _joining(layout, pointer, f"{scalar(key)}: {flow(value)}")


def _inserting(layout: Layout, pointer: str, lines: Sequence[str], column: int) -> Iterator[str]:
    """New lines below the last one of a list or mapping."""
    for place in layout.places_below(pointer, column):
        yield layout.spliced(place, place, layout.joined(["", *lines], column))


def _joining(layout: Layout, pointer: str, text: str) -> Iterator[str]:
    """A new last member of a list or mapping in brackets."""
    start, end = layout.value(pointer)
    last = max((layout.value(child)[1] for child in layout.children(pointer)), default=start + 1)
    yield layout.spliced(last, last, ", " + text)
    yield layout.spliced(end - 1, end - 1, text)


def _removing(layout: Layout, pointer: str) -> Iterator[str]:
    above = parent(pointer)
    family = layout.children(above)
    place = family.index(pointer)
    begin, end = layout.begin(pointer), layout.value(pointer)[1]
    if len(family) == 1:
        yield from _emptying(layout, above, "[]" if layout.is_item(pointer) else "{}")
        return
    if layout.is_block(above) and not layout.text[layout.line_start(begin) : begin].strip():
        yield layout.spliced(layout.line_start(begin), layout.next_line(end), "")
    if place + 1 < len(family):
        yield layout.spliced(begin, layout.begin(family[place + 1]), "")
    else:
        before = layout.value(family[place - 1])[1]
        yield layout.spliced(before, layout.line_end(end) if layout.is_block(above) else end, "")


def _emptying(layout: Layout, pointer: str, empty: str) -> Iterator[str]:
    start, end = layout.value(pointer)
    if pointer and layout.is_block(pointer):
        yield layout.spliced(layout.head(pointer), end, " " + empty)
    yield layout.spliced(start, end, empty)


def _replaced(data: Any, pointer: str, value: Any) -> Any:
    if not pointer:
        return value
    changed = copy.deepcopy(data)
    holder, key = resolve(changed, parent(pointer)), split(pointer)[-1]
    if isinstance(holder, list):
        holder[int(key) : int(key) + 1] = [value]
    else:
        holder[key] = value
    return changed


def _without(data: Any, pointer: str) -> Any:
    changed = copy.deepcopy(data)
    holder, key = resolve(changed, parent(pointer)), split(pointer)[-1]
    del holder[int(key) if isinstance(holder, list) else key]
    return changed


def _renamed(data: Any, pointer: str, key: str) -> Any:
    changed = copy.deepcopy(data)
    holder, old = resolve(changed, parent(pointer)), split(pointer)[-1]
    pairs = [(key if name == old else name, value) for name, value in holder.items()]
    if len(dict(pairs)) == len(pairs):
        holder.clear()
        holder.update(pairs)
    return changed
