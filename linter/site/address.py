"""Where the pages of the site are: folders and files that any page host, bucket or disk takes, the same with every
build. All are relative to the root of the site and end with the file, because disks know no index pages.
"""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import quote

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")

_INSIDE = "~"
"""Begins the folder of a product inside its repository; no safe name has it."""

NOBODY = f"{_INSIDE}none"
"""The folder of those who have no team."""

MOST_PARTS = 8
"""Folders that a name makes."""


class Addresses:
    """The addresses of a site in which these names occur.

    Names that differ in case only get a digest behind them: not every disk tells them apart.
    """

    def __init__(self, names: Iterable[str]) -> None:
        counts = Counter(name.casefold() for name in names)
        self._crowded = {name for name, count in counts.items() if count > 1}

    def product(self, repository: str, path: str) -> str:
        """The folder of a product: of a repository and the path of a review file in it, "" for none."""
        folder = os.path.dirname(path)
        inner = f"/{_INSIDE}/{_folder(folder, False)}" if folder else ""
        return f"product/{self._named(repository)}{inner}"

    def team(self, name: str) -> str:
        """The folder of a team."""
        return f"team/{self._named(name.removeprefix('@'))}" if name else f"team/{NOBODY}"

    def _named(self, name: str) -> str:
        return _folder(name, name.casefold() in self._crowded)


def link(target: str, page: str) -> str:
    """The relative URL of a file of the site, seen from a page (a file too)."""
    return quote(os.path.relpath(target, os.path.dirname(page) or "."), errors="surrogateescape")


def _folder(name: str, is_crowded: bool) -> str:
    parts = name.split("/")
    if not is_crowded and len(parts) <= MOST_PARTS and all(map(_is_safe, parts)):
        return name
    clean = "/".join(_clean(part) for part in parts[:MOST_PARTS])
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{clean}-{digest}"


def _is_safe(part: str) -> bool:
    """Whether it may name a folder as it is; `index.html` and `badge.svg` are files of the site."""
    return _SAFE.fullmatch(part) is not None and not part.endswith((".", ".html", ".svg", ".atom", ".json", ".csv"))


def _clean(part: str) -> str:
    return _OTHER.sub("-", part)[:40].strip(".-") or "x"
