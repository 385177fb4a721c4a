"""How far long work has come."""

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def untold(_done: int, _total: int) -> None:
    """Tell nobody."""
