"""What would put a finding right: one change in one file."""

from typing import Any, NamedTuple

from linter.model.finding import Span
from linter.model.quote import quoted


class Put(NamedTuple):
    """Give the place at `pointer` of a review file another value."""

    pointer: str
    value: Any

    @property
    def in_words(self) -> str:
        if isinstance(self.value, str):
            return f"now {quoted(self.value)}"
        return f"now {str(self.value).lower() if isinstance(self.value, bool) else self.value}"


class Rename(NamedTuple):
    """Give the key at `pointer` of a review file another name."""

    pointer: str
    key: str

    @property
    def in_words(self) -> str:
        return f"renamed to {self.key}"


class Remove(NamedTuple):
    """Take away the entry at `pointer` of a review file."""

    pointer: str

    @property
    def in_words(self) -> str:
        return "taken away"


class Cut(NamedTuple):
    """Take away an inline ignore of a source file, which stands at `span`; or, where it names others too, `codes`."""

    span: Span
    codes: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        return f"{', '.join(self.codes)} taken away" if self.codes else "taken away"


Edit = Put | Rename | Remove | Cut


class Rewrite(NamedTuple):
    """A file of the repository with another content."""

    path: str
    old: bytes
    new: bytes
