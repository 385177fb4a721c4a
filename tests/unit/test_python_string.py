"""Where f-strings end, whatever stands in them."""

import ast
import sys

import pytest

from linter.adapters.python.string import formatted_end

ENDING = [
    "f''",
    "f'a'",
    'F"""a"b""c"""',
    "f'{a}'",
    "f'{{'",
    "f'}}{a}{{'",
    "f'\\'{a}'",
    "f'\\N{BULLET}{a}'",
    "rf'\\N{a}\\''",
    "fr'\\{a}\\''",
    "f'{a!r:>{b}}'",
    "f'{a:%H:%M}'",
    "f'{ {1: 2}[1] }'",
    "f'{(lambda: 1)()}'",
    "f'{a[\"b\"]}'",
    "f'''{\na\n}'''",
]

NESTED = [
    "f'{a['b']}'",
    "f'{f'{f'{1}'}'}'",
    "f'{'}'}'",
    "f'{a  # '}\n}'",
    "f'{a:{'>'}{b}}'",
    "f'{x:{ {1: 2}[1] }}'",
    "f'{rf'\\{a['b']}'}'",
]


@pytest.mark.parametrize("literal", ENDING + NESTED)
def test_a_literal_ends_where_its_quote_closes(literal: str) -> None:
    assert formatted_end("x = " + literal + "+ y'z'", 4) == 4 + len(literal)


@pytest.mark.parametrize("literal", ENDING if sys.version_info < (3, 12) else ENDING + NESTED)
def test_the_cases_are_python(literal: str) -> None:
    assert isinstance(ast.parse(literal, mode="eval").body, ast.JoinedStr)


@pytest.mark.parametrize(
    "text", ["f'", "f'{", "f'{a", "f'{a:", "f'{a'", "f'a\n'", "f'{a[''b'", "f'{" * 9000, "f'{(" + "(" * 9000]
)
def test_a_literal_without_end_has_none(text: str) -> None:
    assert formatted_end(text, 0) is None


def test_what_is_no_formatted_literal_has_no_end() -> None:
    assert formatted_end("'a'", 0) is None
