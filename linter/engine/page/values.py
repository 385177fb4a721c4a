"""Values of a review file in words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

from linter.engine.evidence.citation import Form
from linter.engine.page.citations import Paths, address, contract, evidence, named
from linter.engine.page.guide import FORMS, inside, shape, title, told
from linter.model.day import days_between, is_day, shifted
from linter.model.page import NOTHING, Badge, Cell, Code, Line, Tone
from linter.model.schema import ITEM
from linter.model.units import duration_in_words, exact, shown

NOTICE_DAYS = 14
"""So many days before its end something is said to be ending."""

WORD = 40
"""Texts of up to so many characters are listed on one line."""


class Values(NamedTuple):
    """What values are put into words with: the files that they may name, and the day (YYYY-MM-DD). `counts_days`: the
    words are read on that day, else on any until what they say changes.
    """

    paths: Paths
    today: str
    counts_days: bool = True

    def cell(self, value: Any, place: str) -> Cell:
        """The value at a place, on as many lines as it takes."""
        if isinstance(value, dict):
            line = self._short(value, place)
            return (line,) if line else tuple(self._members(value, place)) or NOTHING
        return self._list(value, place) if isinstance(value, list) else (self._scalar(value, place),)

    def is_plain(self, value: Any, place: str) -> bool:
        """Whether a value fits beside its name: no mapping but those with a short form, and no list of mappings."""
        if isinstance(value, dict):
            return self._short(value, place) is not None
        return not isinstance(value, list) or not any(isinstance(item, dict) for item in value)

    def _short(self, value: Mapping[Any, Any], place: str) -> Line | None:
        """A mapping in one line, where it can be told so."""
        if "not_applicable" in value:
            return not_applicable(value["not_applicable"])
        form = FORMS.get(place)
        if form is not None:
            return contract(value, self.paths) if form is Form.CONTRACT else evidence(value, self.paths)
        tell = _SHAPES.get(shape(place))
        text = tell(value) if tell else None
        return (text,) if text else None

    def _members(self, value: Mapping[Any, Any], place: str) -> Iterator[Line]:
        for key in told(place, value):
            first, *rest = self.cell(value[key], inside(place, key))
            yield f"{title(inside(place, key))}: ", *first
            yield from rest

    def _list(self, value: list[Any], place: str) -> Cell:
        lines = [line for item in value for line in self.cell(item, inside(place, ITEM))]
        if all(isinstance(item, str) and len(item) <= WORD for item in value):
            pieces = [piece for line in lines for piece in (", ", *line)]
            return (tuple(pieces[1:]),) if pieces else NOTHING
        return tuple(lines)

    def _scalar(self, value: Any, place: str) -> Line:
        if isinstance(value, bool):
            return ("yes" if value else "no",)
        if isinstance(value, int | float):
            return (number(value) + _unit(place),)
        return self._text(value, place) if isinstance(value, str) and value.strip() else NOTHING[0]

    def _text(self, text: str, place: str) -> Line:
        form, key = FORMS.get(place), place.rpartition("/")[2]
        if form is not None:
            return named(text, form, self.paths)
        if key in _DEADLINES and is_day(text):
            return self._deadline(text)
        if shape(place) == "duration" or key == "window":
            return (duration_in_words(text) or text,)
        if place == _MEASURED:
            return (title(inside("/clarity/sla", text)),)
        return (Code(text),) if _is_code(place) else address(text)

    def _deadline(self, day: str) -> Line:
        if day < self.today:
            return day, " ", Badge("past", Tone.BAD)
        if shifted(day, -NOTICE_DAYS) > self.today:
            return (day,)
        return day, " ", Badge(self._countdown(day) if self.counts_days else "soon", Tone.FAIR)

    def _countdown(self, day: str) -> str:
        left = days_between(self.today, day)
        return "today" if left == 0 else f"in {left} {'day' if left == 1 else 'days'}"


def number(value: float) -> str:
    """A number as people write it, with thousands separators."""
    found = exact(value)
    return str(value) if found is None else shown(found)


def not_applicable(agreement: Any) -> Line:
    """Why something is not asked of a product, and who agreed."""
    said = agreement if isinstance(agreement, dict) else {}
    because, agreed_by = said.get("because"), said.get("agreed_by")
    reason = f" {because}" if isinstance(because, str) else ""
    agreed = f" (agreed by {agreed_by})" if isinstance(agreed_by, str) else ""
    badge = Badge("not applicable", Tone.PLAIN)
    return (badge, reason + agreed) if reason or agreed else (badge,)


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether a value is a number; a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rate(value: Mapping[Any, Any]) -> str | None:
    """Such as `500 requests per second, bursts of 800`."""
    count, per, metric, burst = (value.get(key) for key in ("count", "per", "metric", "burst"))
    if not is_number(count) or not isinstance(per, str) or not isinstance(metric, str):
        return None
    return f"{number(count)} {metric} per {per}" + (f", bursts of {number(burst)}" if is_number(burst) else "")


def _money(value: Mapping[Any, Any]) -> str | None:
    amount, currency = value.get("amount"), value.get("currency")
    return f"{number(amount)} {currency}" if is_number(amount) and isinstance(currency, str) else None


def _unit(place: str) -> str:
    """The unit that a key ends with."""
    return _UNITS.get(place.rpartition("/")[2].rpartition("_")[2], "")


def _is_code(place: str) -> bool:
    return place.removesuffix("/" + ITEM).rpartition("/")[2] in _CODE or shape(place) == "slug"


_SHAPES: dict[str, Callable[[Mapping[Any, Any]], str | None]] = {"rate": _rate, "money": _money}
"""The definitions of the schema that are told in one line."""

_CODE = ("path", "paths", "symbol", "rules", "public", "generated", "fields")
"""Keys whose texts stand for themselves."""

_MEASURED = "/monitoring/slis/*/for"
"""Where a figure of the SLA is named by its key."""

_DEADLINES = ("expires", "until", "due", "sunset")
"""Keys of days on which something ends."""

_UNITS = {"percent": " %", "ms": " ms", "minutes": " minutes"}
