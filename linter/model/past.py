"""What rules learn about a repository's past."""

from typing import NamedTuple

from linter.model.review import Review


class Diagram(NamedTuple):
    """The architecture diagram at `path` that a review file names, and the names of its dependencies `now` and `then`,
    at the commit that changed the diagram last.

    `commit` is None where git cannot tell which one that was; then `is_shallow` says whether history is cut off.
    """

    review: Review
    path: str
    now: frozenset[str]
    then: frozenset[str] = frozenset()
    commit: str | None = None
    is_shallow: bool = False


class Releases(NamedTuple):
    """The days (YYYY-MM-DD) on which a product with a `release_cadence` was released until today, sorted, each once.

    `is_shallow`: history is cut off, so that there may be more.
    """

    review: Review
    days: tuple[str, ...]
    is_shallow: bool = False
