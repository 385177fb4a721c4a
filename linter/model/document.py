"""A REVIEW.yaml as it was read: its text, its value, and where every key and value stands in the text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.model.finding import NO_DATA, TOP, Span
from linter.model.pointer import join, parent

FILE_NAME = "REVIEW.yaml"

MAX_BYTES = 256 * 1024
"""A longer review file is not read."""

PLACEHOLDER = "TODO"
"""What a text begins with that `init` leaves to a person; in a handle it follows the @."""


class Mark(NamedTuple):
    """Where a value stands, and its key where it has one. `plain` is the source text of an unquoted scalar."""

    value: Span
    key: Span | None = None
    plain: str | None = None


class Problem(NamedTuple):
    """Something that an adapter could not read or that does not fit the schema; a rule makes a finding of it.

    `rule` is the code of that rule. `pointer` addresses the value concerned (for an unknown key the key, for a missing
    one the missing key). `span` is where a person should look.
    """

    rule: str
    message: str
    span: Span
    pointer: str = ""
    hint: str | None = None
    fixable: bool = False
    data: Mapping[str, Any] = NO_DATA


class Document(NamedTuple):
    """One review file. `data` is None and `marks` empty when it could not be read; `problems` then says why.

    `marks` maps JSON pointers to places; `folder` is what the file's paths are relative to ("" for the root).
    `supposed` are the pointers of values that are judged instead of the file's own.
    """

    path: str
    text: str = ""
    data: Any = None
    marks: Mapping[str, Mark] = NO_DATA
    problems: tuple[Problem, ...] = ()
    supposed: frozenset[str] = frozenset()

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def is_readable(self) -> bool:
        """Whether the content means what this release takes it for: in a newer format it may mean something else."""
        is_newer = any(problem.rule == "RL010" and not problem.fixable for problem in self.problems)
        return isinstance(self.data, dict) and not is_newer

    def span(self, pointer: str, key: bool = False) -> Span:
        """Where the value at `pointer` (or its key) stands; for what is not there, where its parent's key stands."""
        mark = self.marks.get(pointer)
        if mark is None:
            return self.span(parent(pointer), key=True) if pointer else TOP
        if not pointer:
            return TOP
        return mark.key or mark.value if key else mark.value

    def section(self, name: str) -> Mapping[str, Any]:
        """The section or object of that name, empty when it is absent or something else."""
        value = self.data.get(name) if isinstance(self.data, dict) else None
        return value if isinstance(value, dict) else {}

    def status(self, pointer: str) -> str:
        """The status of the section that holds `pointer`: draft, proposed or adopted. Whoever asks what the file would
        owe if it said something else asks for every section.
        """
        if self.supposed:
            return "adopted"
        section = self.section(pointer.split("/")[1]) if pointer else {}
        status = section.get("status")
        return status if status in ("draft", "proposed") else "adopted"

    def marked(self, pointer: str, *keys: str | int) -> bool:
        """Whether the text has a value at `pointer` and the keys below it."""
        return join(pointer, *keys) in self.marks
