"""A key or a shape of review files on a terminal: what it is, who is asked for it, which form it has, an example."""

import textwrap
from collections.abc import Iterable, Iterator

from linter.model.topic import Row, Topic

INDENT = "  "
NARROWEST = 24
"""Columns; a description is not squeezed into less."""

WIDEST_FORM = 30


def render(topic: Topic, columns: int) -> str:
    """The page of a topic in so many columns, if names and forms leave enough room."""
    texts = [(heading, "\n".join(lines)) for heading, lines in _chapters(topic, columns - len(INDENT))]
    parts = [f"{heading}\n{textwrap.indent(text, INDENT)}\n" for heading, text in texts if text]
    head = "".join(f"{line}\n" for line in dict.fromkeys([topic.name, topic.title]))
    return "\n".join([head, *parts])


def _chapters(topic: Topic, width: int) -> Iterator[tuple[str, Iterable[str]]]:
    yield "What it is", textwrap.wrap(topic.text, width)
    yield "Asked for", [*textwrap.wrap(topic.asked, width), *_legend(topic, width)]
    yield "Form", [line for text in (topic.form, *topic.notes) for line in textwrap.wrap(text, width)]
    yield "Keys of an item" if topic.of_items else "Keys", _table(topic.rows, width)
    yield "Example", "\n\nor\n\n".join(topic.examples).splitlines()
    yield "See also", textwrap.wrap(", ".join(topic.related), width, break_on_hyphens=False)


def _table(rows: tuple[Row, ...], width: int) -> Iterator[str]:
    if not rows:
        return
    key, asked = max(len(row.key) for row in rows), max(len(row.asked) for row in rows)
    form = min(WIDEST_FORM, max(len(row.form) for row in rows))
    rest = max(NARROWEST, width - key - asked - form - 6)
    for row in rows:
        forms, texts = textwrap.wrap(row.form, form), textwrap.wrap(row.text, rest)
        for number in range(max(len(forms), len(texts))):
            left = (row.key, row.asked) if number == 0 else ("", "")
            cells = [*left, *(part[number] if number < len(part) else "" for part in (forms, texts))]
            yield f"{cells[0]:<{key}}  {cells[1]:<{asked}}  {cells[2]:<{form}}  {cells[3]}".rstrip()


def _legend(topic: Topic, width: int) -> Iterator[str]:
    for mark in topic.marks:
        yield from textwrap.wrap(f"({mark.label}: {mark.meaning})", width, subsequent_indent=" ")
