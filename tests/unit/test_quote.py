"""Text of linted files inside messages."""

import pytest

from linter.model.quote import LONGEST, listed, named, quoted, some


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("orders", '"orders"'),
        ("", '""'),
        ("größer", '"größer"'),
        ("a\nb\x1b[31m", '"a\\nb\\x1b[31m"'),
        ("\u202eevil\u2028", '"\\u202eevil\\u2028"'),
        ("x" * LONGEST, f'"{"x" * LONGEST}"'),
        ("x" * (LONGEST + 1), f'"{"x" * (LONGEST - 1)}…"'),
    ],
)
def test_quoted_text_is_short_and_visible(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_names_stand_in_backticks() -> None:
    assert named("team") == "`team`"


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_lists_read_like_sentences(words: list[str], expected: str) -> None:
    assert listed(words, "or") == expected


def test_of_many_words_the_first_are_listed_and_the_others_counted() -> None:
    assert some(["a", "b", "c"], 2) == "a, b and c"
    assert some(["a", "b", "c", "d"], 2) == "a, b and 2 more"
