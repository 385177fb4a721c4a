"""What differs between two versions of a review file, at the innermost places; list items are matched by name."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from linter.model.pointer import join
from linter.model.schema import ITEM

NOT_APPLICABLE = "not_applicable"


class Absence(Enum):
    """That there is no value; null is one."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return self.value


ABSENT = Absence.ABSENT


class Difference(NamedTuple):
    """One place where two versions differ.

    `pointer` leads to it in the new version, or to the place where it would be; that of an item which is gone leads to
    its list. `keys` are the keys on the way, `names` the same with list items as they are named; in `keys` an item is
    ITEM. Two equal sets of items in another order are one difference at their list.
    """

    pointer: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    before: Any
    after: Any

    @property
    def pattern(self) -> str:
        """The pointer with ITEM for every index."""
        return join("", *self.keys)

    @property
    def name(self) -> str:
        """The place as people write it: `quality.alerts[Down].severity`."""
        parts = zip(self.keys, self.names, strict=True)
        return "".join(f"[{name}]" if key == ITEM else f".{name}" for key, name in parts).lstrip(".")


def differences(before: Any, after: Any) -> Iterator[Difference]:
    """Where two values differ. What one of them has not at all is one difference, whatever stands below.

    A value that gives way to `not_applicable` is one difference, at that key.
    """
    return _between(Difference("", (), (), before, after))


def _between(both: Difference) -> Iterator[Difference]:
    before, after = both.before, both.after
    if _is_waived(after) and not _is_waived(before):
        yield _below(both, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, (ABSENT, after[NOT_APPLICABLE]))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            pair = before.get(key, ABSENT), after.get(key, ABSENT)
            yield from _between(_below(both, key, key, key, pair))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _between_lists(both)
    elif not _is_same(before, after):
        yield both


def _between_lists(both: Difference) -> Iterator[Difference]:
    old, new = _named(both.before), _named(both.after)
    places = {name: index for index, name in enumerate(new)}
    for name in dict.fromkeys((*old, *new)):
        pair = old.get(name, ABSENT), new.get(name, ABSENT)
        below = _below(both, places.get(name, ""), ITEM, name, pair)
        yield from _between(below if name in places else below._replace(pointer=both.pointer))
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield both


def _below(both: Difference, step: str | int, key: str, name: str, pair: tuple[Any, Any]) -> Difference:
    return Difference(join(both.pointer, step), (*both.keys, key), (*both.names, name), *pair)


def _is_waived(value: Any) -> bool:
    return isinstance(value, dict) and NOT_APPLICABLE in value


def _is_same(one: Any, other: Any) -> bool:
    """1 and 1.0 are the same number, .nan is .nan; true is no number, although Python says so."""
    is_equal = one == other or (one != one and other != other)  # noqa: PLR0124
    return bool(is_equal) and isinstance(one, bool) == isinstance(other, bool)


_IDENTITIES = (
    ("id",),
    ("name",),
    ("symbol", "path", "metric"),
    ("percentile", "operation"),
    ("paths",),
    ("channel", "where"),
    ("sections", "role", "by", "signed_on"),
    ("what",),
    ("learned",),
)
"""The keys that tell the items of the format's lists from one another; the first of each group has to be there."""


def _named(items: Sequence[Any]) -> Mapping[str, Any]:
    """The items by what names them; a name that comes again is numbered."""
    named: dict[str, Any] = {}
    for item in items:
        name, count = _identity(item), 1
        while (key := name if count == 1 else f"{name} #{count}") in named:
            count += 1
        named[key] = item
    return named


def _identity(item: Any) -> str:
    if not isinstance(item, dict):
        return item if isinstance(item, str) else repr(item)
    keys = next((keys for keys in _IDENTITIES if keys[0] in item), tuple(sorted(item)))
    return " ".join(_shown(item[key]) for key in keys if key in item)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
