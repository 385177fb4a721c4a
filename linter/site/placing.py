"""Pages of reviews placed into the site: what they cite leads to where it can be read, products lead to their pages."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from linter.engine.page.guide import title
from linter.model.page import Block, Cell, Code, Facts, Line, Link, Paragraph, Piece, Table
from linter.site.source import Source

_ELSEWHERE = ("https://", "http://", "mailto:", "tel:", "#")


class Places(NamedTuple):
    """Where files of the repository are read, and the URLs of the products that this one needs, by name."""

    source: Source
    products: Mapping[str, str]


def placed(blocks: Sequence[Block], places: Places) -> list[Block]:
    """The blocks with links that lead somewhere in the site or on the web, and none that leads nowhere."""
    return [_block(block, places) for block in blocks]


def _block(block: Block, places: Places) -> Block:
    def piece(one: Piece) -> Piece:
        return _link(one, places) if isinstance(one, Link) else one

    match block:
        case Paragraph(line):
            return Paragraph(tuple(map(piece, line)))
        case Facts(rows):
            return Facts(tuple((name, _cell(cell, piece)) for name, cell in rows))
        case Table(caption, _, rows):
            is_needs = caption == title("/planning/dependencies")
            cells = (tuple(_cell(cell, piece) for cell in row) for row in rows)
            return block._replace(rows=tuple(_named(row, places.products) if is_needs else row for row in cells))
    return block


def _cell(cell: Cell, piece: Callable[[Piece], Piece]) -> Cell:
    return tuple(tuple(map(piece, line)) for line in cell)


def _named(row: tuple[Cell, ...], products: Mapping[str, str]) -> tuple[Cell, ...]:
    """A row whose first cell names a product, with a link to its page."""
    name = text_of(row[0][0]) if row and len(row[0]) == 1 else ""
    url = products.get(name)
    return (((Link(name, url),),), *row[1:]) if url else row


def text_of(line: Line) -> str:
    """What stands on a line, without how it looks."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in line)


def _link(link: Link, places: Places) -> Piece:
    if link.target.startswith(_ELSEWHERE):
        return link
    path, _, anchor = link.target.partition("#")
    url = places.source.url(unquote(path, errors="surrogateescape"))
    if not url:
        return Code(link.text)
    return Link(link.text, f"{url}#{anchor}" if anchor else url)
