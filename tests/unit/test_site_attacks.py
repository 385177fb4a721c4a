"""What is made to harm or to mislead those who read the site, or who write it."""

import fcntl
import os
from pathlib import Path

import pytest

from linter.cli.main import main
from linter.model.overview import Scan, Standing, Tally
from linter.site.diagram import harmless
from linter.site.folder import Folder, SiteError
from linter.site.past import trends_of
from tests.support.site_history import write
from tests.support.sites import build, reviewed

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


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        'https://x/"><script>alert(1)</script>',
        "https://x/a b",
        "https://x/a\nb",
        "https://x/a)](b",
        "https://x/\udcff",
        "https://token@x/",
        "https://user:password@x/",
        "https://x:99999/",
        "https://x/#",
        "https://x/?",
        "https://",
    ],
)
def test_what_is_no_address_on_the_web_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", "--out", "out", "--store", "none.db", "--url", address]) == 2
    assert "--url: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["https://x", "http://[::1]:8080/a/~b/%C3%A9_c;d=1,2+3/", "HTTPS://Reviews.Example.org/"]
)
def test_an_address_on_the_web_is_taken(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", "--out", "out", "--store", "none.db", "--url", address]) == 2
    assert "there is no store" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["", " ", "\n\t"])
def test_a_title_says_something(title: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", "--out", "out", "--store", "none.db", "--title", title]) == 2
    assert "--title: " in capsys.readouterr().err


def test_one_build_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    """The slower of two builds would leave pages that the folder says are those of the other one."""
    store, out = str(tmp_path / "scans.db"), tmp_path / "out"
    write(store, [reviewed("shop")])
    out.mkdir()
    holder = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(SiteError, match="another build is writing into "):
            build(store, out)
    finally:
        os.close(holder)
    assert build(store, out).made == build(store, tmp_path / "other").made == 1
    assert build(store, out).made == 0


@pytest.mark.parametrize("name", ["a\0b", "\0", "a\0/b", ".", "product/.", "..", "", "product/"])
def test_what_names_no_file_is_not_removed(name: str, tmp_path: Path) -> None:
    """What an earlier build has noted in the folder may be damaged, or somebody else's words."""
    (tmp_path / "product").mkdir()
    Folder(str(tmp_path)).remove([name])
    assert (tmp_path / "product").is_dir()


def test_what_never_ends_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    folder = Folder(str(tmp_path))
    assert folder.read("pipe") is folder.read("device") is None
    for name in ("pipe", "device"):
        folder.write(name, "a page")
        assert not (tmp_path / name).is_symlink()
        assert (tmp_path / name).read_text() == "a page"


def test_a_commit_that_changes_nothing_is_no_point_in_the_past() -> None:
    """A page would otherwise say that its product stands like this since that commit."""
    scans = [Scan(number, f"2026-06-0{number}") for number in (1, 2, 3)]
    tallies = [Tally(1, open=1), Tally(1, open=2, new=1), Tally(1, open=2)]
    standings = [Standing("shop", "", n, n, "failed", tally, 3, 7, 1) for n, tally in enumerate(tallies, 1)]
    points = trends_of(standings, scans).points["shop"]
    assert [(point.number, point.open, point.new) for point in points] == [(1, 1, 0), (2, 2, 1)]
