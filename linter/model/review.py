"""A review file as the rules about its content ask it: typed, and without what is wrong already."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from linter.model import units
from linter.model.document import Document
from linter.model.finding import Location
from linter.model.organisation import NO_POLICY, Policy
from linter.model.pointer import join, parent, resolve, split

if TYPE_CHECKING:
    from fractions import Fraction

SECTIONS = (
    "clarity",
    "planning",
    "preparation",
    "iterating",
    "quality",
    "monitoring",
    "release_plan",
    "simplicity",
)
"""The eight guidelines, in the order of the file."""

OWES_EVERYTHING = ("kind", "lifecycle", "tier")
"""A change of one of these keys changes what is required of the whole file."""


class Review:
    """One review file that could be read, and the day (YYYY-MM-DD) and the policy that it is judged by.

    Values of another type than asked for, and values with which something else is wrong already (an invalid date, an
    unknown key, a repeated one), are absent: whatever is wrong inside one value is one finding.
    """

    def __init__(
        self,
        document: Document,
        today: str,
        policy: Policy = NO_POLICY,
    ) -> None:
        self.document = document
        self.today = today
        self.policy = policy

    def text(self, pointer: str) -> str | None:
        """The text at `pointer`."""
        value = self._sound(pointer)
        return value if isinstance(value, str) else None

    def number(self, pointer: str) -> float | None:
        """The number at `pointer`; a boolean is none."""
        value = self._sound(pointer)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def flag(self, pointer: str) -> bool | None:
        """The boolean at `pointer`."""
        value = self._sound(pointer)
        return value if isinstance(value, bool) else None

    def seconds(self, pointer: str) -> "Fraction | None":
        """The duration at `pointer`, in seconds."""
        return units.seconds(self.text(pointer) or "")

    def rate(self, pointer: str) -> units.Rate | None:
        """The rate at `pointer`."""
        count = self.number(join(pointer, "count"))
        per, metric = self.text(join(pointer, "per")), self.text(join(pointer, "metric"))
        return units.rate(count, per, metric) if count is not None and per and metric else None

    def mapping(self, pointer: str) -> Mapping[str, Any]:
        """The mapping at `pointer`; empty where there is none or where it says `not_applicable`."""
        value = self._sound(pointer)
        return value if isinstance(value, dict) and "not_applicable" not in value else {}

    def has(self, pointer: str) -> bool:
        """Whether the file says something sound at `pointer`."""
        return self._sound(pointer) is not None

    def lacks(self, pointer: str) -> bool:
        """Whether a mapping stands above `pointer` and has no such key, nor an unknown one that is probably meant."""
        above, key = parent(pointer), split(pointer)[-1]
        return bool(self.mapping(above)) and not self.document.marked(pointer) and key not in self._meant(above)

    def items(self, pointer: str) -> Iterator[str]:
        """The pointers of the sound items of the list at `pointer`."""
        value = self._sound(pointer)
        for index in range(len(value) if isinstance(value, list) else 0):
            if self.has(join(pointer, index)):
                yield join(pointer, index)

    def all_say(self, pointer: str, key: str) -> bool:
        """Whether every item of the list at `pointer` has a sound text under `key`. Where one lacks it, that is a
        finding already, and whatever seems to be missing from the list may be that item.
        """
        value = self._sound(pointer)
        length = len(value) if isinstance(value, list) else 0
        return all(self.text(join(pointer, index, key)) is not None for index in range(length))

    def texts(self, pointer: str) -> Iterator[tuple[str, str]]:
        """The texts of the list at `pointer`, each with its own pointer."""
        for item in self.items(pointer):
            text = self.text(item)
            if text is not None:
                yield item, text

    def at(self, pointer: str, key: bool = False) -> Location:
        """The place of the value at `pointer`, or of its key; of its parent's key where it is absent."""
        return Location(self.document.path, self.document.span(pointer, key), pointer)

    def is_faultless(self, pointer: str) -> bool:
        """Whether nothing below a place is wrong, or missing, by the schema."""
        return not any(problem.pointer.startswith(pointer + "/") for problem in self.document.problems)

    @property
    def kind(self) -> str:
        return self.text("/kind") or ""

    @property
    def lifecycle(self) -> str:
        return self.text("/lifecycle") or ""

    @property
    def tier(self) -> int | None:
        tier = self.number("/tier")
        return int(tier) if tier in (1, 2, 3, 4) else None

    @property
    def is_in_production(self) -> bool:
        """Whether people rely on the product: also while it is deprecated and still runs."""
        return self.lifecycle in ("production", "deprecated")

    def _sound(self, pointer: str) -> Any:
        value = resolve(self.document.data, pointer)
        return None if value is None or pointer in self._unsound else value

    def _meant(self, pointer: str) -> set[str]:
        """The keys that unknown ones of the mapping at `pointer` are probably misspellings of."""
        unknown = (problem for problem in self.document.problems if problem.rule == "RL006")
        return {key for one in unknown if parent(one.pointer) == pointer for key in one.data.get("candidates", ())}

    @cached_property
    def _unsound(self) -> frozenset[str]:
        return frozenset(problem.pointer for problem in self.document.problems if problem.rule in _SPOILING)


_SPOILING = ("RL002", "RL004", "RL006", "RL008")
"""Rules whose problems stand at a value that is not what its author means. RL007's stand at a key that is not there."""
