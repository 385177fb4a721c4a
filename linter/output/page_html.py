"""A page as one HTML file that needs nothing else: no scripts, no fonts, nothing from the network."""

from collections.abc import Callable, Iterable
from html import escape
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
    Stage,
    Surroundings,
    Table,
)
from linter.output.page_link import href
from linter.output.page_picture import surroundings
from linter.output.page_style import STYLE
from linter.output.printable import printable

# What a review file says is escaped; should that ever fail, browsers still run nothing and fetch nothing.
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
"""


def render(page: Page, about: str = "design review") -> str:
    """The text of the file; its name in a browser also says what it is about."""
    head = _HEAD.format(title=f"{escaped(page.title)}: {about}", style=STYLE)
    badges = _element("p", " ".join(map(_piece, page.badges)), "badges") if page.badges else ""
    lead = _element("p", escaped(page.lead), "lead") if page.lead else ""
    top = f"<header>\n{badges}<h1>{escaped(page.title)}</h1>\n{lead}</header>\n"
    sections = "".join(map(_section, page.sections))
    note = f"<footer>{line(page.note)}</footer>\n"
    return f"{head}{top}<main>\n{blocks(page.blocks)}{sections}</main>\n{note}</body>\n</html>\n"


def escaped(text: str) -> str:
    """A text of which nothing is markup, in elements and in quoted attributes."""
    return escape(printable(" ".join(text.split())))


def line(pieces: Line) -> str:
    """What stands on one line."""
    return "".join(map(_piece, pieces))


def blocks(blocks: Iterable[Block]) -> str:
    """What stands one below the other, without what a page has around it."""
    return "".join(_RENDERERS[type(block)](block) for block in blocks)


def _section(section: Section) -> str:
    anchor = escaped(section.anchor)
    state = f" {_badge(section.state)}" if section.state else ""
    title = f'<h2 id="{anchor}">{escaped(section.title)}{state}</h2>\n'
    lead = _element("p", escaped(section.lead), "lead")
    return f'<section aria-labelledby="{anchor}">\n{title}{lead}{blocks(section.blocks)}</section>\n'


def _heading(heading: Heading) -> str:
    return _element(f"h{heading.level}", escaped(heading.text))


def _paragraph(paragraph: Paragraph) -> str:
    return _element("p", line(paragraph.line))


def _facts(facts: Facts) -> str:
    rows = "".join(f"<div><dt>{escaped(name)}</dt><dd>{_cell(cell)}</dd></div>\n" for name, cell in facts.rows)
    return f"<dl>\n{rows}</dl>\n"


def _table(table: Table) -> str:
    name = escaped(table.caption)
    columns = "".join(f'<th scope="col">{escaped(column)}</th>' for column in table.columns)
    rows = "".join(map(_row, table.rows))
    return (
        f'<div class="scroll" role="group" aria-label="{name}" tabindex="0">\n<table>\n<caption>{name}</caption>\n'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _row(cells: tuple[Cell, ...]) -> str:
    first = "".join(f'<th scope="row">{_cell(cell)}</th>' for cell in cells[:1])
    return f"<tr>{first}{''.join(f'<td>{_cell(cell)}</td>' for cell in cells[1:])}</tr>\n"


def _surroundings(picture: Surroundings) -> str:
    return f'<figure>\n{surroundings(picture, escaped)}<figcaption class="legend">{_LEGEND}</figcaption>\n</figure>\n'


def _rollout(picture: Rollout) -> str:
    steps = "".join(map(_step, picture.stages))
    return f'<ol class="rollout" aria-label="{escaped(picture.caption)}">\n{steps}</ol>\n'


def _step(stage: Stage) -> str:
    bar = f'<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="{stage.percent:g}" '
    return (
        f"<li><span>{escaped(stage.name)}</span><span>{stage.percent:g} %</span>"
        f'{bar}height="1"/></svg><small>{escaped(stage.note)}</small></li>\n'
    )


def _cell(cell: Cell) -> str:
    return "<br>".join(map(line, cell))


def _piece(piece: Piece) -> str:
    match piece:
        case Link():
            return _link(piece)
        case Code(text):
            return f"<code>{escaped(text)}</code>"
        case Badge():
            return _badge(piece)
    return _between(piece)


def _between(text: str) -> str:
    """A text among others: the spaces around it stay."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{escaped(text)}{after}" if text.strip() else before


def _link(link: Link) -> str:
    target = href(link)
    return f'<a href="{escape(target)}">{escaped(link.text)}</a>' if target else escaped(link.text)


def _badge(badge: Badge) -> str:
    return f'<span class="badge {badge.tone.value}">{escaped(badge.text)}</span>'


def _element(name: str, content: str, kind: str = "") -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f"<{name}{attribute}>{content}</{name}>\n"


_LEGEND = "A solid line: it cannot do without. A dashed line: it can, for a while."

_RENDERERS: dict[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Facts: _facts,
    Table: _table,
    Surroundings: _surroundings,
    Rollout: _rollout,
}
