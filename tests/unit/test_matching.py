"""Which file continues which, how alike two texts are, and what a function's own text is."""

import random
from collections import Counter

from linter.engine.ratchet.matching import Yardstick, blocks_of, match_by_name, match_by_shape
from linter.engine.ratchet.own_text import own_texts
from linter.engine.ratchet.renames import pair_files
from linter.engine.ratchet.similarity import COMMON, Overlap, assign, overlaps
from linter.model.metrics import COMPLEXITY
from tests.support.code import default_limits, function, shapes_of, side, source


def pairs(change: dict[str, str], base: dict[str, str]) -> dict[str, str]:
    sources = [source(path, text) for path, text in sorted(change.items())]
    return {new: old.path for new, old in pair_files(sources, side(base).sources).items()}


def lines(first: int, last: int) -> str:
    return "".join(f"line_{number} = {number}\n" for number in range(first, last))


def test_a_file_continues_the_one_of_its_path() -> None:
    assert pairs({"a.py": lines(0, 9)}, {"a.py": lines(20, 29), "b.py": lines(0, 9)}) == {"a.py": "a.py"}


def test_equal_bytes_come_before_similar_lines() -> None:
    base = {"a.py": lines(0, 10), "b.py": lines(0, 9)}
    assert pairs({"c.py": lines(0, 9), "d.py": lines(0, 8)}, base) == {"c.py": "b.py", "d.py": "a.py"}


def test_equal_files_are_paired_one_to_one() -> None:
    base = {f"old/{name}.py": "" for name in "abc"}
    assert pairs({f"new/{name}.py": "" for name in "ab"}, base) == {"new/a.py": "old/a.py", "new/b.py": "old/b.py"}


def test_a_name_that_differs_by_case_only_is_the_same_file() -> None:
    assert pairs({"Case.py": lines(0, 9)}, {"case.py": lines(20, 29)}) == {"Case.py": "case.py"}


def test_half_of_the_lines_make_a_rename() -> None:
    base = {"a.py": lines(0, 10)}
    assert pairs({"b.py": lines(5, 15)}, base) == {"b.py": "a.py"}
    assert pairs({"b.py": lines(6, 16)}, base) == {}


def test_the_most_similar_files_go_together() -> None:
    base = {"a.py": lines(0, 10), "b.py": lines(2, 12)}
    assert pairs({"x.py": lines(2, 11), "y.py": lines(0, 9)}, base) == {"x.py": "b.py", "y.py": "a.py"}


def test_a_file_that_is_still_there_was_not_renamed() -> None:
    texts = {"a.py": lines(0, 10)}
    assert pairs({**texts, "b.py": lines(0, 10)}, texts) == {"a.py": "a.py"}


def test_a_thousand_renamed_and_edited_files_find_one_another() -> None:
    chance = random.Random(1)
    base = {f"old/{n}.py": "".join(f"x = {chance.randrange(9999)}\n" for _ in range(100)) for n in range(1000)}
    change = {path.replace("old", "new"): text + "y = 1\n" for path, text in base.items()}
    news, olds = [source(*item) for item in sorted(change.items())], side(base).sources
    assert {new: old.path for new, old in pair_files(news, olds).items()} == {
        path.replace("old", "new"): path for path in base
    }


def test_overlaps_count_duplicates() -> None:
    (pair,) = overlaps([Counter("aabc")], [Counter("aaab"), Counter("xyz")])
    assert pair == (0, 0, 3, 4, 4)
    assert (pair.similarity, pair.share) == (0.75, 0.75)


def test_empty_bags_have_nothing_in_common() -> None:
    assert list(overlaps([Counter()], [Counter(), Counter("a")])) == []


def test_what_everything_holds_makes_nothing_similar() -> None:
    olds = [Counter(["common", f"own {number}"]) for number in range(COMMON + 1)]
    assert [pair.old for pair in overlaps([Counter(["common", "own 7"])], olds)] == [7]


def test_assignment_takes_the_best_pairs_first_and_each_side_once() -> None:
    pairs = [Overlap(new, old, 1, 1, 1) for new, old in [(1, 0), (0, 0), (0, 1), (1, 1)]]
    assert assign(pairs) == {1: 0, 0: 1}


def test_ties_are_broken_by_file_then_path_then_line() -> None:
    base = {"a.py": function("old", 20), "b.py": function("old", 20)}
    change = {"a.py": "", "b.py": function("new", 20)}
    for texts in (base, dict(reversed(base.items()))):
        sources = [source(path, text) for path, text in change.items()]
        base = side(texts).sources
        named = match_by_name(sources, base)
        matching = match_by_shape(
            named, list(blocks_of(sources)), base, Yardstick(COMPLEXITY, default_limits), shapes_of
        )
        assert matching.origins["b.py", "new"].place == ("b.py", "old")


def test_the_own_text_of_a_function_is_without_what_stands_inside_it() -> None:
    method = "    @cached\n    def f(self):\n        def g():\n            pass\n        return g\n"
    text = f"import os\n\nclass K:\n    x = 1\n\n{method}"
    assert own_texts(source("a.py", text)) == {
        "<module>": ("import os",),
        "K": ("class K:", "    x = 1"),
        "K.f": ("@cached", "def f(self):", "    return g"),
        "K.f.g": ("def g():", "    pass"),
    }


def test_own_text_counts_lines_as_python_does() -> None:
    text = 'x = "\u2028\x0b"\n\x0c\ndef f():\n    return "\x1c"\n'
    assert own_texts(source("a.py", text))["f"] == ("def f():", '    return "\x1c"')


def test_one_line_can_hold_a_whole_class() -> None:
    assert own_texts(source("a.py", "class K: f = lambda: 1"))["K"] == ("class K: f = lambda: 1",)
