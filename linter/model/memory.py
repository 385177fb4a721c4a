"""What was computed before, known again by content: a run without a memory says the same, later."""

from typing import Any, Protocol


class Memory(Protocol):
    """Values by their kind and by the id of the content that they were computed from.

    A value is made of None, truth values, numbers, texts, lists, tuples and dicts with texts for keys. Tuples may come
    back as lists, and anything may come back where somebody else kept it.
    """

    def __hash__(self) -> int: ...

    def recall(self, kind: str, key: str) -> Any:
        """What was kept; None where nothing is known."""

    def keep(self, kind: str, key: str, value: Any) -> None:
        """Keep a value, which is not None, for later runs."""


class RunMemory:
    """Knows what the same run computed, and leaves nothing to later ones."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def recall(self, kind: str, key: str) -> Any:
        return self._known.get((kind, key))

    def keep(self, kind: str, key: str, value: Any) -> None:
        self._known[kind, key] = value


class NoMemory:
    """Knows nothing and keeps nothing."""

    def recall(self, kind: str, key: str) -> Any:  # noqa: ARG002
        return None

    def keep(self, kind: str, key: str, value: Any) -> None:
        """Forget it."""


NO_MEMORY = NoMemory()
