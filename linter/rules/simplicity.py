"""RL801 to RL803 and RL806: code that a change makes too complex, and code that nobody can judge."""

from collections.abc import Iterator

from linter.model.comparison import BaseFunction, JudgedFunction, Standing, UnreadSource
from linter.model.finding import Location, Severity, Span
from linter.model.metrics import COMPLEXITY
from linter.model.rule import Hit, rule
from linter.rules.judged import data, location, what, where


@rule("RL801", "new-complexity", Severity.ERROR, JudgedFunction)
def new_complexity(function: JudgedFunction) -> Iterator[Hit]:
    """What it checks:
        That no new function has a cyclomatic complexity above the limit.

        Complexity is 1 plus the decision points: each `if`, `elif`, `for`, `while`, `except`, `case`, `assert`,
        comprehension, conditional expression, and each further term of `and` and `or`. Closures, methods, and the
        bodies of modules and classes count as blocks of their own. A function is new when none of a base continues in
        it: functions that were renamed, moved, or cut out of a longer one are recognised, a copy beside its original
        is new.

    Why it matters:
        Every decision point is one more path to understand, and one more to test. A function is easy to keep simple on
        the day that it is written, and hard to simplify once others rely on it.

    Example:
        A new function with twenty branches, where the limit is 15.

    Remedy:
        Give parts that do one thing each a function of their own. A long `if`/`elif` chain over values is often a
        dictionary; nested conditions often become early returns. Where the complexity is in the matter itself, say so
        in the signature: `# review-lint: ignore[RL801] why it has to be so until 2027-03-31`.

    Options:
        In REVIEW.yaml: `simplicity.limits.cyclomatic_complexity` (15), for tests
        `simplicity.test_limits.cyclomatic_complexity` (25), and `simplicity.overrides` for single paths. With
        `simplicity.mode: absolute` this rule speaks of every function above the limit, new or not; with `mode: advice`
        it never blocks. `simplicity.generated` and the configuration's `exclude` name what is not judged.
    """
    if function.metric == COMPLEXITY and function.is_new:
        yield Hit(_new_message(function), location(function), _excess_hint(function), data=data(function))


@rule("RL802", "worse-complexity", Severity.ERROR, JudgedFunction)
def worse_complexity(function: JudgedFunction) -> Iterator[Hit]:
    """What it checks:
        That no existing function above the limit has become more complex than it was.

        An error where the function crossed the limit or rose by more than `legacy_tolerance`, a warning where it was
        above the limit already and rose by no more than that. With several bases, as in a merge, only what is worse
        than in each of them counts. A long function that was split is measured as a whole: as long as its parts
        together are no further above the limit than it was, none of them is worse.

    Why it matters:
        Long functions grow one harmless branch at a time. Nobody is asked to mend old code before working on it, only
        not to add to what makes it hard.

    Example:
        A function of complexity 14 gets two more branches, where the limit is 15.

    Remedy:
        Put the new branch into a function of its own, or make room by moving another part out. The message says where
        the function stood before and how much has to go.

    Options:
        In REVIEW.yaml: `simplicity.legacy_tolerance` (2), `simplicity.limits.cyclomatic_complexity` (15),
        `simplicity.test_limits.cyclomatic_complexity` (25), `simplicity.overrides`, `simplicity.mode`. A known debt
        with an end is listed in `simplicity.debt`.
    """
    if function.metric == COMPLEXITY and function.is_worse and function.base:
        severity = Severity.WARNING if function.is_tolerated else Severity.ERROR
        message = _worse_message(function, function.base)
        yield Hit(message, location(function), _excess_hint(function), severity, data=data(function))


@rule("RL803", "legacy-complexity", Severity.ADVICE, JudgedFunction)
def legacy_complexity(function: JudgedFunction) -> Iterator[Hit]:
    """What it checks:
        Which functions are above the limit and no worse than they were.

        When a change is judged, only the functions whose own lines it touches are told; when a whole tree is judged,
        all of them. Without a base to compare with every function above the limit is one of these.

    Why it matters:
        It shows where the next hour of tidying pays most, and that touching such a function is allowed.

    Example:
        A change mends a message inside a function of complexity 30, where the limit is 15.

    Remedy:
        None is asked for. When there is time, move parts that do one thing each into functions of their own: a split
        passes as long as the parts together are no further above the limit.

    Options:
        In REVIEW.yaml: `simplicity.limits.cyclomatic_complexity` (15), `simplicity.test_limits.cyclomatic_complexity`
        (25), `simplicity.overrides`. With `simplicity.mode: absolute` these functions are RL801 instead.
    """
    is_told = function.in_whole_run or function.is_touched
    is_legacy = function.is_above and not (function.is_new or function.is_worse)
    if function.metric == COMPLEXITY and is_told and is_legacy:
        yield Hit(_legacy_message(function), location(function), data=data(function))


