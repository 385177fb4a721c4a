"""Valid YAML files as people write them: every value in one of its styles, comments and empty lines anywhere."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st

NAMES = st.sampled_from(["a", "be", "x-own", "on", "1.10", "has space", "it's", "ключ", "k/e~y", "#hash", "-", "[x"])
TEXTS = st.one_of(
    st.sampled_from(
        ["", "plain", "two words", "yes", "1:30", "# no", "a: b", "- x", "it's", '"q"', "tab\tin", "é\u00a0x"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x85\u2028\u2029\ufeff"), max_size=8),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from([0.5, 1.0, 1e300, -0.0]), TEXTS)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=4)


class Messy(NamedTuple):
    """A file and what it says."""

    content: bytes
    data: Any


@st.composite
def messy_files(draw: st.DrawFn) -> Messy:
    """A mapping in any style, with LF, CR LF or CR, with or without a mark and a line break at its ends."""
    data = draw(MAPPINGS)
    pen = _Pen(draw)
    lines = pen.block(data) if draw(st.integers(0, 9)) else [pen.flow(data)]
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = newline.join([*pen.noise(0), *lines, *pen.noise(0)])
    end = draw(st.sampled_from([newline, "", newline * 3]))
    mark = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    return Messy(mark + (text + end).encode(), data)


class _Pen:
    """Writes values in styles that are drawn."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def noise(self, column: int) -> list[str]:
        """Sometimes a comment or an empty line."""
        kind = self._draw(st.integers(0, 9))
        return [[" " * column + "# note: [x]"], [""], ["", "  # 'odd"]][kind] if kind < 3 else []

    def beside(self) -> str:
        return self._draw(st.sampled_from(["", "", "", "  # beside", " "]))

    def block(self, value: Mapping[str, Any] | list[Any]) -> list[str]:
        lines: list[str] = []
        members = value.items() if isinstance(value, dict) else [(None, item) for item in value]
        for key, inner in members:
            lines += [*self.noise(0), *self._member("-" if key is None else self._key(key) + ":", inner, key is None)]
        return lines

    def _member(self, head: str, value: Any, is_item: bool) -> list[str]:
        if not isinstance(value, dict | list) or not value or self._draw(st.booleans()):
            return [f"{head} {self.flow(value)}{self.beside()}"]
        inner = self.block(value)
        if is_item and _is_member(inner[0]) and self._draw(st.booleans()):
            width = self._draw(st.integers(1, 3))
            return [f"-{' ' * width}{inner[0]}", *_indented(inner[1:], width + 1)]
        least = 0 if isinstance(value, list) and not is_item else 1
        width = self._draw(st.integers(least, 4))
        return [head + self.beside(), *_indented(inner, width)]

    def flow(self, value: Any) -> str:
        """A value in one line, perhaps with odd spaces and a comma at the end."""
        if not isinstance(value, dict | list):
            return self._scalar(value)
        space, comma = self._draw(st.sampled_from(["", " "])), self._draw(st.sampled_from(["", ","]))
        if isinstance(value, list):
            inner = f",{space or ' '}".join(self.flow(item) for item in value)
            return f"[{space}{inner}{comma if value else ''}{space}]"
        inner = f"{space}, ".join(f"{self._key(key)}: {self.flow(item)}" for key, item in value.items())
        return f"{{{space}{inner}{comma if value else ''}{space}}}"

    def _key(self, key: str) -> str:
        return key if key in ("a", "be", "x-own", "on", "ключ", "has space") else self._quoted(key)

    def _scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return "null" if value is None else repr(value).lower()
        return value if value in ("plain", "two words", "yes") else self._quoted(value)

    def _quoted(self, text: str) -> str:
        if text.isprintable() and self._draw(st.booleans()):
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in escaped) + '"'


def _indented(lines: list[str], width: int) -> list[str]:
    return [" " * width * bool(line) + line for line in lines]


def _is_member(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    return bool(line) and not line.lstrip().startswith("#")
