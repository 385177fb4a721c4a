"""What holds for every change: nothing is worse for having been moved about, and no excess slips through."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model.comparison import JudgedFunction
from linter.rules.simplicity import new_complexity, worse_complexity
from tests.support.code import function, judged

LIMIT = 15
FILES = ("a.py", "b.py", "c/d.py")
KEYS = "pqrst"

Parts = dict[tuple[str, str], tuple[str, int, int]]
"""Functions by file and name: which statements they have, from where to where."""

places = st.tuples(st.sampled_from(FILES), st.sampled_from(["f", "g", "h"]))
bodies = st.tuples(st.sampled_from("pq"), st.sampled_from([0, 10]), st.sampled_from([10, 15, 16, 20]))
programs = st.dictionaries(places, bodies, min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(LIMIT + 1, LIMIT + 6), min_size=1, max_size=5), st.data())
def test_functions_that_are_moved_and_renamed_are_no_worse(complexities: list[int], data: st.DataObject) -> None:
    def write() -> dict[str, str]:
        texts: dict[str, str] = {}
        for key, complexity in data.draw(st.permutations(list(zip(KEYS, complexities, strict=False)))):
            path, name = data.draw(st.sampled_from(FILES)), data.draw(st.sampled_from(["old", "new"]))
            texts[path] = texts.get(path, "") + function(f"{name}_{key}", complexity, key)
        return texts

    found = judged(write(), write())
    assert [item for item in found.values() if is_blamed(item)] == []


@settings(max_examples=100, deadline=None)
@given(programs, programs)
def test_whoever_raises_the_total_excess_is_blamed(before: Parts, after: Parts) -> None:
    base, change = render(before), render(after)
    found = judged(change, base).values()
    if excess(found) > excess(judged(base).values()):
        assert any(is_blamed(item) for item in found)


def render(parts: Parts) -> dict[str, str]:
    texts: dict[str, str] = {}
    for (path, name), (key, first, count) in parts.items():
        body = "".join(f"    if {key} == {i}:\n        {key} = '{key}{i}'\n" for i in range(first, first + count))
        texts[path] = texts.get(path, "") + f"def {name}({key}):\n{body}    return {key}\n"
    return texts


def excess(functions: Iterable[JudgedFunction]) -> int:
    return sum(max(0, item.metrics.complexity - LIMIT) for item in functions)


def is_blamed(item: JudgedFunction) -> bool:
    return any(True for rule in (new_complexity, worse_complexity) for _ in rule.check(item))
