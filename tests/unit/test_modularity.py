"""RL807: imports across boundaries, and cycles that a change closes."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.adapters.python.metrics import measure
from linter.engine.code.library import Library
from linter.engine.lint import lint
from linter.engine.modularity.graph import LoadGraph
from linter.engine.modularity.module_tree import ModuleTree, is_own_package
from linter.model.finding import Finding, Severity
from linter.model.imports import Import
from linter.model.metrics import SourceMetrics
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

Files = Mapping[str, str]

PARTS = """simplicity:
  modules:
    - {name: low, paths: [low/**], may_use: []}
    - {name: high, paths: [high/**, main.py], may_use: [low]}
    - {name: api, paths: [api/**], may_use: [low], public: [api.front, api.tools.Tool]}
    - {name: user, paths: [user/**], may_use: [api]}
"""
TREE = {
    "low/a.py": "A = 1\n",
    "high/b.py": "B = 2\n",
    "high/c.py": "C = 3\n",
    "api/__init__.py": "",
    "api/front.py": "F = 4\n",
    "api/tools.py": "class Tool: pass\nclass Other: pass\n",
}


def found(
    change: Files, *bases: Files, kind: TargetKind | None = None, file: str | None = None, where: str = ""
) -> list[Finding]:
    text = {f"{where}REVIEW.yaml": review(PARTS if file is None else file)}
    olds = tuple(MemorySnapshot({**text, **base}, revision=str(i) * 40) for i, base in enumerate(bases))
    snapshot = MemorySnapshot({**text, **change}, olds, kind)
    return list(lint(snapshot, Request("2026-06-01", select=("RL807",))).findings)


def places(*trees: Files, kind: TargetKind | None = None) -> list[str]:
    return [f"{f.location.path}:{f.location.span.start.line}" for f in found(*trees, kind=kind)]


def imports(text: str) -> tuple[Import, ...]:
    metrics = measure(text.encode())
    assert isinstance(metrics, SourceMetrics)
    return metrics.imports


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import a.b, c as d\n", ["a.b", "c"]),
        ("from a import b, c\n", ["a.b", "a.c"]),
        ("from . import b\n", [".b"]),
        ("from ..a.b import *\n", ["..a.b"]),
        ("x = 'ä'; import b\n", ["b"]),
        ("x = 'import b'\n", []),
    ],
)
def test_what_imports_say(text: str, said: list[str]) -> None:
    assert [found.said for found in imports(text)] == said


def test_columns_count_characters() -> None:
    assert imports("x = 'ä'; import b\n")[0].position == (1, 10)


@pytest.mark.parametrize(
    ("text", "is_loading"),
    [
        ("try:\n    import a\nexcept ImportError:\n    pass\n", True),
        ("class K:\n    import a\n", True),
        ("def f():\n    import a\n", False),
        ("def f():\n    class K:\n        import a\n", False),
        ("if TYPE_CHECKING:\n    import a\n", False),
        ("if typing.TYPE_CHECKING:\n    try:\n        import a\n    finally:\n        pass\n", False),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import a\n", True),
        ("if not TYPE_CHECKING:\n    import a\n", True),
        ("if not TYPE_CHECKING:\n    pass\nelse:\n    import a\n", False),
        ("if not DEBUG:\n    pass\nelse:\n    import a\n", True),
    ],
)
def test_which_imports_run_when_the_file_is_loaded(text: str, is_loading: bool) -> None:
    assert [found.is_loading for found in imports(text)] == [is_loading]


@pytest.mark.parametrize(
    ("path", "text", "target"),
    [
        ("main.py", "import p.a", "p/a.py"),
        ("main.py", "from p import a", "p/a.py"),
        ("main.py", "from p import x", "p/__init__.py"),
        ("main.py", "import q.b", "src/q/b.py"),
        ("main.py", "from q.b import B", "src/q/b.py"),
        ("main.py", "import json", None),
        ("main.py", "from . import p", "p/__init__.py"),
        ("main.py", "from .. import p", None),
        ("p/deep/c.py", "from ..a import A", "p/a.py"),
        ("p/deep/c.py", "from .. import a", "p/a.py"),
        ("p/deep/c.py", "from . import a", None),
        ("p/__init__.py", "from .a import A", "p/a.py"),
        ("src/q/b.py", "import q.b", "src/q/b.py"),
    ],
)
def test_which_file_an_import_means(path: str, text: str, target: str | None) -> None:
    paths = {"main.py", "p/__init__.py", "p/a.py", "p/deep/c.py", "src/q/b.py"}
    (imported,) = imports(text)
    assert ModuleTree(paths, lambda _: "").target(path, imported) == target


def test_names_are_sought_where_the_review_file_stands() -> None:
    tree = ModuleTree({"shop/src/p/a.py", "p/a.py"}, lambda _: "shop")
    assert tree.target("shop/main.py", imports("import p.a")[0]) == "shop/src/p/a.py"


def test_a_package_around_a_file_is_its_own() -> None:
    assert is_own_package("p/q/a.py", "p/__init__.py")
    assert not is_own_package("pq/a.py", "p/__init__.py")
    assert not is_own_package("p/a.py", "p/b.py")
    assert is_own_package("a.py", "__init__.py")


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("low/x.py", "import high.b", "low may not use high, and this imports high.b (high/b.py)"),
        ("user/x.py", "from api.tools import Other", "api.tools.Other is not among what api offers to user"),
        ("user/x.py", "import api.tools", "api.tools is not among what api offers to user"),
        ("user/x.py", "from api import tools", "api.tools is not among what api offers to user"),
    ],
)
def test_what_is_against_the_boundaries(path: str, text: str, message: str) -> None:
    (finding,) = found({**TREE, path: text})
    assert (finding.message, finding.severity) == (message, Severity.ERROR)
    assert finding.hint


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("high/x.py", "import low.a"),
        ("low/x.py", "from . import a"),
        ("other.py", "import high.b, api.tools"),
        ("low/x.py", "import other"),
        ("low/x.py", "import sys, elsewhere.high"),
        ("user/x.py", "import api.front"),
        ("user/x.py", "from api import front"),
        ("user/x.py", "from api.front import F"),
        ("user/x.py", "from api.tools import Tool"),
    ],
)
def test_what_is_within_the_boundaries(path: str, text: str) -> None:
    assert found({**TREE, "other.py": "", path: text}) == []


def test_what_stands_beside_something_public_is_told() -> None:
    (finding,) = found({**TREE, "user/x.py": "from api.tools import Tool, Zealot\n"})
    assert finding.message == "api.tools.Zealot is not among what api offers to user"


def test_a_statement_is_told_once_for_each_file() -> None:
    assert len(found({**TREE, "low/x.py": "from high.b import B, D, E\nfrom high import b, c\n"})) == 3


@pytest.mark.parametrize(
    "modules", ["3", "[3, {name: 4, paths: [a], may_use: []}]", "[{name: a, paths: 3, may_use: b}]"]
)
def test_modules_of_another_shape_say_nothing(modules: str) -> None:
    assert found({**TREE, "low/x.py": "import high.b"}, file=f"simplicity:\n  modules: {modules}\n") == []


class TestBoundariesInAChange:
    bad = "import high.b\n"

    def test_what_a_base_had_already_is_not_told(self) -> None:
        base = {**TREE, "low/x.py": self.bad}
        assert places({**base, "low/x.py": self.bad + "x = 1\n"}, base) == []

    def test_a_second_one_in_the_same_file_is(self) -> None:
        base = {**TREE, "low/x.py": self.bad}
        assert places({**base, "low/x.py": self.bad + "import high.c\n"}, base) == ["low/x.py:2"]

    def test_a_whole_run_tells_all(self) -> None:
        base = {**TREE, "low/x.py": self.bad}
        assert places(base, base, kind=TargetKind.WORKTREE) == ["low/x.py:1"]

    def test_a_rename_of_what_is_imported_brings_nothing_new(self) -> None:
        base = {**TREE, "low/x.py": self.bad}
        change = {**TREE, "high/new.py": TREE["high/b.py"], "low/x.py": "import high.new\n"}
        del change["high/b.py"]
        assert places(change, base) == []

    def test_a_rename_of_the_file_brings_nothing_new(self) -> None:
        assert places({**TREE, "low/y.py": self.bad}, {**TREE, "low/x.py": self.bad}) == []

    def test_a_move_within_the_part_brings_nothing_new(self) -> None:
        base = {**TREE, "low/x.py": self.bad + "X = 1\n", "low/y.py": "Y = 1\n"}
        assert places({**base, "low/x.py": "X = 1\n", "low/y.py": self.bad + "Y = 1\n"}, base) == []

    def test_a_move_into_a_part_that_may_not_does(self) -> None:
        assert places({**TREE, "low/x.py": self.bad}, {**TREE, "high/x.py": self.bad}) == ["low/x.py:1"]

    def test_only_what_no_base_had_counts(self) -> None:
        ours, theirs = {**TREE, "low/x.py": self.bad}, {**TREE, "low/x.py": "X = 1\n"}
        assert places({**TREE, "low/x.py": self.bad + "X = 1\n"}, ours, theirs) == []


class TestCycles:
    base: ClassVar = {"a.py": "import b\n", "b.py": "import c\n", "c.py": "C = 1\n"}

    def test_the_way_round_is_told_once_with_the_import_that_closes_it(self) -> None:
        (finding,) = found({**self.base, "c.py": "C = 1\nimport a\n"}, self.base)
        assert finding.message == "this import of a closes a cycle: c.py → a.py → b.py → c.py"
        assert (finding.location.path, finding.location.span.start) == ("c.py", (2, 1))
        assert finding.severity is Severity.WARNING
        assert finding.data == {"cycle": ["c.py", "a.py", "b.py"]}

    def test_a_cycle_that_several_changed_files_close_is_told_once(self) -> None:
        assert places({"a.py": "import b\n", "b.py": "import a\n"}, {"a.py": "A = 1\n", "b.py": "B = 1\n"}) == [
            "a.py:1"
        ]

    def test_the_shortest_way_is_told(self) -> None:
        base = {**self.base, "b.py": "import c\nimport d\n", "d.py": "import c\n"}
        (finding,) = found({**base, "c.py": "import a\n"}, base)
        assert finding.data["cycle"] == ["c.py", "a.py", "b.py"]

    def test_a_cycle_of_which_files_are_renamed_is_not_new(self) -> None:
        base = {"a.py": "import b\nA = 1\nA2 = 2\n", "b.py": "import a\nB = 1\nB2 = 2\n"}
        change = {"x.py": "import b\nA = 1\nA2 = 2\n", "b.py": "import x\nB = 1\nB2 = 2\n"}
        assert places(change, base) == []

    def test_a_cycle_that_another_base_had_is_not_new(self) -> None:
        cycle = {**self.base, "c.py": "import a\n"}
        assert places({**cycle, "c.py": "import a\nC = 1\n"}, self.base, cycle) == []

    def test_a_loaded_import_that_was_inside_a_function_is_new(self) -> None:
        base = {**self.base, "c.py": "def f():\n    import a\n"}
        assert places({**self.base, "c.py": "if True:\n    import a\n"}, base) == ["c.py:2"]

    def test_a_working_tree_is_asked_for_what_is_new_and_a_revision_for_nothing(self) -> None:
        cycle = {**self.base, "c.py": "import a\n"}
        assert places(cycle) == []
        assert places(cycle, cycle, kind=TargetKind.WORKTREE) == []
        assert places(cycle, self.base, kind=TargetKind.WORKTREE) == ["c.py:1"]

    def test_a_file_that_imports_itself_or_cannot_be_read_makes_no_cycle(self) -> None:
        assert places({**self.base, "c.py": "import c\nimport x\n", "x.py": "import (a\n"}, self.base) == []


names = [f"m{number}" for number in range(6)]
trees = st.fixed_dictionaries({name: st.sets(st.sampled_from(names), max_size=2) for name in names})


def written(edges: Mapping[str, set[str]]) -> dict[str, str]:
    return {f"{name}.py": "".join(f"import {to}\n" for to in sorted(targets)) for name, targets in edges.items()}


def reached(edges: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    pending = set(edges[start])
    while pending:
        name = pending.pop()
        seen.add(name)
        pending |= edges[name] - seen
    return seen


@settings(max_examples=60, deadline=None)
@given(trees, trees)
def test_a_change_that_adds_imports_within_a_cycle_and_no_other_is_told(
    old: dict[str, set[str]], new: dict[str, set[str]]
) -> None:
    closing = {
        name: {to for to in targets - old[name] if to != name and name in reached(new, to)}
        for name, targets in new.items()
    }
    told = found(written(new), written(old), file="")
    assert bool(told) == any(closing.values())
    for finding in told:
        steps = [path.removesuffix(".py") for path in finding.data["cycle"]]
        assert all(after in new[name] for name, after in zip(steps, [*steps[1:], steps[0]], strict=True))


def test_the_search_of_the_text_finds_everything_that_is_loaded() -> None:
    root = Path(__file__).parents[2]
    files = {path.relative_to(root).as_posix(): path.read_text() for path in sorted((root / "linter").rglob("*.py"))}
    snapshot = MemorySnapshot(files)
    graph = LoadGraph(snapshot, Library(), ModuleTree(snapshot.paths(), lambda _: ""))
    loaded = {path: set(graph.edges(path)) for path in files}
    assert sum(map(len, loaded.values())) > 300
    assert {
        path: targets - set(graph.words(path)) for path, targets in loaded.items() if targets - set(graph.words(path))
    } == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("p/b.py", "from . import a"),
        ("p/b.py", "from.import a"),
        ("p/b.py", "from .a import x"),
        ("p/q/b.py", "from .. import a"),
        ("p/q/b.py", "from . . a import x"),
    ],
)
def test_the_search_of_the_text_knows_relative_imports(path: str, text: str) -> None:
    assert found_by_words(path, text)


@pytest.mark.parametrize(
    "text",
    [
        "from p import (\n    x,  # for (old) callers\n    a,\n)",
        "from p import (x,  # :)\n    a)",
        "from p import x; import p.a",
        "from p import x; from p import a",
        "from \\\n    p import a",
        "from p \\\n    import a",
        "from p import \\\n    a",
        "from p import x, \\\n    a",
        "import \\\n    p.a",
        "import x, p.a as b",
        "from . p import a",
        "from .p import(a)",
        "from.p import a",
        "from\tp\timport\ta",
        "from p import (a as b,)",
        "if x: import p.a",
        "class K: from p import a",
    ],
)
def test_the_search_of_the_text_knows_every_way_to_write_an_import(text: str) -> None:
    assert found_by_words("main.py", text)


def found_by_words(path: str, text: str) -> bool:
    """Whether the search finds p/a.py, which a file loads."""
    snapshot = MemorySnapshot({path: text, "p/a.py": "", "p/__init__.py": ""})
    graph = LoadGraph(snapshot, Library(), ModuleTree(snapshot.paths(), lambda _: ""))
    assert "p/a.py" in graph.edges(path)
    return "p/a.py" in graph.words(path)


@pytest.mark.parametrize(
    "text",
    [
        "from a import (" * 40_000,
        "from a import (#" * 40_000,
        "from a import (#\n" * 40_000,
        "from .\\\n" * 60_000,
        "import " * 80_000,
        "from" + " " * 600_000,
        "import \\\n" * 60_000,
    ],
)
def test_the_search_of_the_text_is_linear(text: str) -> None:
    snapshot = MemorySnapshot({"a.py": text})
    graph = LoadGraph(snapshot, Library(), ModuleTree(snapshot.paths(), lambda _: ""))
    started = time.process_time()
    graph.words("a.py")
    assert time.process_time() - started < 5
