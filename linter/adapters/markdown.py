"""The door to markdown-it-py: the anchors of a Markdown document, as GitHub makes them.

GitHub turns the text of every heading into an anchor: lower case, without punctuation, hyphens for spaces, and `-1`,
`-2`, … behind an anchor that is there already (https://docs.github.com/get-started/writing-on-github, Section links).
White space around the text goes, as it says there; but beside images it is seen to stay, so that both count.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?>(?!---[ \t]*$)[^\n]*\n))*+---[ \t]*$", re.MULTILINE)
_WORD_CATEGORIES = frozenset(("Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
# Both end at the next bracket of their kind, so that they are linear.
_HEADING = re.compile(r"<h[1-6](?:\s[^<>]{0,1000})?>((?:(?>[^<]++|<(?!/?h[1-6]\b)))*+)</h[1-6]>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_NAMED = re.compile(
    r"""<[a-z][a-z0-9]{0,20}\s[^<>]{0,1000}?\b(?:id|name)\s*=\s*["']?([^"'\s<>]{1,200})""", re.IGNORECASE
)


def anchors(text: str) -> frozenset[str]:
    """What `#…` may name in a document: its headings, and the `id` and `name` of its HTML elements."""
    blocks = _BLOCKS.parse(_FRONT_MATTER.sub("", text.replace("\r\n", "\n"), count=1))
    headings = list(_headings(blocks))
    bare = [heading.strip() for heading in headings]
    html = (token.content for token in blocks if token.type in ("html_block", "inline"))
    return frozenset([*_numbered(headings), *_numbered(bare), *chain.from_iterable(map(_NAMED.findall, html))])


def fenced(text: str, language: str) -> str:
    """The first block of code in that language; empty where there is none."""
    blocks = _BLOCKS.parse(text.replace("\r\n", "\n"))
    marked = (token for token in blocks if token.type == "fence" and token.info.split()[:1] == [language])
    return next((token.content for token in marked), "")


# Inline markup of headings alone is parsed: it is the part that takes time.
_BLOCKS = MarkdownIt("commonmark").disable("inline")
_END = Token("", "", 0)
_INLINE = MarkdownIt("commonmark").enable("strikethrough")


def _headings(blocks: list[Token]) -> Iterator[str]:
    """The texts of the headings without their markup, those in blocks of HTML too."""
    for block, content in pairwise([*blocks, _END]):
        if block.type == "heading_open":
            parsed = _INLINE.parseInline(content.content)
            yield "".join(map(_plain, parsed[0].children or ()))
        elif block.type == "html_block":
            yield from (" ".join(unescape(_TAG.sub("", text)).split()) for text in _HEADING.findall(block.content))


def _plain(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _slug(text: str) -> str:
    return "".join(filter(_is_kept, text.lower())).replace(" ", "-")


def _is_kept(char: str) -> bool:
    """What Ruby's \\p{Word} takes for part of a word, and what becomes a hyphen."""
    return char in "- " or char.isalpha() or unicodedata.category(char) in _WORD_CATEGORIES


def _numbered(headings: Iterable[str]) -> Iterator[str]:
    """The anchor of each heading, numbered where it was there before."""
    seen: dict[str, int] = {}
    for slug in map(_slug, headings):
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}-{count}" if count else slug
