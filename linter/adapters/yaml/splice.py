"""Where the parts of a YAML text stand, as offsets into it."""

import re
from collections.abc import Iterator
from functools import cached_property

from linter.model.document import Document
from linter.model.finding import Position, Span
from linter.model.pointer import parent, split

_BREAK = re.compile("\r\n|\r|\n")


class Layout:
    """The text of a review file that could be read, with what a change to it has to know. Offsets count characters."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._document = document

    def range(self, span: Span) -> tuple[int, int]:
        """The offsets of a place."""
        return self._offset(span.start), self._offset(span.end or span.start)

    def value(self, pointer: str) -> tuple[int, int]:
        """The offsets of a value."""
        return self.range(self._document.marks[pointer].value)

    def begin(self, pointer: str) -> int:
        """Where a key or, of a list item in a block, its dash begins."""
        mark = self._document.marks[pointer]
        if mark.key:
            return self._offset(mark.key.start)
        start = self._offset(mark.value.start)
        return self.text.rfind("-", 0, start) if self.is_block(parent(pointer)) else start

    def head(self, pointer: str) -> int:
        """Where the colon behind a key, or the dash of an item in a block, ends; its value stands to the right."""
        key = self._document.marks[pointer].key
        return self.text.find(":", self.range(key)[1]) + 1 if key else self.begin(pointer) + 1

    def children(self, pointer: str) -> list[str]:
        """The pointers of the members of a list or mapping, in the order of the text."""
        return self._children.get(pointer, [])

    def is_item(self, pointer: str) -> bool:
        """Whether it is an item of a list."""
        return bool(pointer) and self._document.marks[pointer].key is None

    def is_block(self, pointer: str) -> bool:
        """Whether a list or mapping has a line or more for each member, instead of brackets around them."""
        start = self.value(pointer)[0]
        return bool(self.children(pointer)) and self.text[start] not in "[{"

    def column(self, offset: int) -> int:
        """How many characters stand before it in its line."""
        return offset - self.line_start(offset)

    def column_of_keys(self, pointer: str) -> int:
        """The column in which the keys of a block mapping begin."""
        return self.column(self.begin(self.children(pointer)[0]))

    def line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def line_end(self, offset: int) -> int:
        """The end of a line without its line break."""
        found = _BREAK.search(self.text, offset)
        return found.start() if found else len(self.text)

    def next_line(self, offset: int) -> int:
        """The beginning of the line that follows."""
        found = _BREAK.search(self.text, offset)
        return found.end() if found else len(self.text)

    def places_below(self, pointer: str, column: int) -> Iterator[int]:
        """The ends of lines behind which another member of a block can stand: that of the last member, and of comments
        that are indented like what belongs to it; else that of the empty lines below, which a text may end with.
        """
        last = self._comments_below(self.line_end(self.value(pointer)[1]), column)
        yield last
        while self.next_line(last) < len(self.text) and not self._line_below(last):
            last = self.next_line(last)
        yield last

    def joined(self, lines: list[str], column: int) -> str:
        """Lines that begin in a column; the first one continues the line that it is put into."""
        indent = " " * column
        return self.newline.join([lines[0], *(line and indent + line for line in lines[1:])])

    def spliced(self, start: int, end: int, text: str) -> str:
        """The whole text with something else between two offsets."""
        return self.text[:start] + text + self.text[end:]

    @cached_property
    def newline(self) -> str:
        """How the file ends its lines."""
        found = _BREAK.search(self.text)
        return found[0] if found else "\n"

    @cached_property
    def dash(self) -> int:
        """How far to the right of its key the file writes the dashes of a list."""
        for pointer, mark in self._document.marks.items():
            if (
                mark.key
                and self.children(pointer)
                and self.is_item(self.children(pointer)[0])
                and self.is_block(pointer)
            ):
                return max(0, self.column(self.value(pointer)[0]) - self.column(self.begin(pointer)))
        return 2

    @cached_property
    def is_airy(self) -> bool:
        """Whether an empty line stands above the last key at the top."""
        begin = self.begin(self.children("")[-1])
        above = self.text[:begin].replace("\r\n", "\n").replace("\r", "\n").split("\n")[-2::-1]
        return next((not line.strip() for line in above if not line.startswith("#")), False)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for pointer in self._document.marks:
            if pointer:
                found.setdefault(parent(pointer), []).append(pointer)
        return {above: sorted(family, key=self._order) for above, family in found.items()}

    def _order(self, pointer: str) -> tuple[Position, str]:
        mark = self._document.marks[pointer]
        return (mark.key or mark.value).start, split(pointer)[-1]

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def _offset(self, position: Position) -> int:
        return self._starts[position.line - 1] + position.column - 1

    def _comments_below(self, end: int, column: int) -> int:
        while (line := self._line_below(end)).lstrip().startswith("#"):
            if len(line) - len(line.lstrip()) <= column:
                break
            end = self.line_end(self.next_line(end))
        return end

    def _line_below(self, offset: int) -> str:
        start = self.next_line(offset)
        return self.text[start : self.line_end(start)]
