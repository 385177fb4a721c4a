"""One promise that changed."""

from typing import Any, NamedTuple

from linter.model.finding import Location

WAIVER = "waiver"
"""The kind of a waiver that hides more than was agreed to."""


class PromiseChange(NamedTuple):
    """What differs between two versions of a review file or a configuration.

    `pointer` leads to the place in the new version (see `Difference`), for a configuration to its key. `kind` names
    what is promised there, such as sla, tier, limit or waiver. `before` and `after` are the values, ABSENT where there
    is none. `is_weaker`: less is promised than before, in one of the ways that people have to be told of. `sentence`
    says it in words, without a full stop. `name` tells it from other changes, whatever the order of list items.
    """

    pointer: str
    kind: str
    before: Any
    after: Any
    is_weaker: bool
    sentence: str
    name: str


class Weakening(NamedTuple):
    """A change that promises less than every base did, and where it stands."""

    change: PromiseChange
    location: Location
