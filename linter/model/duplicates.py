"""Functions that repeat others."""

from typing import NamedTuple

from linter.model.metrics import FunctionMetrics

LEAST_STATEMENTS = 6
"""Functions with fewer statements are repeated for good reasons."""


class Outline(NamedTuple):
    """What a function looks like roughly, and where its text begins and ends: indices into the text of its file."""

    start: int
    end: int
    letters: str


class Likeness(NamedTuple):
    """What of a function is compared: `digest` is equal where nothing but names and literals differ; `statements`
    counts them at every depth, the docstring aside; `outline` has a letter for most of them and for further branches.
    """

    digest: str
    statements: int
    outline: str

    def may_be(self, rough: Outline, lines: int) -> bool:
        """Whether a rough outline could be that of an equal function of about as many lines: it has all letters in
        their order, and not many more than the function has lines.
        """
        most = lines + lines // 4 + 4
        return len(self.outline) <= len(rough.letters) <= most and _is_subsequence(self.outline, rough.letters)


class Copy(NamedTuple):
    """A new function of a change that repeats another one of the tree; `copies` counts all of them, this one too."""

    path: str
    metrics: FunctionMetrics
    statements: int
    original_path: str
    original: FunctionMetrics
    copies: int


def _is_subsequence(wanted: str, found: str) -> bool:
    rest = iter(found)
    return all(letter in rest for letter in wanted)
