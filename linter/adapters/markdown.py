"""The door to markdown-it-py: the anchors of a Markdown document, as GitHub makes them.

GitHub turns the text of every heading into an anchor: lower case, without punctuation, hyphens for spaces, and `-1`,
`-2`, … behind an anchor that is there already (https://docs.github.com/get-started/writing-on-github, Section links).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?>(?!---[ \t]*$)[^\n]*\n))*+---[ \t]*$", re.MULTILINE)
_WORD_CATEGORIES = frozenset(("Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
_NAMED = re.compile(
    r"""<[a-z][a-z0-9]{0,20}\s[^<>]{0,1000}?\b(?:id|name)\s*=\s*["']?([^"'\s<>]{1,200})""", re.IGNORECASE
)


def anchors(text: str) -> frozenset[str]:
    """What `#…` may name in a document: its headings, and the `id` and `name` of its HTML elements."""
    blocks = _BLOCKS.parse(_FRONT_MATTER.sub("", text.replace("\r\n", "\n"), count=1))
    found = set(_numbered(map(_slug, _headings(blocks))))
    html = (token.content for token in blocks if token.type in ("html_block", "inline"))
    return frozenset(found.union(*map(_NAMED.findall, html)))


# Inline markup of headings alone is parsed: it is the part that takes time.
_BLOCKS = MarkdownIt("commonmark").disable("inline")
_INLINE = MarkdownIt("commonmark").enable("strikethrough")


def _headings(blocks: list[Token]) -> Iterator[str]:
    """The texts of the headings without their markup."""
    for opening, content in pairwise(blocks):
        if opening.type == "heading_open":
            parsed = _INLINE.parseInline(content.content)
            yield "".join(map(_plain, parsed[0].children or ()))


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _slug(text: str) -> str:
    return "".join(filter(_is_kept, text.strip().lower())).replace(" ", "-")


def _is_kept(char: str) -> bool:
    """What Ruby's \\p{Word} takes for part of a word, and what becomes a hyphen."""
    return char in "- " or char.isalpha() or unicodedata.category(char) in _WORD_CATEGORIES


def _numbered(slugs: Iterator[str]) -> Iterator[str]:
    """Each anchor, numbered where it was there before."""
    seen: dict[str, int] = {}
    for slug in slugs:
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}-{count}" if count else slug
