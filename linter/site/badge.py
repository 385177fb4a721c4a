"""Badges for a README: how a product stands, as a small picture."""

from typing import NamedTuple

from linter.site.entry import BARE, DRAFT, FAILED, GUIDELINES, MET, OPEN, PASSED, PROPOSED, Entry
from linter.site.templating import Templates

GOOD, FAIR, BAD, PLAIN = "#17653a", "#7a4b00", "#a8161c", "#445063"
_COLOURS = {PASSED: GOOD, FAILED: BAD, BARE: FAIR, MET: GOOD, OPEN: BAD, DRAFT: FAIR, PROPOSED: FAIR}

BADGE = "badge.svg"
"""The file of a product's badge."""

_CHARACTER = 6.4
"""User units: the mean width in the usual fonts; the text is fitted to that."""


class Half(NamedTuple):
    text: str
    width: int
    length: int


def badge_name(guideline: str) -> str:
    """The file of a guideline's badge."""
    return f"badge-{guideline}.svg"


def badges(entry: Entry, templates: Templates) -> dict[str, str]:
    """The badges of a product by file name: one for the whole, one for each guideline."""
    state = f"{entry.open:,} open" if entry.state == FAILED else entry.state
    found = {BADGE: _badge("design review", state, entry.state, templates)}
    for name, stance in zip(GUIDELINES, entry.states, strict=True):
        found[badge_name(name)] = _badge(name.replace("-", " "), stance, stance, templates)
    return found


_KNOWN: dict[tuple[str, str, str], str] = {}


def _badge(label: str, value: str, state: str, templates: Templates) -> str:
    key = label, value, state
    if key not in _KNOWN:
        colour = _COLOURS.get(state, PLAIN)
        _KNOWN[key] = templates.render("badge.svg", left=_half(label), right=_half(value), colour=colour)
    return _KNOWN[key]


def _half(text: str) -> Half:
    length = round(len(text) * _CHARACTER)
    return Half(text, length + 12, length)
