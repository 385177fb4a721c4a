"""Pages in both formats: the examples look as agreed, and no text of a review file ever becomes markup."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from linter.model.page import (
    Badge,
    Code,
    Facts,
    Heading,
    Link,
    Neighbour,
    Page,
    Paragraph,
    Piece,
    Rollout,
    Section,
    Stage,
    Surroundings,
    Table,
    Tone,
)
from linter.output import page_html, page_markdown
from linter.output.page_style import STYLE
from tests.support.pages import EXAMPLES, GOLDEN, RENDERERS, rendered

SHOWN = [(name, ending) for name in EXAMPLES for ending in RENDERERS]

HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "' onclick='x", "<!--",
    "]]>", "</style><script>", "&lt;b&gt;", "&#60;b&#62;", "&copy", "| a | b |", "\\| a", "a\\", "`", "``a`", "`|`",
    "\\`", "**bold**", "_x_", "__a__", "~~gone~~", "[x](javascript:alert(1))", "![x](https://a.example/x.png)",
    "](x)", "[", "# heading", "- item", "+ item", "1. item", "12) item", "---", "===", "```", "~~~", "> quote",
    "$a$", "a\n\n# b", "a\r\n- b", "a\u2028b", "\x1b[31m", "\u202egnp.exe", "\ud800", "\x00", "    code", "\tcode",
    "]]></g>", "@everyone", "<https://a.example>", "[^1]", ":smile:", "a *b* c", "snake_case_name", "<br>",
    "end-->x", '"]; click product href "javascript:alert(1)"', "#quot;", "%%{init: {}}%%",
)  # fmt: skip

TARGETS = (
    "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:x", "vbscript:x", "data:text/html,<script>", "//evil.example", "/etc/passwd", "\\\\evil",
    "file:///etc", "https://a.example/?a=1&copy=2", 'https://a.example/(x)_y[z]*"\'<>` |\\', "docs/a%20b.md#x-y",
    "#1-clarity", "mailto:a@b.example", "x:y", "a?x=javascript:1",
)  # fmt: skip

TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=12), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)
)
PIECES: st.SearchStrategy[Piece] = st.one_of(
    TEXTS,
    st.builds(Link, TEXTS, st.one_of(st.sampled_from(TARGETS), TEXTS)),
    st.builds(Code, TEXTS),
    st.builds(Badge, TEXTS, st.sampled_from(Tone)),
)
LINES = st.lists(PIECES, max_size=3).map(tuple)
CELLS = st.lists(LINES, min_size=1, max_size=2).map(tuple)
NEIGHBOURS = st.lists(st.builds(Neighbour, TEXTS, TEXTS, st.booleans()), max_size=2).map(tuple)

ALLOWED_TAGS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "section",
        "footer",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
    ),
    *("span", "code", "br", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure"),
    *("figcaption", "svg", "g", "path", "rect", "text", "ol", "li", "small"),
}
ALLOWED_ATTRIBUTES = {
    *(
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "id",
        "href",
        "scope",
        "role",
        "tabindex",
        "viewbox",
    ),
    *("width", "height", "x", "y", "rx", "d", "preserveaspectratio", "aria-label", "aria-hidden", "aria-labelledby"),
}
FOLLOWABLE = re.compile(r"(?:https?://|mailto:|tel:)|[^/:\\]*$|[^/:\\][^:\\]*$", re.IGNORECASE)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    columns = draw(st.integers(1, 3))
    table = Table(
        draw(TEXTS), draw(_tuples(TEXTS, columns)), tuple(draw(st.lists(_tuples(CELLS, columns), max_size=2)))
    )
    blocks = (
        Paragraph(draw(LINES)),
        Heading(draw(TEXTS), 3),
        table,
        Facts(tuple(draw(st.lists(st.tuples(TEXTS, CELLS), max_size=2)))),
        Surroundings(draw(TEXTS), draw(TEXTS), draw(NEIGHBOURS), draw(NEIGHBOURS)),
        Rollout(draw(TEXTS), (Stage(draw(TEXTS), draw(st.floats(0, 100)), draw(TEXTS)),)),
    )
    section = Section(
        "1 Clarity", draw(TEXTS), draw(st.none() | st.builds(Badge, TEXTS, st.sampled_from(Tone))), blocks
    )
    return Page(draw(TEXTS), draw(TEXTS), (Badge(draw(TEXTS), Tone.PLAIN),), (), (section,), draw(LINES))


def _tuples(strategy: st.SearchStrategy[Any], size: int) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=size, max_size=size).map(tuple)


class Reader(HTMLParser):
    """The elements of a page and the text outside of its style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "rect", "path"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)


