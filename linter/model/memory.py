"""What was computed before, known again by content: a run without a memory says the same, later."""

from typing import Any, Protocol


class Memory(Protocol):
    """Values by their kind and by the id of the content that they were computed from.

    A value is made of None, truth values, numbers, texts, bytes, tuples, lists and dicts alone.
    """

    def recall(self, kind: str, key: str) -> Any:
        """What was kept; None where nothing is known."""

    def keep(self, kind: str, key: str, value: Any) -> None:
        """Keep a value, which is not None, for later runs."""


class NoMemory:
    """Knows nothing and keeps nothing."""

    def recall(self, kind: str, key: str) -> Any:  # noqa: ARG002
        return None

    def keep(self, kind: str, key: str, value: Any) -> None:
        """Forget it."""


NO_MEMORY = NoMemory()
