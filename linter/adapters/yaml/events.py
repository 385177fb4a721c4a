"""The door to PyYAML: its event stream, which does not recurse, in this project's own values.

Always the pure loader: the one in C ends the process on 30,000 nested brackets (PyYAML 6.0.3), and the two accept
different files.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from linter.adapters.yaml.faults import Complaint, explain
from linter.adapters.yaml.text import YamlError
from linter.model.finding import Position, Span


class Kind(Enum):
    """What begins or ends with an event."""

    DOCUMENT = "document"
    SCALAR = "scalar"
    LIST = "list"
    MAPPING = "mapping"
    ALIAS = "alias"
    END = "end"


class Event(NamedTuple):
    """One event. `text` is a scalar's value as text, `is_plain` says that it has no quotes.

    `span` is the value's place, for a list or mapping that of its beginning, for END that of what closes it.
    `anchor` is also the name that an alias refers to.
    """

    kind: Kind
    span: Span
    text: str = ""
    is_plain: bool = False
    anchor: str | None = None
    tag: str | None = None


def events(text: str) -> Iterator[Event]:
    """The events of a text that `yaml_text.decode` has let through. Raises YamlError for bad syntax."""
    try:
        loader = _Loader(text)
        while (event := loader.get_event()) is not None:  # type: ignore[no-untyped-call]
            own = _own(event, text)
            if own is not None:
                yield own
    except yaml.MarkedYAMLError as error:
        raise _fault(text, error) from error
    # `chr()` and `int()` of PyYAML's scanner meet numbers of any size (PyYAML 6.0.3).
    except (ValueError, OverflowError) as error:
        start = Position(loader.line + 1, loader.column + 1)
        raise YamlError("a number that is out of range", Span(start), "write the character itself") from error


def yaml11_type(plain: str) -> str:
    """What YAML 1.1 readers take a plain scalar for: bool, int, float, null, timestamp, merge, value or str."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, plain, (True, False))  # type: ignore[no-untyped-call]
    return str(tag).rpartition(":")[2]


class _Loader(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def scan_plain(self) -> Any:
        """A question mark ends no text in brackets since YAML 1.2, as in `[https://example.org/?page=1]`; for PyYAML
        6.0.3 it still does.
        """
        if not self.flow_level:
            return super().scan_plain()
        self.peek = self._peek_past_question_marks  # type: ignore[method-assign]
        try:
            return super().scan_plain()
        finally:
            del self.peek

    def _peek_past_question_marks(self, index: int = 0) -> str:
        character: str = Reader.peek(self, index)
        return "_" if character == "?" else character


_RESOLVER = Resolver()
_STARTS = {yaml.SequenceStartEvent: Kind.LIST, yaml.MappingStartEvent: Kind.MAPPING}


def _own(event: Any, text: str) -> Event | None:
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, text)
    kind = _STARTS.get(type(event))
    if kind:
        return Event(kind, _span(event), anchor=event.anchor, tag=event.tag)
    if isinstance(event, yaml.CollectionEndEvent):
        return Event(Kind.END, _span(event))
    if isinstance(event, yaml.AliasEvent):
        return Event(Kind.ALIAS, _span(event), anchor=event.anchor)
    return Event(Kind.DOCUMENT, _span(event)) if isinstance(event, yaml.DocumentStartEvent) else None


def _scalar(event: Any, text: str) -> Event:
    if any("\ud800" <= char <= "\udfff" for char in event.value):
        raise YamlError("an escape that is half a character", _span(event), "write the character itself")
    span = _block_span(event, text) if event.style in ("|", ">") else _span(event)
    return Event(Kind.SCALAR, span, event.value, event.style is None, event.anchor, event.tag)


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(Position(start.line + 1, start.column + 1), Position(end.line + 1, end.column + 1))


def _block_span(event: Any, text: str) -> Span:
    """PyYAML ends a block scalar where the next thing begins; this ends it with its last visible character."""
    lines = text[event.start_mark.index : event.end_mark.index].rstrip().splitlines()
    start = _span(event).start
    offset = start.column if len(lines) == 1 else 1
    return Span(start, Position(start.line + len(lines) - 1, offset + len(lines[-1])))


def _fault(text: str, error: Any) -> YamlError:
    place = error.problem_mark or error.context_mark
    context = error.context_mark and error.context_mark.index
    return explain(text, Complaint(error.problem or "", error.context or "", place.index, context))
