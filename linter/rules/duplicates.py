"""RL808: functions that are there already."""

from collections.abc import Iterator

from linter.model.duplicates import Copy
from linter.model.finding import Location, Position, Severity, Span
from linter.model.rule import Fix, Hit, rule


@rule("RL808", "duplicate-function", Severity.WARNING, Copy, Fix.SUGGEST)
def duplicate_function(copy: Copy) -> Iterator[Hit]:
    """What it checks:
        That no new function of six statements and more repeats another one of the repository.

        Two functions are the same when nothing but names and literals differ: their syntax trees are equal when every
        name counts by where else it stands, and every literal by its type. Layout, comments, docstrings, annotations
        and decorators do not count. Statements count at every depth. A function that moves or is renamed is not new;
        tests and generated files are neither judged nor searched.

    Why it matters:
        What is written twice is mended once. The second one keeps the fault, and the next reader has to find out
        whether the two differ on purpose.

    Example:
        A new `load_users` of eight statements that is `load_groups` with another table.

    Remedy:
        Call the one that is there, with what differs as parameters, or move it to where both can use it. What is alike
        by chance and will grow apart may say so: `# review-lint: ignore[RL808] why it has to be so`.

    Options:
        The configuration's `exclude`; in REVIEW.yaml `simplicity.generated` and `preparation.unit_tests.paths`. With
        `simplicity.mode: advice` this rule never blocks.
    """
    location = Location(copy.path, Span(Position(copy.metrics.line, copy.metrics.column)), symbol=copy.metrics.symbol)
    hint = f"use `{copy.original.symbol}`, with what differs as parameters, or move it to where both can use it"
    yield Hit(_message(copy), location, hint, data=_facts(copy))


def _message(copy: Copy) -> str:
    more = f", one of {copy.copies} such functions" if copy.copies > 2 else ""
    place = f"`{copy.original.symbol}` in {copy.original_path}:{copy.original.line}{more}"
    same = f"{copy.statements} statements are equal but for names and literals"
    return f"`{copy.metrics.symbol}` repeats {place}: {same}"


def _facts(copy: Copy) -> dict[str, object]:
    return {
        "statements": copy.statements,
        "copies": copy.copies,
        "original_path": copy.original_path,
        "original_symbol": copy.original.symbol,
        "original_line": copy.original.line,
    }
