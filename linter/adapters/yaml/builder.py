"""From the YAML events of one document to its value and the places of its parts, without recursion."""

from typing import Any, NamedTuple

from linter.adapters.yaml.events import Event, Kind
from linter.adapters.yaml.text import YamlBoundError, YamlError
from linter.adapters.yaml.values import resolve
from linter.model.document import MAX_BYTES, Mark, Problem
from linter.model.finding import Position, Span
from linter.model.pointer import join
from linter.model.quote import named, shown

MAX_DEPTH = 32
MAX_VALUES = 20_000

# Keys of a thousand characters around a long list would make gigabytes of pointers out of one small file.
_MAX_POINTERS = 4 * 2**20

# A text weighs as much as a value for every so many characters. Only aliases can make a file heavier than this.
_LIGHT_TEXT = 64
_MAX_WEIGHT = MAX_VALUES + MAX_BYTES // _LIGHT_TEXT
_TOO_MUCH = "keep long material in files of its own and name them as evidence"

_STANDARD_TAG = "tag:yaml.org,2002:"
_STRING_TAGS = ("!", _STANDARD_TAG + "str")
_MERGE = "<<"


class Builder:
    """Takes events; holds the document's value (`data`), `marks` by JSON pointer, and `problems` (RL002, RL004).

    What a review file must not have is a problem, but it is read as other YAML readers read it, so that one mistake has
    no others in its train: aliases and merge keys have the value of their anchor (the number of values stays bounded).
    Of duplicate keys the first counts. What an alias or a merge key brings in has no marks of its own.
    """

    def __init__(self) -> None:
        self.data: Any = None
        self.marks: dict[str, Mark] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._anchors: dict[str, _Anchored] = {}
        self._values = 0
        self._weight = 0
        self._pointers = 0
        self._end: Position | None = None  # of what was read last; PyYAML ends a block where the next thing begins

    def take(self, event: Event) -> None:
        """Take the next event. Raises YamlError for a key that is no text and for what exceeds the bounds."""
        if event.kind is Kind.END:
            self._close(event)
            return
        self._values += 1
        self._weigh(_weight(event.text), event)
        if self._values > MAX_VALUES:
            raise YamlBoundError(f"more than {MAX_VALUES:,} keys and values", event.span, _TOO_MUCH)
        self._end = event.span.end
        frame = self._stack[-1] if self._stack else None
        if frame and frame.awaits_key:
            self._take_key(frame, event)
        elif event.kind in (Kind.LIST, Kind.MAPPING):
            self._open(frame, event)
        elif event.kind is Kind.ALIAS:
            self._take_alias(frame, event)
        else:
            self._take_scalar(frame, event)

    def _take_key(self, frame: "_Frame", event: Event) -> None:
        if event.kind is not Kind.SCALAR:
            hint = "write `key: value`, and put a key that begins with [ { or * in quotes"
            raise YamlError("a key that is not a text", event.span, hint)
        pointer = join(frame.pointer, event.text)
        self._refuse_properties(event, pointer)
        first = frame.keys.setdefault(event.text, event.span)
        frame.begin_pair(event, is_repeated=first is not event.span)
        if frame.is_merging:
            self._refuse("a merge key (`<<`)", event, pointer, "write out the keys that it brings in")
        elif first is not event.span:
            message = (
                f"the key {named(event.text)} stands here and in line {first.start.line}, column {first.start.column}"
            )
            hint = "keep one of the two; until then the first one counts"
            self.problems.append(Problem("RL002", message, event.span, pointer, hint))

    def _open(self, frame: "_Frame | None", event: Event) -> None:
        if len(self._stack) == MAX_DEPTH:
            raise _too_deep(event)
        value: Any = {} if event.kind is Kind.MAPPING else []
        pointer = self._place(frame, event, value)
        self._stack.append(_Frame(value, pointer, event, self._weight, is_kept=frame is None or frame.keeps_next))
        if frame:
            frame.end_pair()

    def _close(self, event: Event) -> None:
        frame = self._stack.pop()
        frame.merge()
        if event.span.start != event.span.end:
            self._end = event.span.end
        if frame.is_kept:
            mark = self.marks[frame.pointer]
            self.marks[frame.pointer] = mark._replace(value=Span(mark.value.start, self._end))
        weight = self._weight - frame.weight_before
        self._remember(frame.anchor, _Anchored(frame.value, weight, frame.height))
        if self._stack:
            self._stack[-1].grow(frame.height)

    def _take_alias(self, frame: "_Frame | None", event: Event) -> None:
        anchored = self._anchors.get(event.anchor or "", _Anchored(None, 0, 0))
        if len(self._stack) + anchored.height > MAX_DEPTH:
            raise _too_deep(event)
        self._weigh(anchored.weight, event)
        is_merged = frame is not None and frame.is_merging
        pointer = self._place(frame, event, anchored.value)
        if not is_merged:
            name = shown(event.anchor or "")
            hint = f"write out what stands at &{name}; a text that begins with * needs quotes"
            self._refuse(f"an alias (*{name})", event, pointer, hint)
        if frame:
            frame.grow(anchored.height)
            frame.end_pair()

    def _take_scalar(self, frame: "_Frame | None", event: Event) -> None:
        is_text = not event.is_plain or event.tag in _STRING_TAGS
        value = event.text if is_text else resolve(event.text)
        self._place(frame, event, value)
        self._remember(event.anchor, _Anchored(value, _weight(event.text), 0))
        if frame:
            frame.end_pair()

    def _place(self, frame: "_Frame | None", event: Event, value: Any) -> str:
        """Put the value where it belongs and say where that is."""
        pointer, key_span = "", None
        if frame is None:
            self.data = value
        else:
            pointer, key_span = frame.next_pointer(), frame.key_span
            frame.add(value)
        if frame is None or frame.keeps_next:
            self._mark(pointer, Mark(event.span, key_span, event.text if event.is_plain else None))
        if event.kind is not Kind.ALIAS:
            self._refuse_properties(event, pointer)
        return pointer

    def _mark(self, pointer: str, mark: Mark) -> None:
        self._pointers += len(pointer)
        if self._pointers > _MAX_POINTERS:
            raise YamlBoundError("too much below keys that are too long", mark.value, "shorten the keys")
        self.marks[pointer] = mark

    def _weigh(self, weight: int, event: Event) -> None:
        self._weight += weight
        if self._weight > _MAX_WEIGHT:
            raise YamlBoundError("aliases that stand for too much", event.span, _TOO_MUCH)

    def _remember(self, anchor: str | None, anchored: "_Anchored") -> None:
        if anchor:
            self._anchors[anchor] = anchored

    def _refuse_properties(self, event: Event, pointer: str) -> None:
        if event.anchor:
            hint = f"remove it, and write out every *{shown(event.anchor)}; a text that begins with & needs quotes"
            self._refuse(f"an anchor (&{shown(event.anchor)})", event, pointer, hint)
        if event.tag:
            tag = event.tag.replace(_STANDARD_TAG, "!!")
            self._refuse(f"a tag ({shown(tag)})", event, pointer, "remove it; a text that begins with ! needs quotes")

    def _refuse(self, what: str, event: Event, pointer: str, hint: str) -> None:
        self.problems.append(Problem("RL004", f"{what} is not allowed", event.span, pointer, hint))


