"""Code that a change brings without a test."""

from typing import NamedTuple

from linter.model.review import Review


class UntestedFunction(NamedTuple):
    """A function that the change adds or whose text it changes."""

    path: str
    symbol: str


class UntestedChange(NamedTuple):
    """What a change does to the code of one review file, none of whose tests it touches; in the order of the text."""

    review: Review
    functions: tuple[UntestedFunction, ...]
