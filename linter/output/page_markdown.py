"""A page as Markdown: GitHub's dialect, whose pictures are Mermaid's."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from linter.model.page import (
    Badge,
    Block,
    Cell,
    Code,
    Facts,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Piece,
    Rollout,
    Section,
    Surroundings,
    Table,
    Tone,
)
from linter.output.page_link import href
from linter.output.printable import printable

_SIGNS = {Tone.GOOD: "🟢", Tone.FAIR: "🟡", Tone.BAD: "🔴", Tone.PLAIN: "⚪"}

_MARKUP = re.compile(r"[\\`*\[\]<>|~$&]|(?<![^\W_])_|_(?![^\W_])|^(?:[-+=#](?![^\W_])|[0-9]+(?=[.)](?: |$)))")
"""What means something to Markdown: anywhere, an underscore at the edge of a word, the beginning of a line."""


def render(page: Page) -> str:
    """The text of the page."""
    badges = " · ".join(_badge(badge) for badge in page.badges)
    parts = [f"# {escaped(page.title)}", f"{escaped(page.lead)}", badges, *_blocks(page.blocks)]
    parts += [part for section in page.sections for part in _section(section)]
    return "\n\n".join(filter(None, [*parts, f"---\n\n_{line(page.note)}_"])) + "\n"


def escaped(text: str) -> str:
    """A text of which nothing is markup, on one line."""
    plain = printable(" ".join(text.split()))
    return _MARKUP.sub(lambda match: match[0] + "\\" if match[0].isdecimal() else "\\" + match[0], plain)


def line(pieces: Line) -> str:
    """What stands on one line, a dash for nothing: an empty item would underline what is above it."""
    return joined(map(_piece, pieces)) or "\u2013"


def joined(pieces: Iterable[str]) -> str:
    """Pieces of a line one after the other. Two pieces of inline code that meet would be another one."""
    return "".join(pieces).strip().replace("``", "`<!-- -->`")


def code(text: str) -> str:
    """Inline code. What would need care in a code span, all the more inside a table, is written as HTML."""
    plain = printable(" ".join(text.split()))
    if not plain or any(sign in plain for sign in "`|\\"):
        return f"<code>{escaped(plain)}</code>"
    return f"`{plain}`"


def between(text: str) -> str:
    """A text among others: the spaces around it stay."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{escaped(text)}{after}" if text.strip() else before


def _section(section: Section) -> Iterable[str]:
    state = f"{_badge(section.state)} · " if section.state else ""
    return f"## {escaped(section.title)}", f"{state}_{escaped(section.lead)}_", *_blocks(section.blocks)


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    return (_RENDERERS[type(block)](block) for block in blocks)


def _heading(heading: Heading) -> str:
    return f"{'#' * heading.level} {escaped(heading.text)}"


def _paragraph(paragraph: Paragraph) -> str:
    return line(paragraph.line)


def _facts(facts: Facts) -> str:
    return "\n".join(_fact(escaped(name), cell) for name, cell in facts.rows)


def _fact(name: str, cell: Cell) -> str:
    if len(cell) == 1:
        return f"- **{name}:** {line(cell[0])}"
    return "\n".join([f"- **{name}:**", *(f"  - {line(pieces)}" for pieces in cell)])


def _table(table: Table) -> str:
    head = [_row(map(escaped, table.columns)), _row(["---"] * len(table.columns))]
    return "\n".join([*head, *(_row(map(_cell, row)) for row in table.rows)])


def _surroundings(picture: Surroundings) -> str:
    lines = [f"  product[{_label(picture.centre)}]"]
    for number, offer in enumerate(picture.offers):
        lines += [f"  offer{number}([{_label(offer.name, offer.note)}]) --- product"]
    for number, need in enumerate(picture.needs):
        arrow = "-->" if need.is_firm else "-.->"
        lines += [f"  product {arrow} need{number}[{_label(need.name, need.note)}]"]
    return _mermaid(picture.caption, lines)


def _rollout(picture: Rollout) -> str:
    steps = [f"stage{number}[{_label(*_step(stage))}]" for number, stage in enumerate(picture.stages)]
    return _mermaid(picture.caption, [f"  {' --> '.join(steps)}"])


def _step(stage: Any) -> tuple[str, str]:
    return stage.name, f"{stage.percent:g} %" + (f", {stage.note}" if stage.note else "")


def _mermaid(caption: str, lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", "flowchart LR", f"  accTitle: {caption}", *lines, "```"])


def _label(*texts: str) -> str:
    """A label of Mermaid: quoted, and what is not a letter, digit or plain sign by its number."""
    plain = (printable(" ".join(text.split())) for text in texts if text)
    return '"' + "<br/>".join(re.sub(r"[^\w .,/%()-]", lambda sign: f"#{ord(sign[0])};", text) for text in plain) + '"'


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(map(line, cell))


def _piece(piece: Piece) -> str:
    match piece:
        case Link():
            return _link(piece)
        case Code(text):
            return code(text)
        case Badge():
            return _badge(piece)
    return between(piece)


def _badge(badge: Badge) -> str:
    return f"{_SIGNS[badge.tone]} {escaped(badge.text)}"


def _link(link: Link) -> str:
    target = href(link)
    return f"[{escaped(link.text)}]({target.replace('&', '&amp;')})" if target else escaped(link.text)


_RENDERERS: dict[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    Table: _table,
    Surroundings: _surroundings,
    Rollout: _rollout,
}
