"""From the word that somebody types to the key or the shape that is meant."""

import re

from linter.engine.reference.place import ROOT, Place, Places, review_places
from linter.engine.reference.topic import topic
from linter.model.quote import listed
from linter.model.topic import Topic
from linter.model.words import closest

MOST_NAMED = 6


def topic_of(word: str) -> Topic | None:
    """What there is to be said about a key with dots (`quality.alerts[].severity`, the brackets as one likes), a shape,
    the last part of a key if no other key ends so, or REVIEW.yaml as a whole. None when there is no such thing.
    """
    places = review_places()
    name = _name(word)
    place = places.find(name) or _only(places, name)
    return topic(places, place) if place else None


def suggestion(word: str) -> str:
    """What to do about a word that is no key: which keys were probably meant. Empty when nothing resembles it."""
    places = review_places()
    name = _name(word)
    last = name.rpartition(".")[2]
    near = [*(other for other in places.keys if other == last), *_ending_in(places, last)] or _near(places, name)
    more = [f"{len(near) - MOST_NAMED} more"] if len(near) > MOST_NAMED else []
    return f"did you mean {listed([*near[:MOST_NAMED], *more], 'or')}?" if near else ""


_ITEM = re.compile(r"\[[0-9]*\]")


def _name(word: str) -> str:
    bare = _ITEM.sub("", word.strip()).lower().replace("-", "_")
    return ROOT if bare == ROOT.lower() else bare


def _only(places: Places, name: str) -> Place | None:
    found = _ending_in(places, name)
    return places.keys[found[0]] if len(found) == 1 else None


def _ending_in(places: Places, name: str) -> list[str]:
    return [other for other in places.keys if other.endswith("." + name)]


def _near(places: Places, name: str) -> list[str]:
    names = [*places.shapes, *places.keys]
    found = closest(name, names)
    ends = () if found else closest(name.rpartition(".")[2], {other.rpartition(".")[2] for other in names})
    return [*found, *(other for end in ends for other in (end, *_ending_in(places, end)) if other in names)]
