"""What is new for a team, as an Atom feed (RFC 4287)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linter.model.overview import News
from linter.model.sheet import owner_of
from linter.site.address import Addresses, link
from linter.site.entry import Entry
from linter.site.remark import anchor
from linter.site.rule_page import RULE_NAMES

LONGEST = 50
"""Findings in a feed."""

_NAMESPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""That of URLs, RFC 9562, section 6.6."""


class Item(NamedTuple):
    id: str
    title: str
    url: str
    updated: str
    summary: str


def feeds(
    news: Iterable[News], entries: Mapping[str, Sequence[Entry]], addresses: Addresses, base: str
) -> dict[str, list[Item]]:
    """The newest findings of each team, the newest first. `entries` are those of each repository; `base` is where the
    site is on the web, "" where nobody says.
    """
    found: dict[str, list[Item]] = {}
    for one in news:
        mine = entries.get(one.repository)
        if not mine:
            continue
        path = owner_of(one.path, [entry.path for entry in mine])
        entry = next((entry for entry in mine if entry.path == path), mine[0])
        items = found.setdefault(entry.team, [])
        if len(items) < LONGEST:
            items.append(_item(one, entry, addresses, base))
    return found


def identity(text: str) -> str:
    """A name for what has that text, the same with every build."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, text.encode('utf-8', 'backslashreplace').decode())}"


def _item(one: News, entry: Entry, addresses: Addresses, base: str) -> Item:
    page = f"{addresses.product(entry.repository, entry.path)}/index.html"
    feed = f"{addresses.team(entry.team)}/feed.atom"
    what = RULE_NAMES.get(one.rule, one.rule)
    url = base + page if base else link(page, feed)
    return Item(
        id=identity(f"{one.repository}/{one.fingerprint}"),
        title=f"{what} in {entry.name}: {one.place or one.path}",
        url=f"{url}#{anchor(one.fingerprint)}",
        updated=f"{one.first_seen.day}T00:00:00Z",
        summary=f"{one.severity} {one.rule} in {one.path}" + (f", {one.place}" if one.place else ""),
    )
