"""What an earlier build of the same site knows: so that only what changed is made and written again."""

import hashlib
import os
from collections.abc import Iterable
from typing import NamedTuple

from linter import __version__
from linter.errors import StoreError
from linter.site.badge import BADGE, badge_name
from linter.site.diagram import DIAGRAMS, diagram_name
from linter.site.entry import GUIDELINES, Entry
from linter.site.folder import ASSETS
from linter.site.templating import FOLDER as TEMPLATES
from linter.store.content import packed, unpacked

FILE = ".review-lint-site"
"""Marks a folder as one that this program writes into."""

UNFINISHED = ".review-lint-site-unfinished"
"""Is there while files are being written, and holds the folders that they are written into: should that be interrupted,
none of them is trusted.
"""

ANY_FILES = (
    *("index.html", "feed.atom", "findings.csv", "findings.json", BADGE),
    *map(badge_name, GUIDELINES),
    *map(diagram_name, DIAGRAMS),
)
"""What may stand in the folder of a product or a team."""

GENERATION = 2
"""Counts what changes in the code of this room between two releases."""


class Kept(NamedTuple):
    """The entries of a repository, made from the report with that digest."""

    repository: str
    digest: str
    entries: tuple[Entry, ...]


class Page(NamedTuple):
    """The files of a product in its folder, and what stands for everything that they were made from; "" where they are
    to be made again.
    """

    folder: str
    key: str
    files: tuple[str, ...]


class Known(NamedTuple):
    """`terms` stand for what all pages depend on; `files` are those that belong to no product."""

    terms: str = ""
    kept: tuple[Kept, ...] = ()
    pages: tuple[Page, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def distrusted(self) -> "Known":
        """The same without trust in what the files of products hold."""
        return self._replace(pages=tuple(page._replace(key="") for page in self.pages))

    def interrupted(self, folders: Iterable[str]) -> "Known":
        """What is known after a build that was interrupted, which may have left any file in these folders."""
        left = tuple(Page(folder, "", ANY_FILES) for folder in folders)
        return self._replace(pages=(*self.distrusted.pages, *left))


def terms_of(*options: str) -> str:
    """A digest of this release, of its templates and browser files, and of the options."""
    digest = hashlib.sha256(repr((__version__, GENERATION, options)).encode("utf-8", "backslashreplace"))
    for folder in (TEMPLATES, ASSETS):
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    digest.update(name.encode() + file.read())
    return digest.hexdigest()


def encoded(known: Known) -> bytes:
    return packed(Known, known).data


def decoded(data: bytes) -> Known:
    """What was kept; nothing where that is damaged or of another release."""
    try:
        return unpacked(Known, data)
    except StoreError:
        return Known()
