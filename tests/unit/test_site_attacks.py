"""What is made to harm those who read the site, or who write it."""

import pytest

from linter.site.diagram import harmless

TIMES = 10


def svg(*pieces: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(pieces)}</svg>'.encode()


def repeated(element: str, use: str, levels: int) -> bytes:
    """Parts each of which is made of ten of the one before."""
    parts = [f'<{element} id="a{n}">{use.format(n - 1) * TIMES if n else "<rect/>"}</{element}>' for n in range(levels)]
    return svg(*parts, use.format(levels - 1))


REPEATERS = [
    ("g", '<use href="#a{}"/>'),
    ("g", '<use xmlns:x="http://www.w3.org/1999/xlink" x:href=" #a{}"/>'),
    ("mask", '<rect mask="url(#a{})"/>'),
    ("marker", '<path d="M0 0" style="marker-start: url( &quot;#a{}&quot;)"/>'),
    ("clipPath", '<g><rect clip-path="url(#a{})"/></g>'),
    ("pattern", '<rect fill="url(#a{})"/>'),
]


@pytest.mark.parametrize(("element", "use"), REPEATERS)
def test_no_drawing_repeats_itself_without_end(element: str, use: str) -> None:
    """Of a few kilobytes a browser would make elements by the million."""
    assert harmless("svg", repeated(element, use, 3))
    assert harmless("svg", repeated(element, use, 9)) == b""


@pytest.mark.parametrize(
    "pieces",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(5000)),
    ],
)
def test_no_part_of_a_drawing_is_in_itself(pieces: str) -> None:
    assert harmless("svg", svg(pieces)) == b""


def test_a_large_drawing_that_repeats_little_is_shown() -> None:
    glyphs = "".join(f'<path id="g{n}" d="M0 0L1 1"/>' for n in range(90))
    texts = '<g clip-path="url(#c)">' + "".join(f'<use href="#g{n % 90}"/>' for n in range(4000)) + "</g>"
    assert harmless("svg", svg("<defs>", glyphs, '<clipPath id="c"><rect/></clipPath></defs>', texts))