def read_html(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def tokens(text: str) -> Iterator[Token]:
    """What a reader of GitHub's dialect makes of a text."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


def plain(text: str) -> str:
    """What people see of a text that a page is given."""
    return page_html.printable(" ".join(text.split()))


def test_names_that_meet_stay_two() -> None:
    (paragraph,) = MarkdownIt().parseInline(page_markdown.line((Code("a"), Code("b"))))
    codes = [token.content for token in paragraph.children or () if token.type == "code_inline"]
    assert codes == ["a", "b"]


@pytest.mark.parametrize(("name", "ending"), SHOWN)
def test_page_of_an_example_looks_as_agreed(name: str, ending: str) -> None:
    assert rendered(name, ending) == (GOLDEN / f"{name}.{ending}").read_text(encoding="utf-8")


def test_every_golden_page_has_an_example() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{ending}" for name, ending in SHOWN}


@pytest.mark.parametrize("name", EXAMPLES)
def test_html_needs_nothing_else_and_every_link_inside_leads_somewhere(name: str) -> None:
    reader = read_html(rendered(name, "html"))
    ids = {attributes["id"] for _, attributes in reader.tags if "id" in attributes}
    inner = {attributes["href"] for tag, attributes in reader.tags if tag == "a" and str(attributes["href"])[0] == "#"}
    assert inner == {f"#{anchor}" for anchor in ids}
    assert len(ids) == 8
    assert not {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object"}
    assert "url(" not in rendered(name, "html")


@given(pages())
def test_no_text_becomes_markup_in_html(page: Page) -> None:
    reader = read_html(page_html.render(page))
    assert {tag for tag, _ in reader.tags} <= ALLOWED_TAGS
    for tag, attributes in reader.tags:
        assert attributes.keys() <= ALLOWED_ATTRIBUTES, tag
        if "href" in attributes:
            assert FOLLOWABLE.match(attributes["href"] or ""), attributes


@given(pages())
def test_no_text_becomes_markup_in_markdown(page: Page) -> None:
    text = page_markdown.render(page)
    parsed = list(tokens(text))
    assert {one.content for one in parsed if one.type.startswith("html")} <= {"<br>", "<code>", "</code>", "<!-- -->"}
    assert not {one.type for one in parsed} & {"image", "code_block", "blockquote_open", "ordered_list_open", "s_open"}
    assert [one.info for one in parsed if one.type == "fence"] == ["mermaid", "mermaid"]
    assert [one.tag for one in parsed if one.type == "heading_open"] == ["h1", "h2", "h3"]
    for one in parsed:
        if one.type == "link_open":
            assert FOLLOWABLE.match(str(one.attrs["href"])), one.attrs


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_cells_of_a_markdown_table_stay_apart(cells: list[Any]) -> None:
    table = Table("", ("x",) * len(cells), (tuple(cells), tuple(cells)))
    page = Page("t", "", (), (table,), (), ("n",))
    kinds = [one.type for one in tokens(page_markdown.render(page))]
    assert (kinds.count("th_open"), kinds.count("td_open"), kinds.count("tr_open")) == (len(cells), 2 * len(cells), 3)


@pytest.mark.parametrize("text", [*HOSTILE, "Ünïcode", "plain"])
def test_people_see_the_text_itself(text: str) -> None:
    page = Page(
        "t", "", (), (Paragraph((text,)), Paragraph((Code(text),)), Table("", ("x",), ((((text,),),),))), (), ("n",)
    )
    shown = [one for one in tokens(page_markdown.render(page)) if one.type in ("paragraph_open", "inline")]
    inlines = [
        "".join(child.content for child in one.children or () if child.type != "html_inline")
        for one in shown
        if one.children
    ]
    seen = plain(text)
    assert inlines[1:-1] == ([seen, seen, "x", seen] if seen else ["x"]), inlines
    assert "".join(read_html(page_html.render(page)).texts).split("\n").count(seen) >= 1


def test_what_leads_astray_is_no_link() -> None:
    for target in TARGETS[:11]:
        assert not Link("x", target).is_followable, target
    for target in ("https://a.example", "docs/a.md", "../a.md#b", "#1-clarity", "mailto:a@b.example", "a%3Ab"):
        assert Link("x", target).is_followable


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as #1f5fc4 (WCAG 2.2, section 1.4.3)."""

    def luminance(colour: str) -> float:
        digits = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
        parts = [part / 255 for part in bytes.fromhex(digits)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted([luminance(one.lstrip("#")), luminance(other.lstrip("#"))])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_everything_can_be_read(scheme: str) -> None:
    colours = re.findall(r"--([a-z-]+): (#[0-9a-f]+);", STYLE)
    half = [name for name, _ in colours].index("paper", 1)
    found = dict(colours[:half] if scheme == "day" else colours[half : 2 * half])
    pairs = [(text, ground) for text in ("text", "muted", "accent") for ground in ("paper", "card", "stripe")]
    pairs += [(tone, f"{tone}-back") for tone in ("good", "fair", "bad", "plain")]
    ratios = {pair: contrast(found[pair[0]], found[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}
