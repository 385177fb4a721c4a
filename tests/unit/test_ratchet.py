"""Functions of a change judged against their bases: edits, renames, moves, splits, merges, unreadable bases."""

import pytest

from linter.engine.ratchet.judge import judge
from linter.model.comparison import JudgedFunction, PathLimits, Source, Standing
from linter.model.metrics import Shape
from linter.model.policy import Limits
from linter.rules.simplicity import legacy_complexity, new_complexity, worse_complexity
from tests.support.code import branches, default_limits, function, judged, shapes_of, side, source


def verdict(item: JudgedFunction) -> str | None:
    """The code of the rule that speaks about a function, with E or W; at most one ever does."""
    codes = []
    for rule in (new_complexity, worse_complexity, legacy_complexity):
        codes += [f"{rule.code}{(hit.severity or rule.severity).name[0]}" for hit in rule.check(item)]
    assert len(codes) <= 1
    return codes[0] if codes else None


def verdicts(change: dict[str, str], *bases: dict[str, str]) -> dict[str, str]:
    found = {name: verdict(item) for name, item in judged(change, *bases).items()}
    return {name: code for name, code in found.items() if code}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, 15, {}),
        (None, 16, {"a.py:f": "RL801E"}),
        (3, 16, {"a.py:f": "RL802E"}),
        (15, 16, {"a.py:f": "RL802E"}),
        (16, 17, {"a.py:f": "RL802W"}),
        (16, 18, {"a.py:f": "RL802W"}),
        (16, 19, {"a.py:f": "RL802E"}),
        (20, 20, {}),
        (20, 18, {"a.py:f": "RL803A"}),
        (20, 15, {}),
    ],
)
def test_an_edited_function(before: int | None, after: int, expected: dict[str, str]) -> None:
    base = {"a.py": function("f", before)} if before else {}
    assert verdicts({"a.py": function("f", after)}, base) == expected


def test_a_touched_legacy_function_is_told_and_its_untouched_neighbour_is_not() -> None:
    base = {"a.py": function("f", 20) + function("g", 20, "b")}
    change = {"a.py": "import os\n\n" + function("f", 20).replace("'a3'", "'new'") + function("g", 20, "b")}
    assert verdicts(change, base) == {"a.py:f": "RL803A"}


def test_everything_is_legacy_without_a_base() -> None:
    item = judged({"a.py": function("f", 20)})["a.py:f"]
    assert (item.standing, item.base, item.is_touched) == (Standing.LEGACY, None, False)
    assert verdict(item) is None
    assert verdict(item._replace(in_whole_run=True)) == "RL803A"


def test_everything_is_new_against_an_empty_base() -> None:
    assert verdicts({"a.py": function("f", 20)}, {}) == {"a.py:f": "RL801E"}


def test_absolute_mode_excuses_nothing() -> None:
    absolute = PathLimits(is_absolute=True)
    text = {"a.py": function("f", 20) + function("g", 15, "b")}
    for bases in ((text,), ()):
        found = judged(text, *bases, limits=absolute)
        assert [verdict(found[name]) for name in ("a.py:f", "a.py:g")] == ["RL801E", None]


def test_whole_runs_know_unchanged_files_without_looking_at_their_code() -> None:
    unchanged = source("a.py", function("f", 20))
    found = judge([unchanged], [side({"a.py": function("f", 20)})], default_limits, no_shapes)
    # The module itself is within its limits, so that nobody asks about it.
    assert [(item.metrics.symbol, item.standing, item.is_touched) for item in found] == [("f", Standing.KNOWN, False)]


def no_shapes(version: Source) -> dict[str, Shape]:
    raise AssertionError(f"shapes of {version.path} were asked for in vain")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param({"a.py": function("f", 20)}, {"b.py": function("f", 20)}, id="renamed file"),
        pytest.param({"a.py": function("f", 9)}, {"a.py": function("f", 20)}, id="nothing is gone"),
        pytest.param({"a.py": function("f", 9)}, {"a.py": function("g", 9)}, id="nothing is above the limit"),
        pytest.param({}, {"a.py": function("f", 20)}, id="first commit"),
    ],
)
def test_shapes_are_asked_for_only_when_code_may_have_moved(before: dict[str, str], after: dict[str, str]) -> None:
    sources = [source(path, text) for path, text in after.items()]
    assert judge(sources, [side(before)], default_limits, no_shapes, after)


