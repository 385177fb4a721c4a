"""What stands in the files of a site, as other parsers read it."""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cache
from urllib.parse import unquote, urlsplit

import html5lib
import lxml.html
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"

ADDRESSES = ("href", "src", "data-target")


@cache
def page(data: bytes) -> "lxml.html.HtmlElement":
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


def pages(files: Mapping[str, bytes]) -> dict[str, "lxml.html.HtmlElement"]:
    return {name: page(data) for name, data in files.items() if name.endswith(".html")}


def links(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Pages and feeds, and what they lead to."""
    for name, root in pages(files).items():
        for element in root.iter():
            yield from ((name, element.get(key)) for key in ADDRESSES if element.get(key) is not None)
    for name, data in files.items():
        if name.endswith(".atom"):
            yield from ((name, element.get("href")) for element in etree.fromstring(data).iter(f"{ATOM}link"))


def lost(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Links inside the site that lead to no file, or to no place in a page."""
    anchors = {name: {element.get("id") for element in root.iter()} for name, root in pages(files).items()}
    found = []
    for name, url in links(files):
        parts = urlsplit(url)
        if parts.scheme or parts.netloc:
            continue
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
        )
        # The products page keeps its state there.
        is_state = target == "products/index.html" and "=" in parts.fragment
        if target not in files or (parts.fragment and not is_state and parts.fragment not in anchors[target]):
            found.append((name, url))
    return found


def doubles(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Names of places that a page has twice, and references to places that it does not have."""
    found = []
    for name, root in pages(files).items():
        ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
        found += [(name, one) for one in set(ids) if ids.count(one) > 1]
        for key in ("aria-labelledby", "for", "data-copy"):
            found += [(name, one.get(key)) for one in root.iter() if one.get(key) not in {None, *ids}]
    return found


def assert_strict(data: bytes) -> None:
    """Raises for every error that the standard of HTML knows."""
    html5lib.HTMLParser(strict=True).parse(data.decode())


def assert_feed(data: bytes) -> list[str]:
    """What RFC 4287 requires; the titles of the entries."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    assert [len(feed.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [feed.findtext(f"{ATOM}id")]
    for entry in feed.iter(f"{ATOM}entry"):
        assert [len(entry.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated", "summary")] == [1, 1, 1, 1]
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        assert str(entry.findtext(f"{ATOM}updated")).endswith("T00:00:00Z")
        ids.append(entry.findtext(f"{ATOM}id"))
    assert len(set(ids)) == len(ids)
    assert all(str(one).startswith("urn:uuid:") for one in ids)
    return [str(entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]
