"""Drawings of repositories: nothing in them runs, nothing is fetched, and none takes long."""

import re
import time
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.site.diagram import harmless

PIECES = (
    *("<script>evil()</script>", "<script href='//evil/x.js'/>", "<rect onclick='evil()' onload='evil()'/>"),
    *("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>evil</p></foreignObject>", "<iframe src='//evil/'/>"),
    *("<image href='http://evil/a.png'/>", "<image xlink:href='//evil/a.png'/>", "<use href='https://evil/a.svg#a'/>"),
    *("<image href='data:image/svg+xml,&lt;svg onload=evil()&gt;'/>", "<image href='data:text/html,evil'/>"),
    *("<a href='javascript:evil()'><text>a</text></a>", "<a xlink:href=' JaVa&#x0A;ScRiPt:evil()'><text>a</text></a>"),
    *("<a href='#'><animate attributeName='href' values='javascript:evil()'/></a>", "<base href='http://evil/'/>"),
    *("<a href='#'><set attributeName='xlink:href' to='javascript:evil()'/></a>", "<handler>evil()</handler>"),
    *("<animate attributeName='onclick' to='evil()'/>", "<animateMotion onbegin='evil()'/>", "<set onend='evil()'/>"),
    *("<style>@import '//evil/a.css';</style>", "<style>@\\69mport url(//evil/a.css);</style>"),
    *("<style>@font-face {src: url(//evil/f)}</style>", "<style>@font-face {src: \\75rl(//evil/f)}</style>"),
    *("<rect style='fill:url(//evil/a)'/>", "<rect style=\"background:image-set('//evil/a' 1x)\"/>"),
    *(
        "<style>svg {background: -webkit-image-set('//evil/a' 1x)}</style>",
        "<style>svg {cursor: src('//evil/a')}</style>",
    ),
    *(
        "<style>svg {background: image-<g/>set('//evil/a' 1x)}</style>",
        "<s:style xmlns:s='http://www.w3.org/2000/svg'>a{b:src(//evil/)}</s:style>",
    ),
    *(
        "<style>svg {background: image-<!-- -->set('//evil/a' 1x)}</style>",
        "<style>a{b:image<![CDATA[-set('//evil/' 1x)]]>}</style>",
    ),
    *("<rect fill='url(http://evil/a#b)' mask='url(//evil/m)' cursor='url(//evil/c)'/>", "<feImage href='//evil/a'/>"),
    *("<style><![CDATA[</style><script>evil()</script>]]></style>", "<!--[if IE]><script>evil()</script><![endif]-->"),
    *("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>evil()</h:script>", "<?xml-stylesheet href='//evil/a.css'?>"),
    *("<text><![CDATA[<script>evil()</script>]]></text>", "<metadata><script>evil()</script></metadata>"),
    *("<embed src='//evil/'/>", "<object data='//evil/'/>", "<audio src='//evil/'/>", "<link href='//evil/a.css'/>"),
)
HARMLESS = (
    *("<rect width='3' height='4' fill='#123' style='stroke: red'/>", "<g id='a'><path d='M0 0 L1 1'/></g>"),
    *("<text x='1'>orders &amp; payments</text>", "<style>rect {fill: red}</style>", "<use href='#a'/>"),
    *("<g id='C:\\a' xmlns:i='urn:i' i:file='C:\\a.svg' content='&lt;a b=\"\\n\">'/>", "<text>\\</text>"),
    *("<linearGradient id='b'><stop offset='0'/></linearGradient>", "<rect fill='url(#b)'/>", "<!-- a -->"),
)
ELEMENTS = {"script", "foreignobject", "iframe", "handler", "base", "embed", "object", "audio", "link", "p", "metadata"}


