"""Did-you-mean finds what a person would find, and nothing where nobody would guess."""

import pytest

from linter.model.words import MAX_LENGTH, closest

KEYS = ("select", "ignore", "severity", "per-path-ignore", "exclude", "fail-on")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("selct", ("select",)),
        ("slect", ("select",)),
        ("selcet", ("select",)),
        ("SELECT", ("select",)),
        ("fail_on", ("fail-on",)),
        ("ignored", ("ignore",)),
        ("select", ("select",)),
        ("zzz", ()),
        ("", ()),
        ("x" * 10_000, ()),
        ("s" * MAX_LENGTH, ()),
    ],
)
def test_closest_word(word: str, expected: tuple[str, ...]) -> None:
    assert closest(word, KEYS) == expected


def test_all_words_at_the_least_distance_are_named_sorted() -> None:
    assert closest("bat", ("rat", "cat", "dog", "brats")) == ("cat", "rat")


def test_swapped_neighbours_are_one_mistake() -> None:
    assert closest("teir", ("tier", "team")) == ("tier",)
