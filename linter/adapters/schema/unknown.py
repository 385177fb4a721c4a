"""RL006: keys that the schema does not know at their place, and what was probably meant."""

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from linter.adapters.schema.words import Violation, expected, name_of
from linter.model.document import Document, Problem
from linter.model.pointer import join, split
from linter.model.quote import listed, named
from linter.model.schema import ITEM, Schema, key_places, properties, subschemas
from linter.model.words import closest

# A guess takes a millisecond, and nobody reads the two hundredth.
_MOST_GUESSES = 200
_SHORTEST_PREFIX = 3
_SHORTEST_GUESSED = 5  # shorter words have a neighbour somewhere in the schema, whatever they are
_OWN_KEY = "remove it; a key of your own begins with x-"


class Unknown(NamedTuple):
    """What is to be said of unknown keys, and the pointers of the keys that were meant: these are not missing."""

    problems: list[Problem]
    meant: set[str]


def unknown_keys(document: Document, schema: Schema, violations: Iterable[Violation]) -> Unknown:
    """RL006 for every key that is unknown at its place."""
    found = ((v, key) for v in violations if v.keyword == "additionalProperties" for key in v.unknown())
    guess = _Guess(schema)
    result = Unknown([], set())
    for violation, key in islice(found, _MOST_GUESSES):
        hint, meant = guess.about(key, violation)
        result.meant.update(meant)
        result.problems.append(_problem(document, violation, key, hint, meant))
    result.problems.extend(_problem(document, violation, key, _OWN_KEY, []) for violation, key in found)
    return result


def _problem(document: Document, violation: Violation, key: str, hint: str, meant: list[str]) -> Problem:
    pointer = join(violation.pointer, key)
    siblings = [split(other)[-1] for other in meant if other.rpartition("/")[0] == violation.pointer]
    data = {"candidates": siblings} if siblings else {}
    message = f"{named(key)} is no key of {name_of(violation.pointer)}"
    return Problem("RL006", message, document.span(pointer, key=True), pointer, hint, len(siblings) == 1, data)


class _Guess:
    """Guesses over the keys of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def about(self, key: str, violation: Violation) -> tuple[str, list[str]]:
        """What to do about the key, and the pointers of what was meant."""
        if key in properties(subschemas(self._schema, violation.pointer)):
            return f"it cannot stand beside what is here: expected {expected(violation.schema)}", []
        siblings = _siblings(key, violation)
        if siblings:
            return _did_you_mean(siblings), [join(violation.pointer, sibling) for sibling in siblings]
        return self._elsewhere(key)

    def _elsewhere(self, key: str) -> tuple[str, list[str]]:
        homes = self._homes.get(key)
        if homes:
            return f"it belongs {_where(homes)}", [join(homes[0], key)] if len(homes) == 1 else []
        words = closest(key, self._homes) if len(key) >= _SHORTEST_GUESSED else ()
        if words:
            return f"{_did_you_mean(words[:1])} It belongs {_where(self._homes[words[0]])}", []
        return _OWN_KEY, []

    @cached_property
    def _homes(self) -> dict[str, list[str]]:
        """The pointers of the mappings that may have a key."""
        homes: dict[str, list[str]] = {}
        for place in key_places(self._schema):
            homes.setdefault(place.key, []).append(place.parent)
        return homes


def _siblings(key: str, violation: Violation) -> tuple[str, ...]:
    absent = [known for known in violation.schema.get("properties", ()) if known not in violation.value]
    return closest(key, absent) or tuple(known for known in absent if _is_short_for(key, known))


def _is_short_for(key: str, known: str) -> bool:
    return len(key) >= _SHORTEST_PREFIX and known.startswith(key.lower())


def _did_you_mean(keys: tuple[str, ...]) -> str:
    return f"did you mean {listed([named(key) for key in keys], 'or')}?"


def _where(pointers: list[str]) -> str:
    names = list(dict.fromkeys(map(_mapping_name, pointers)))
    return listed([*names[:2], "elsewhere"], "or") if len(names) > 3 else listed(names, "or")


def _mapping_name(pointer: str) -> str:
    keys = ["[]" if key == ITEM else "." + key for key in split(pointer)]
    return f"in `{''.join(keys)[1:]}`" if keys else "at the top level"
