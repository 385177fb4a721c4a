"""Which functions a change touches without touching a test."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from linter.adapters.python.decoding import decode
from linter.engine.code.sources import SIZE_LIMIT, is_python_by_name
from linter.engine.scope.scope import Scope
from linter.model.comparison import Source
from linter.model.metrics import FunctionMetrics
from linter.model.review import Review
from linter.model.snapshot import Change, Entry, Snapshot, UnreadableError, is_whole
from linter.model.untested import UntestedChange, UntestedFunction

TESTS = "/preparation/unit_tests/paths"


def untested_changes(
    snapshot: Snapshot, changes: Sequence[Change], sources: Iterable[Source], scope: Scope, reviews: Iterable[Review]
) -> Iterator[UntestedChange]:
    """For each review file that names its tests: the functions of the code it covers that a change-based run meets,
    where none of those tests is changed or added.

    A function counts when it has a line that no changed file had before, blank lines and comments aside: moving or
    removing code needs no new test, nor does what stands outside of functions. The bases are read for nothing else.
    """
    if is_whole(snapshot):
        return
    code = _code_without_tests(changes, sources, scope)
    asked = [review for review in reviews if review.document.path in code and any(review.texts(TESTS))]
    known = _lines_before(snapshot, changes) if asked else frozenset()
    for review in asked:
        functions = tuple(chain.from_iterable(_changed(source, known) for source in code[review.document.path]))
        if functions:
            yield UntestedChange(review, functions)


def _code_without_tests(changes: Iterable[Change], sources: Iterable[Source], scope: Scope) -> dict[str, list[Source]]:
    """The sources that are no tests, by the path of their review file, where the change has no test under it."""
    tested = {scope.review_path(change.path) for change in changes if change.entry and _is_test(change.path, scope)}
    code: dict[str, list[Source]] = {}
    for source in sources:
        review_path = scope.review_path(source.path)
        if review_path not in tested and not _is_test(source.path, scope):
            code.setdefault(review_path, []).append(source)
    return code


def _is_test(path: str, scope: Scope) -> bool:
    return scope.settings(path).is_test(path)


def _lines_before(snapshot: Snapshot, changes: Iterable[Change]) -> frozenset[str]:
    """Every line that the changed sources had in some base."""
    olds = (pair for change in changes for pair in zip(snapshot.bases, change.old, strict=True))
    texts = (decode(_read(base, old)) for base, old in olds if old and is_python_by_name(old))
    return frozenset(line for text in texts for line in _lines(text))


def _read(base: Snapshot, entry: Entry) -> bytes:
    try:
        return base.read(entry, SIZE_LIMIT)
    except UnreadableError:
        return b""


def _changed(source: Source, known: Collection[str]) -> Iterator[UntestedFunction]:
    """The outermost functions that have a new line."""
    new = [number for number, line in enumerate(_lines(source.text), 1) if line not in known and _is_code(line)]
    end = 0
    for function in source.functions:
        if function.kind == "function" and function.line > end and _has_one_of(function, new):
            yield UntestedFunction(source.path, function.symbol)
            end = function.end_line


def _has_one_of(function: FunctionMetrics, numbers: Sequence[int]) -> bool:
    """Whether one of some line numbers, which are sorted, is a line of the function."""
    index = bisect_left(numbers, function.first_line)
    return index < len(numbers) and numbers[index] <= function.end_line


def _lines(text: str) -> Iterator[str]:
    """The lines without blanks at their ends."""
    return map(str.rstrip, text.split("\n"))


def _is_code(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    start = line.lstrip()
    return bool(start) and not start.startswith("#")
