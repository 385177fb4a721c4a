"""RL302: code that is changed without a test."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.quote import listed, named
from linter.model.rule import Hit, rule
from linter.model.untested import UntestedChange

MOST_NAMED = 3
"""So many functions are named in the message."""


@rule("RL302", "change-untested", Severity.ADVICE, UntestedChange)
def change_untested(change: UntestedChange) -> Iterator[Hit]:
    """What it checks:
        That a change which adds or changes Python functions also adds or changes a test. Each review file is looked at
        for itself: the code that it covers, and the tests that its `preparation.unit_tests.paths` names.

        A function counts when it has a line that was in none of the changed files before. What is moved or removed does
        not count, nor do comments, generated files, and what stands outside of functions, such as a version number.

    Why it matters:
        A test is easiest to write while the change is fresh, and shows what the change is for. What is changed without
        one is changed again by the next reader without knowing what broke.

    Example:
        The change adds three lines to `orders/pricing.py`, and nothing below `tests/`.

    Remedy:
        Change or add a test that fails without the change. Where existing tests cover it, nothing is to be done: this
        is advice.

    Options:
        Only change-based runs ask for it; `ignore` in the configuration switches it off.
    """
    count = len(change.functions)
    names = [named(f"{function.path}: {function.symbol}") for function in change.functions[:MOST_NAMED]]
    rest = [f"{count - MOST_NAMED} more"] if count > MOST_NAMED else []
    functions = "a function is" if count == 1 else f"{count} functions are"
    message = f"{functions} changed and no test is: {listed([*names, *rest])}"
    hint = "change or add a test that fails without this, unless one is there already"
    yield Hit(message, change.review.at("/preparation/unit_tests", key=True), hint, data={"functions": count})
