"""What exemptions hold off, in figures."""

from typing import NamedTuple

from linter.model.finding import Location
from linter.model.metrics import COMPLEXITY, MAINTAINABILITY, SIZES
from linter.model.suppression import Exemption

FIGURES_OF = {
    **dict.fromkeys(("RL801", "RL802", "RL803"), (COMPLEXITY,)),
    "RL804": (MAINTAINABILITY,),
    "RL805": SIZES,
}
"""The limits that rules about figures hold to."""


class Figure(NamedTuple):
    """What a function or file has of what the limit `metric` bounds."""

    metric: str
    value: float
    limit: int

    @property
    def is_beyond(self) -> bool:
        """Whether it breaks the limit: is above it, for a maintainability index below."""
        return self.value < self.limit if self.metric == MAINTAINABILITY else self.value > self.limit

    def is_within(self, ceiling: float) -> bool:
        """Whether it is no worse than `ceiling`."""
        return self.value >= ceiling if self.metric == MAINTAINABILITY else self.value <= ceiling


class Holding(NamedTuple):
    """An exemption that works, beside the figures that it is about as a whole run finds them.

    `figures` is None where what it is about is not there; `near` are the functions of the file that it may mean.
    `ceiling_location` is where its ceiling is written.
    """

    exemption: Exemption
    figures: tuple[Figure, ...] | None
    ceiling_location: Location
    near: tuple[str, ...] = ()
