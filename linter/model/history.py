"""What the few rules that ask about the past may ask."""

from typing import NamedTuple, Protocol


class Tag(NamedTuple):
    """A tag and the day (YYYY-MM-DD) of the commit that it names."""

    name: str
    day: str


class History(Protocol):
    """The commits behind a snapshot, newest first. In a shallow clone answers may be unknown: `is_shallow` says so."""

    @property
    def is_shallow(self) -> bool: ...

    def has_commit(self, name: str) -> bool:
        """Whether the repository has a commit of that (possibly abbreviated) object id."""

    def last_change(self, path: str) -> str | None:
        """The object id of the last commit that changed `path`; None where none did or none is known."""

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        """The object ids of the last `count` commits that changed `path`. Of the one that a shallow clone ends with it
        may only seem so.
        """

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        """The content of `path` in a commit, None where it has none."""

    def tags(self) -> tuple[Tag, ...]:
        """All tags, sorted by day."""