def svg(*pieces: str, head: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{head}<svg {names}>{''.join(pieces)}</svg>".encode()


def assert_harmless(picture: bytes) -> None:
    """By what another parser reads in it."""
    if not picture:
        return
    assert b"<?xml-stylesheet" not in picture
    assert b"<!DOCTYPE" not in picture
    for element in fromstring(picture).iter():
        name = str(element.tag).rpartition("}")[2].lower()
        assert name not in ELEMENTS
        for key, value in element.attrib.items():
            plain = key.rpartition("}")[2].lower()
            assert not plain.startswith("on")
            # What names nothing to fetch or to run is a text, such as `u(rl(http://evil/a)` or `url()http://evil/a)`.
            is_reference = re.search(r"url\([^)]|^\s*(//|\w+:)", value, re.IGNORECASE)
            assert "evil" not in value or not is_reference or plain in ("to", "values", "style"), (key, value)
            assert not (plain == "attributename" and re.search("href|^on", value))
            if plain in ("href", "src", "data"):
                assert not re.match(r"\s*(//|\w+:)", value), value
            assert not re.search(r"url\(['\"]?(//|\w+:)", value)
        for css in (element.attrib.get("style", ""), element.text or "" if name == "style" else ""):
            assert not re.search(r"image-set|src\(|url\(['\"]?(//|\w+:)|@import|\\", css), css


@pytest.mark.parametrize("piece", PIECES)
def test_nothing_runs_and_nothing_is_fetched(piece: str) -> None:
    for source in (svg(piece), svg("<g>", piece, "</g>"), svg(head=piece) if piece.startswith("<?") else svg(piece)):
        assert_harmless(harmless("svg", source))


@given(st.lists(st.sampled_from(PIECES + HARMLESS) | st.text(max_size=5), max_size=6))
def test_any_drawing_is_made_harmless(pieces: list[str]) -> None:
    assert_harmless(harmless("svg", svg(*pieces)))


@given(st.binary(max_size=30), st.integers(0, 200), st.sampled_from(PIECES + HARMLESS))
def test_spoilt_drawings_are_none(noise: bytes, place: int, piece: str) -> None:
    source = svg(piece)
    assert_harmless(harmless("svg", source[:place] + noise + source[place:]))
    assert_harmless(harmless("svg", source[: place % len(source)] + noise))
    harmless("svg", noise)


def test_a_drawing_stays_what_it_is() -> None:
    picture = fromstring(harmless("svg", svg(*HARMLESS)))
    names = [str(element.tag).rpartition("}")[2] for element in picture.iter() if isinstance(element.tag, str)]
    assert names == ["svg", "rect", "g", "path", "text", "style", "use", "g", "text", "linearGradient", "stop", "rect"]
    assert picture.findtext("{http://www.w3.org/2000/svg}text") == "orders & payments"
    assert [element.attrib["href"] for element in picture.iter("{http://www.w3.org/2000/svg}use")] == ["#a"]


@pytest.mark.parametrize("source", [
    b"", b"\0" * 1000, b"<svg", b"<html><body/></html>", b"not <a> drawing", b"\xff\xfe", b"<svg/>" * 2,
    b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>evil()</s:script></s:svg>',
    svg("<g>"), svg("</g>"), svg("&a;"),
    svg("+ADw-script+AD4-evil()", head='<?xml version="1.0" encoding="utf-7"?>'),
])  # fmt: skip
def test_what_is_no_drawing_is_not_shown(source: bytes) -> None:
    assert harmless("svg", source) == b""


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "evil" * 10}">' for n in range(12))

HEAVY = {
    "entities": svg("<text>&a11;</text>", head=f"<!DOCTYPE svg [{BOMB}]>"),
    "a file": svg("<text>&x;</text>", head='<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "depth": svg("<g>" * 150_000, "</g>" * 150_000),
    "open depth": svg("<g>" * 300_000),
    "attributes": svg("<rect ", " ".join(f"a{n}='x'" for n in range(90_000)), "/>"),
    "length": svg("<path d='", "M0 0 " * 200_000, "'/>"),
    "breadth": svg("<g/>" * 250_000),
    "text": svg("<text>", "x" * 1_000_000, "</text>"),
    "comments": svg("<!-- - -->" * 100_000),
    "references": svg("<text>", "&#x41;" * 150_000, "</text>"),
    "css": svg("<style>", "a{fill:url(" * 90_000, "</style>"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_drawing_takes_long(name: str) -> None:
    """A megabyte of whatever a parser could choke on."""
    begun = time.process_time()
    picture = harmless("svg", HEAVY[name])
    assert time.process_time() - begun < 5
    assert len(picture) < 10_000_000
    assert b"root:" not in picture


def test_other_pictures_are_as_they_are() -> None:
    for kind in ("png", "jpeg", "gif", "webp"):
        assert harmless(kind, b"<script>") == b"<script>"