@rule("RL806", "unanalysable", Severity.ERROR, UnreadSource)
def unanalysable(source: UnreadSource) -> Iterator[Hit]:
    """What it checks:
        That every source file can be decoded and parsed.

        An error where the file is new or where a version of it in a base could be analysed. A warning where none
        could, where there is nothing to compare with, and where the project's `requires-python` asks for a newer
        Python than the one that runs: then one finding stands for all such files.

    Why it matters:
        What cannot be read cannot be judged, and a file that does not parse most often does not run either. Passing
        over it in silence would let anything through.

    Example:
        A file with a forgotten bracket, or with the syntax of a newer Python than review-lint runs on.

    Remedy:
        Mend the place that the message names. Where the syntax is newer, run review-lint on a Python that knows it
        (under pre-commit: `language_version`). Files that are broken on purpose belong into `exclude`.

    Options:
        The configuration's `exclude`; in REVIEW.yaml `simplicity.generated`.
    """
    is_error = source.required_python is None and (source.had_figures or (source.has_bases and not source.is_known))
    severity = Severity.ERROR if is_error else Severity.WARNING
    place = Location(source.path, Span(source.problem.position))
    facts = {"needs": source.problem.needs, "others": list(source.others)}
    yield Hit(_unread_message(source), place, _unread_hint(source), severity, data=facts)


def _new_message(function: JudgedFunction) -> str:
    has = "is new and has" if function.standing is Standing.NEW else "has"
    message = f"{what(function.metrics)} {has} a cyclomatic complexity of {function.metrics.complexity}"
    return f"{message}; the limit is {function.limit}" + _split_remark(function)


def _split_remark(function: JudgedFunction) -> str:
    if function.split_from is None or function.is_forgiven:
        return ""
    return f". It was split from {where(function.split_from)}; together they are further above the limit than before"


def _worse_message(function: JudgedFunction, base: BaseFunction) -> str:
    change = f"rose from {base.metrics.complexity} to {function.metrics.complexity}"
    message = f"the cyclomatic complexity of {what(function.metrics)} {change}; the limit is {function.limit}"
    is_moved = (base.path, base.metrics.symbol) != (function.path, function.metrics.symbol)
    return f"{message}. Before, this was {where(base)}" if is_moved else message


def _legacy_message(function: JudgedFunction) -> str:
    value = function.metrics.complexity
    has = f"{what(function.metrics)} has a cyclomatic complexity of {value}"
    if function.is_forgiven:
        return f"{has}; the limit is {function.limit}. It is part of a split that is no further above it than before"
    if function.base is None:
        return f"{has}; the limit is {function.limit}"
    was = function.base.metrics.complexity
    before = f"before it was {was}" if was != value else "as before"
    return f"{has}, {before}; the limit is {function.limit}"


def _excess_hint(function: JudgedFunction) -> str:
    """How much has to go: down to the limit, or to what the function was where that is more."""
    was = function.base.metrics.complexity if function.base and not function.allowed.is_absolute else 0
    excess = function.metrics.complexity - max(function.limit, was)
    points = "one decision point" if excess == 1 else f"{excess} decision points"
    return f"move at least {points} (if, for, while, except, case, and, or …) into functions of their own"


def _unread_message(source: UnreadSource) -> str:
    message = f"this file cannot be analysed: {source.problem.reason}"
    if source.required_python is None:
        return message
    others = f", nor can {_others(source.others)}" if source.others else ""
    return f"{message}{others}; the project asks for Python {source.required_python}, which is newer than this one"


def _others(paths: tuple[str, ...]) -> str:
    return paths[0] if len(paths) == 1 else f"{len(paths)} others"


def _unread_hint(source: UnreadSource) -> str:
    if source.required_python:
        return _python_hint(source.required_python)
    if source.problem.needs:
        return f"{_python_hint(source.problem.needs)}. What is meant for tests only belongs into `exclude`"
    return "mend it, or list it in the configuration's `exclude` if it is meant to be so"


def _python_hint(version: str) -> str:
    return f"run review-lint on Python {version} or newer; under pre-commit: `language_version: python{version}`"