# Renames and moves


def test_a_renamed_function_is_known() -> None:
    item = judged({"a.py": function("new", 20)}, {"a.py": function("old", 20)})["a.py:new"]
    assert item.standing is Standing.KNOWN
    assert item.base is not None and item.base.metrics.symbol == "old"


@pytest.mark.parametrize(("after", "expected"), [(20, "RL803A"), (21, "RL802W"), (23, "RL802E")])
def test_a_renamed_function_that_rose_is_judged_by_its_rise(after: int, expected: str) -> None:
    assert verdicts({"a.py": function("new", after)}, {"a.py": function("old", 20)}) == {"a.py:new": expected}


def test_a_body_under_another_name_is_known_from_sixty_percent_of_its_statements() -> None:
    def mixed(name: str, kept: int) -> str:
        return f"def {name}(a, b):\n{branches(kept, 'a')}{branches(20 - kept, 'b')}    return a\n"

    base = {"a.py": mixed("old", 20)}
    standings = {kept: judged({"a.py": mixed("new", kept)}, base)["a.py:new"] for kept in (8, 11, 12, 16)}
    assert [item.standing.name for item in standings.values()] == ["NEW", "NEW", "KNOWN", "KNOWN"]
    assert [verdict(item) for item in standings.values()] == ["RL801E", "RL803A", "RL803A", "RL803A"]


def test_a_copy_beside_its_original_is_new() -> None:
    base = {"a.py": function("f", 20)}
    assert verdicts({"a.py": function("f", 20) + function("copy", 20)}, base) == {"a.py:copy": "RL801E"}


def test_of_two_copies_of_a_renamed_function_one_is_new() -> None:
    base = {"a.py": function("f", 20)}
    found = verdicts({"a.py": function("g", 20), "b.py": function("g", 20)}, base)
    assert found == {"a.py:g": "RL803A", "b.py:g": "RL801E"}


def test_a_moved_function_is_known_and_untouched() -> None:
    base = {"a.py": function("f", 20) + function("g", 20, "b"), "b.py": "x = 1\n"}
    change = {"a.py": function("g", 20, "b"), "b.py": "x = 1\n" + function("f", 20)}
    item = judged(change, base)["b.py:f"]
    assert (item.standing, item.is_touched, verdict(item)) == (Standing.KNOWN, False, None)


def test_a_renamed_class_takes_its_methods_along() -> None:
    def klass(name: str) -> str:
        methods = "".join(
            f"    def {method}(self, {key}):\n{branches(19, key, ' ' * 8)}"
            for method, key in (("run", "a"), ("stop", "b"))
        )
        return f"class {name}:\n{methods}"

    found = judged({"a.py": klass("New")}, {"a.py": klass("Old")})
    origins = {name: item.base.metrics.symbol for name, item in found.items() if item.base}
    assert origins == {"a.py:New.run": "Old.run", "a.py:New.stop": "Old.stop"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            function("f", 20),
            f"class K:\n    def f(self, a):\n{branches(19, 'a', ' ' * 8)}        return a\n",
            id="function to method",
        ),
        pytest.param(
            f"class K:\n    def f(self, a):\n{branches(19, 'a', ' ' * 8)}        return a\n",
            f"class L:\n    def f(self, a):\n{branches(19, 'a', ' ' * 8)}        return a\n\n\nclass K:\n    pass\n",
            id="to another class",
        ),
        pytest.param(
            function("f", 20),
            f"def make():\n    def f(a):\n{branches(19, 'a', ' ' * 8)}        return a\n    return f\n",
            id="function to closure",
        ),
        pytest.param(
            f"def make():\n    def f(a):\n{branches(19, 'a', ' ' * 8)}        return a\n    return f\n",
            function("f", 20) + "def make():\n    return f\n",
            id="closure to function",
        ),
    ],
)
def test_code_that_changes_its_scope_is_known(before: str, after: str) -> None:
    found = [item for item in judged({"a.py": after}, {"a.py": before}).values() if item.is_above]
    assert [(item.standing, item.rise) for item in found] == [(Standing.KNOWN, 0)]


