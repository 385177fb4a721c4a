"""Pictures of the terminal for the pages, taken while the pages are walked through (`make walk`)."""

import io
import re
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from tests.support.walkthrough import DOCS, Terminal

IMAGES = DOCS / "images"
WIDTH = 112
"""Columns of the terminal."""

# Rich has a browser fetch a font from elsewhere.
FONTS = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
EMPTY_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)


class Shot(NamedTuple):
    """A picture: taken on the page `page` when it comes to `command` for the first time, of what `coloured` prints."""

    page: str
    command: str
    coloured: str


SHOTS = {
    "refusal": Shot(
        "tutorial.md",
        'git commit --quiet --message "Deliver to Asia and Iceland"',
        "review-lint --staged --color always",
    ),
    "scan": Shot(
        "organisation.md",
        "review-lint scan repositories --today 2026-06-01",
        "review-lint scan repositories --today 2026-06-01 --store ~/picture.db --color always; rm ~/picture.db*",
    ),
}


class Camera:
    """Takes the pictures of a walk: SVG by name."""

    def __init__(self) -> None:
        self.pictures: dict[str, str] = {}

    def watch(self, page: Path, command: str, terminal: Terminal) -> None:
        for name, shot in SHOTS.items():
            if (shot.page, shot.command) == (page.name, command) and name not in self.pictures:
                self.pictures[name] = picture(name, command, terminal.say(shot.coloured))


def picture(name: str, command: str, said: str) -> str:
    """A terminal in which a command has said something; equal words give equal bytes."""
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(f"\x1b[1m$\x1b[0m {command}\n{said}"))
    svg = console.export_svg(title="review-lint", unique_id=name)
    return EMPTY_ENDS.sub("", FONTS.sub("", svg))


def words(svg: str) -> list[str]:
    """What can be read in a picture, however this version of Rich draws it."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)
