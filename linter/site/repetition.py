"""How much of a drawing a browser draws: parts that others use are drawn again with each of them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

_USED = re.compile(r"url\(\s*[\"']?#([^\"')]*)")


class Repetition:
    """Counts the elements of a drawing while it is read."""

    def __init__(self) -> None:
        self._around = [""]
        self._elements: Counter[str] = Counter()
        self._parts: dict[str, Counter[str]] = {}
        self._drawn: dict[str, int] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        around = self._around[-1]
        self._elements[around] += 1
        parts = self._parts.setdefault(around, Counter())
        parts.update(_used(name, attributes))
        identity = attributes.get("id", "")
        if identity and identity != around:
            parts[identity] += 1
        self._around.append(identity or around)

    def end(self) -> None:
        self._around.pop()

    def drawn(self, part: str = "") -> int:
        """Elements of the whole or of the part with that id, each as often as it is drawn. Raises ValueError for a part
        that is in itself, RecursionError for an endless chain of them.
        """
        if part not in self._drawn:
            self._drawn[part] = -1
            inner = self._parts.get(part, {}).items()
            self._drawn[part] = self._elements[part] + sum(times * self.drawn(one) for one, times in inner)
        if self._drawn[part] < 0:
            raise ValueError
        return self._drawn[part]


def _used(name: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """The ids of what an element is drawn with."""
    for key, value in attributes.items():
        if key.endswith("href") and name.endswith("use") and value.strip().startswith("#"):
            yield value.strip()[1:]
        else:
            yield from _USED.findall(value)