def test_an_overload_inserted_before_a_function_changes_nothing_for_it() -> None:
    overload = "@overload\ndef f(a: int) -> int: ...\n"
    item = judged({"a.py": overload + function("f", 20)}, {"a.py": function("f", 20)})["a.py:f#2"]
    assert (item.standing, item.rise) == (Standing.KNOWN, 0)


def test_a_body_behind_a_new_wrapper_of_its_name_is_known() -> None:
    base = {"a.py": function("run", 20)}
    change = {"a.py": "def run(a):\n    return _run(a)\n" + function("_run", 21)}
    assert verdicts(change, base) == {"a.py:_run": "RL802W"}


def test_a_body_that_takes_the_name_of_its_wrapper_is_known() -> None:
    base = {"a.py": "def run(a):\n    return _run(a)\n" + function("_run", 20)}
    item = judged({"a.py": function("run", 20)}, base)["a.py:run"]
    assert item.base is not None and item.base.metrics.symbol == "_run"
    assert verdict(item) == "RL803A"


def test_a_file_split_into_a_package_has_no_new_functions() -> None:
    base = {"m.py": function("f", 20) + function("g", 20, "b") + function("h", 20, "c")}
    change = {
        "m/__init__.py": "",
        "m/f.py": function("f", 20),
        "m/gh.py": function("g", 20, "b") + function("h", 20, "c"),
    }
    assert verdicts(change, base) == {}


# Splits


def test_a_split_that_lowers_the_excess_is_forgiven() -> None:
    base = {"a.py": function("f", 40)}
    change = {"a.py": function("f", 20).replace("return a", "return g(a)") + _tail("g", 20, 19)}
    found = judged(change, base)
    assert found["a.py:g"].is_forgiven
    assert found["a.py:g"].split_from is not None and found["a.py:g"].split_from.metrics.symbol == "f"
    assert {name: verdict(item) for name, item in found.items()} == {"a.py:f": "RL803A", "a.py:g": "RL803A"}


def test_a_split_that_raises_the_excess_is_not_forgiven() -> None:
    base = {"a.py": function("f", 20)}
    part = f"def g(a):\n{branches(10, 'a')}{branches(9, 'b')}"
    assert verdicts({"a.py": function("f", 16) + part}, base)["a.py:g"] == "RL801E"


def test_a_part_carved_out_of_a_function_within_the_limit_is_not_forgiven() -> None:
    base = {"a.py": function("f", 15)}
    carved = f"def g(a):\n{branches(13, 'a')}{branches(3, 'b')}"
    item = judged({"a.py": "def f(a):\n    return g(a)\n" + carved}, base)["a.py:g"]
    assert verdict(item) == "RL802E"
    assert item.rise == 2


def test_a_function_split_in_three_and_gone_is_forgiven() -> None:
    base = {"a.py": function("f", 61)}
    change = {"a.py": _tail("g", 0, 20) + _tail("h", 20, 20) + _tail("i", 40, 20)}
    assert verdicts(change, base) == dict.fromkeys(("a.py:g", "a.py:h", "a.py:i"), "RL803A")


def test_a_function_split_into_its_own_closures_is_forgiven() -> None:
    base = {"a.py": function("f", 40)}
    closure = f"    def g(a):\n{branches(19, 'a', ' ' * 8)}        return a\n"
    rest = "".join(f"    if a == {i}:\n        a = 'a{i}'\n" for i in range(19, 39))
    found = verdicts({"a.py": f"def f(a):\n{closure}    a = g(a)\n{rest}    return a\n"}, base)
    assert found == {"a.py:f": "RL803A", "a.py:f.g": "RL803A"}


