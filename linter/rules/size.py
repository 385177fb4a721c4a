"""RL805: functions and files that a change makes too big."""

from collections.abc import Iterator

from linter.model.comparison import JudgedFunction, Standing
from linter.model.finding import Severity
from linter.model.metrics import COMPLEXITY
from linter.model.rule import Hit, rule
from linter.rules.judged import data, location, what, where


@rule("RL805", "too-big", Severity.WARNING, JudgedFunction)
def too_big(function: JudgedFunction) -> Iterator[Hit]:
    """What it checks:
        That no new function or file is above a limit of size, and none that was is getting bigger.

        There are four sizes: the lines of a function from `def` to its end, its parameters (without `self` and `cls`),
        how deep blocks stand within each other, and the lines of a file. Each is a finding of its own. What was above
        a limit already and rose by little is advice: by no more than the same share of the limit that
        `legacy_tolerance` is of the limit of complexity (2 of 15, which is 10 of 80 lines, 133 of 1000 lines and one
        parameter). As for complexity, code that was renamed or moved is recognised, with several bases only what is
        worse than in each of them counts, and the parts of a function or file that was split may together be as far
        above the limit as it was.

    Why it matters:
        What does not fit on a screen, or in one's head, is changed without being understood.

    Example:
        A new function of 120 lines, where the limit is 80.

    Remedy:
        Give a part that does one thing a function of its own, or a file of its own to what belongs together. Parameters
        that always travel together are often one value; nested blocks often become early returns.

    Options:
        In REVIEW.yaml: `simplicity.limits` with `function_lines` (80), `arguments` (8), `nesting` (5) and `file_lines`
        (1000), for tests `simplicity.test_limits` (150, 10, 5, 2000), `simplicity.overrides` for single paths,
        `simplicity.legacy_tolerance` (2). `simplicity.mode: absolute` speaks of everything above a limit, new or not;
        with `mode: advice` it never blocks. `simplicity.debt` lists what is known; the symbol of a file is `<module>`.
    """
    if function.metric != COMPLEXITY and (function.is_new or function.is_worse):
        severity = Severity.ADVICE if function.is_worse and function.is_tolerated else None
        yield Hit(_message(function), location(function), _hint(function), severity, data=data(function))


def _message(function: JudgedFunction) -> str:
    subject = "this file" if function.metric == "file_lines" else what(function.metrics)
    figure, limit = _FIGURE[function.metric].format(_number(function.value)), _number(function.limit)
    if function.is_worse and function.was is not None:
        return f"{subject} {figure}, before it was {_number(function.was)}; the limit is {limit}" + _origin(function)
    news = "is new and " if function.standing is Standing.NEW else ""
    return f"{subject} {news}{figure}; the limit is {limit}" + _origin(function)


def _origin(function: JudgedFunction) -> str:
    """Where it stood before, if that was elsewhere."""
    if function.split_from:
        return f". It was split from {where(function.split_from)}; together they are further above it than before"
    base = function.base
    if base is None or not function.is_worse or (base.path, base.metrics.symbol) == _place(function):
        return ""
    return f". Before, this was {where(base)}"


def _place(function: JudgedFunction) -> tuple[str, str]:
    return (function.path, function.metrics.symbol)


def _hint(function: JudgedFunction) -> str:
    was = 0 if function.is_new or function.was is None else function.was
    excess = function.value - max(function.limit, was)
    lines = f"{_number(excess)} line{'s' if excess > 1 else ''}"
    return _HINT[function.metric].format(lines if function.metric.endswith("lines") else _number(excess))


def _number(value: int) -> str:
    return f"{value:,}"


_FIGURE = {
    "function_lines": "has {} lines",
    "arguments": "takes {} arguments",
    "nesting": "nests blocks {} deep",
    "file_lines": "has {} lines",
}
_HINT = {
    "function_lines": "move a part that does one thing, of at least {}, into a function of its own",
    "arguments": "take at least {} away: what always travels together can be one value",
    "nesting": "take at least {} away: return early, or move the inner blocks into a function of their own",
    "file_lines": "move what belongs together, at least {}, into a file of its own",
}
