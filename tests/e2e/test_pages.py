"""The pages keep their word: what a reader is told to type is typed into a shell, and prints what stands there."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.screenshots import IMAGES, SHOTS, Camera, picture, words
from tests.support.walkthrough import DOCS, TUTORIAL, Terminal, commands, files_of, pages, steps, walk

STALE = "what is printed is not what stands there: run `make walk`, and look at what it changes"


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_what_is_shown_is_what_is_printed(page: Path, tmp_path: Path, source: Path, organisation: Path) -> None:
    camera = Camera()
    with Terminal(tmp_path / "home", source, None if page == TUTORIAL else organisation) as terminal:
        walked = walk(page, terminal, camera.watch)
    assert walked == page.read_text(encoding="utf-8"), STALE
    assert camera.pictures.keys() == {name for name, shot in SHOTS.items() if shot.page == page.name}
    for name, svg in camera.pictures.items():
        assert words(svg) == words((IMAGES / f"{name}.svg").read_text(encoding="utf-8")), STALE


def test_every_page_has_something_to_type() -> None:
    """And the tutorial has a reader install, begin, be refused, understand, mend and commit."""
    typed = {
        page: [line for step in steps(page.read_text()) if step.kind == "console" for line in commands(step.text)]
        for page in pages()
    }
    assert all(typed.values())
    assert len(typed) > 8
    course = [" ".join(line.split()[:2]) for line in typed[TUTORIAL]]
    for command in ("review-lint init", "review-lint install-hook", "review-lint explain", "review-lint fix"):
        assert command in course
    assert set(files_of(TUTORIAL)) == {"pyproject.toml", "delivery.py", "tests/test_delivery.py", "REVIEW.yaml"}


def test_pictures_are_well_formed_and_load_nothing() -> None:
    pictures = sorted(IMAGES.glob("*.svg"))
    assert [path.stem for path in pictures] == sorted(SHOTS)
    for path in pictures:
        text = path.read_text(encoding="utf-8")
        assert len(list(ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text"))) > 5
        assert "url(http" not in text
        assert "@import" not in text
        assert f"images/{path.name}" in "".join(page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md"))


def test_equal_words_give_equal_pictures() -> None:
    said = "\x1b[1mREVIEW.yaml:1:1:\x1b[0m \x1b[31mRL001\x1b[0m <b>&amp;\n"
    assert picture("x", "review-lint", said) == picture("x", "review-lint", said)
    assert "RL001" in words(picture("x", "review-lint", said))