def test_code_moved_out_of_a_modules_body_is_a_split() -> None:
    script = branches(39, indent="")
    main = f"def main(a):\n{branches(19)}"
    rest = "".join(f"if a == {i}:\n    a = 'a{i}'\n" for i in range(19, 39))
    assert verdicts({"a.py": main + rest}, {"a.py": script}) == {"a.py:<module>": "RL803A", "a.py:main": "RL803A"}


def _tail(name: str, first: int, count: int) -> str:
    body = "".join(f"    if a == {i}:\n        a = 'a{i}'\n" for i in range(first, first + count))
    return f"def {name}(a):\n{body}    return a\n"


# Several bases


def test_the_most_lenient_base_decides() -> None:
    change = {"a.py": function("f", 20)}
    item = judged(change, {"a.py": function("f", 14)}, {"a.py": function("f", 20, "b")}, {})["a.py:f"]
    assert item.base is not None and (item.base.revision, item.base.metrics.complexity) == ("base1", 20)
    assert verdict(item) == "RL803A"


def test_what_is_worse_than_in_every_base_is_worse_by_the_least() -> None:
    change = {"a.py": function("f", 20)}
    item = judged(change, {"a.py": function("f", 14)}, {"a.py": function("f", 19)})["a.py:f"]
    assert (item.rise, verdict(item)) == (1, "RL802W")


def test_a_text_that_one_base_has_is_not_touched() -> None:
    change = {"a.py": function("f", 20)}
    assert verdicts(change, {"a.py": function("f", 25)}, {"a.py": "x = 1\n" + function("f", 20)}) == {}


def test_a_rename_of_one_side_and_a_rise_of_the_other_do_not_block_their_merge() -> None:
    ours = {"a.py": function("f", 20) + function("g", 5, "b")}
    theirs = {"b.py": function("f", 16) + function("g", 5, "b") + function("h", 5, "c")}
    merged = {"b.py": function("f", 20) + function("g", 5, "b") + function("h", 5, "c")}
    assert verdicts(merged, ours, theirs) == {}


# Bases that this Python cannot parse


def test_functions_of_an_unparsable_base_are_legacy() -> None:
    item = judged({"a.py": function("f", 20)}, {"a.py": function("f", 20) + "print 1\n"})["a.py:f"]
    assert item.standing is Standing.LEGACY


def test_functions_of_an_unparsable_renamed_base_are_legacy() -> None:
    item = judged({"b.py": function("f", 20)}, {"a.py": function("f", 20) + "print 1\n"})["b.py:f"]
    assert item.standing is Standing.LEGACY


def test_a_readable_base_that_excuses_more_than_an_unparsable_one_is_shown() -> None:
    broken = {"a.py": "print 1\n"}
    change = {"a.py": function("f", 20)}
    assert judged(change, broken, {"a.py": function("f", 20)})["a.py:f"].standing is Standing.KNOWN
    assert judged(change, broken, {"a.py": function("f", 9)})["a.py:f"].standing is Standing.LEGACY


# Nesting


def test_a_closure_that_rises_is_told_once() -> None:
    def nested(inner: int) -> str:
        closure = f"    def g(b):\n{branches(inner - 1, 'b', ' ' * 8)}        return b\n"
        return f"def f(a):\n{closure}{branches(19)}    return g\n"

    assert verdicts({"a.py": nested(20)}, {"a.py": nested(14)}) == {"a.py:f.g": "RL802E"}


def test_the_module_is_not_touched_by_an_edit_inside_a_function() -> None:
    module = branches(20, indent="")
    base, change = {"a.py": function("f", 3) + module}, {"a.py": "\n" + function("f", 4) + "\n" + module}
    assert verdicts(change, base) == {}


def test_the_limits_of_each_path_count() -> None:
    def limits(path: str) -> PathLimits:
        return PathLimits(Limits(cyclomatic_complexity=25 if path.startswith("tests/") else 15), tolerance=0)

    texts = {"tests/a.py": function("f", 20), "a.py": function("g", 20, "b")}
    found = judge([source(*item) for item in sorted(texts.items())], [side({})], limits, shapes_of)
    assert [(item.path, item.metrics.symbol) for item in found if item.is_above] == [("a.py", "g")]
