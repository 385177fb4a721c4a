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
_OTHER = re.compile(r"[^A-Za-z0-9_-]+")

_TAKEN = re.compile(
    r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*\.(html|svg|png|jpeg|gif|webp|atom|json|csv|review-lint-new)?",
    re.IGNORECASE,
)
"""What is a device on Windows, is called like a file of the site, or ends with a dot, which Windows drops."""

_DIGEST = re.compile(r"-[0-9a-f]{16}")

_INSIDE = "~"
"""Begins the folder of a product inside its repository; no safe name has it."""

NOBODY = f"{_INSIDE}none"
"""The folder of those who have no team."""

MOST_PARTS = 8
"""Folders that a name makes."""


class Addresses:
    """The addresses of a site in which these products (a repository, and the path of a review file in it) and teams
    occur.

    Names that differ in case only get a digest behind them: not every disk tells them apart.
    """

    def __init__(self, products: Iterable[tuple[str, str]], teams: Iterable[str]) -> None:
        pairs = {(repository, os.path.dirname(path)) for repository, path in products}
        self._repositories = _crowded({repository for repository, _ in pairs})
        self._folders = _crowded("/".join(pair) for pair in pairs)
        self._teams = _crowded(map(_handle, set(teams)))

    def product(self, repository: str, path: str) -> str:
        """The folder of a product: of a repository and the path of a review file in it, "" for none."""
        folder = os.path.dirname(path)
        is_crowded = f"{repository}/{folder}".casefold() in self._folders
        inner = f"/{_INSIDE}/{_folder(folder, folder, is_crowded)}" if folder else ""
        return f"product/{_folder(repository, repository, repository.casefold() in self._repositories)}{inner}"

    def team(self, name: str) -> str:
        """The folder of a team."""
        shown = _handle(name)
        return f"team/{_folder(shown, name, shown.casefold() in self._teams)}" if name else f"team/{NOBODY}"


def link(target: str, page: str) -> str:
    """The relative URL of a file of the site, seen from a page (a file too)."""
    # From the site's root: os.path.relpath is shorter by a few dots, and took a tenth of a build.
    return "../" * page.count("/") + quote(target)


def _handle(team: str) -> str:
    return team.removeprefix("@")


def _crowded(names: Iterable[str]) -> set[str]:
    """What several names are without their case."""
    counts = Counter(name.casefold() for name in names)
    return {name for name, count in counts.items() if count > 1}


def _folder(shown: str, name: str, is_crowded: bool) -> str:
    parts = shown.split("/")
    if not is_crowded and len(parts) <= MOST_PARTS and all(map(_is_safe, parts)):
        return shown
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{_OTHER.sub('-', shown)[:60].strip('-') or 'x'}-{digest}"


def _is_safe(part: str) -> bool:
    """Whether it may name a folder as it is, and is not the folder of another name."""
    return bool(_SAFE.fullmatch(part)) and not _TAKEN.fullmatch(part) and not _DIGEST.fullmatch(part[-17:])