class _Anchored(NamedTuple):
    value: Any
    weight: int
    height: int


def _weight(text: str) -> int:
    return 1 + len(text) // _LIGHT_TEXT


def _too_deep(event: Event) -> YamlError:
    return YamlBoundError(f"more than {MAX_DEPTH} levels inside each other", event.span, "make the file flatter")


class _Frame:
    """A list or mapping that is still being filled; `key` and what goes with it belong to the pair at hand."""

    def __init__(self, value: Any, pointer: str, event: Event, weight: int, is_kept: bool) -> None:
        self.value = value
        self.pointer = pointer
        self.anchor = event.anchor
        self.weight_before = weight - 1
        self.is_kept = is_kept
        self.height = 1
        self.keys: dict[str, Span] = {}
        self.merged: list[Any] = []
        self.end_pair()

    @property
    def awaits_key(self) -> bool:
        return self.key is None and isinstance(self.value, dict)

    @property
    def keeps_next(self) -> bool:
        return self.is_kept and not self.is_repeated and not self.is_merging

    def begin_pair(self, event: Event, is_repeated: bool) -> None:
        self.key: str | None = event.text
        self.key_span: Span | None = event.span
        self.is_merging = event.is_plain and event.text == _MERGE
        self.is_repeated = is_repeated

    def end_pair(self) -> None:
        self.key = self.key_span = None
        self.is_merging = self.is_repeated = False

    def next_pointer(self) -> str:
        return join(self.pointer, len(self.value) if self.key is None else self.key)

    def add(self, value: Any) -> None:
        if self.is_merging:
            self.merged.append(value)
        elif self.key is None:
            self.value.append(value)
        elif not self.is_repeated:
            self.value[self.key] = value

    def grow(self, height: int) -> None:
        self.height = max(self.height, height + 1)

    def merge(self) -> None:
        """Add what the merge keys bring in; the mapping's own keys win."""
        for merged in self.merged:
            for mapping in merged if isinstance(merged, list) else [merged]:
                for key, value in mapping.items() if isinstance(mapping, dict) else ():
                    self.value.setdefault(key, value)
