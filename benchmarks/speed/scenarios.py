"""What people wait for, each beside its peers. A scenario makes its repository, races, and gives rows of the table."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.speed.clock import Contestant, Timing, race
from benchmarks.speed.workshop import IDENTITY, PROJECT, Workshop, by_size, commit, git, python_files, touch

STORE = "review-lint"
"""The folder of the repository's git directory that holds what is known by content."""

PEERS = "check-jsonschema and xenon"
FLOOR = "bare Python and two git processes"
TOOL = "review-lint"


class Row(NamedTuple):
    """One line of the table: a ratio of two times, and what it is meant to be (`at_most` or else at least)."""

    what: str
    tool: float
    other: float
    than: str
    target: float
    at_most: bool = True

    @property
    def ratio(self) -> float:
        return self.tool / self.other if self.at_most else self.other / self.tool

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.target if self.at_most else self.ratio >= self.target


class Figure(NamedTuple):
    """One line of the table that is an amount and no ratio."""

    what: str
    value: float
    unit: str
    target: float | None = None

    @property
    def is_met(self) -> bool:
        return self.target is None or self.value <= self.target


Rows = Iterator[Row | Figure]


def commit_path(shop: Workshop, rounds: int) -> Rows:
    """Five changed files; the same with REVIEW.yaml; again; REVIEW.yaml alone."""
    folder, names = _product(shop)
    five = by_size(folder, names, 700, 900)[:5]
    _commit_before(shop, folder, five)
    touch(folder, five, "me")
    git(folder, "add", "--all")
    peers = _peers(shop, folder, five)
    staged = _tool(shop, folder, "check", "--staged")._replace(prepare=_keep(folder))
    again = _tool(shop, folder, "check", "--staged")._replace(name="again")
    found = race([staged, again, peers, _floor(shop, folder)], rounds)
    yield Row("5 changed files", found[TOOL].median, found[PEERS].median, PEERS, 0.20)
    yield Row("5 changed files", found[TOOL].median, found[FLOOR].median, FLOOR, 2.5)
    yield Row("5 changed files, again", found["again"].median, found[TOOL].median, "the first time", 0.5)
    _edit_review(folder)
    found = race([staged, peers], rounds)
    yield Row("5 changed files and REVIEW.yaml", found[TOOL].median, found[PEERS].median, PEERS, 0.35)
    git(folder, "reset", "--quiet", "--hard")
    _edit_review(folder)
    schema = Contestant("check-jsonschema", [_schema_check(shop)], str(folder))
    found = race([staged, schema], rounds)
    yield Row("REVIEW.yaml alone", found[TOOL].median, found["check-jsonschema"].median, "check-jsonschema", 0.2)


def own_hook(shop: Workshop, rounds: int) -> Rows:
    """Whole commits, under no hook, under ours, and under pre-commit with the peers."""
    folder, names = _product(shop)
    five = by_size(folder, names, 700, 900)[:5]
    _commit_before(shop, folder, five)
    touch(folder, five, "me")
    _edit_review(folder)
    found = _commits(shop, folder, rounds)
    bare = found["no hook"].median
    ours, theirs = found[TOOL].median - bare, found["framework"].median - bare
    what = "a commit of 5 files and REVIEW.yaml, less a bare one"
    yield Row(what, ours, theirs, f"pre-commit with {PEERS}", 0.2)
    git(folder, "reset", "--quiet", "--hard")
    (folder / "NOTES.txt").write_text("Nothing that is judged.\n", encoding="utf-8")
    found = _commits(shop, folder, rounds)
    yield Figure(
        "a commit of nothing relevant, less one under an empty hook",
        (found[TOOL].median - found["empty hook"].median) * 1000,
        "ms",
        10,
    )


def whole_repository(shop: Workshop, rounds: int) -> Rows:
    """Every file of the corpus, cold: complexity, sizes and nesting; on one core and on two."""
    folder = shop.repository("whole", shop.corpus())
    cold = partial(_forget, folder)
    code = ("--select", "RL801,RL802,RL803,RL805,RL806", "--exit-zero", "--quiet")
    tool = _tool(shop, folder, "check", *code)._replace(prepare=cold)
    one = tool._replace(name="one core", commands=[["taskset", "1", *tool.commands[0]]])
    warm = tool._replace(name="again", prepare=partial(_ten_more, folder))
    parse = _parsing(shop, folder)
    radon = Contestant("radon cc", [["taskset", "1", shop.peer("radon"), "cc", "--total-average", "."]], str(folder))
    found = race([tool, one, parse, radon], max(1, rounds // 4))
    size = sum(path.stat().st_size for path in folder.rglob("*.py"))
    alone = found["one core"].median
    yield Row(f"{size / 1e6:.0f} MB of Python, one core", alone, found["ast.parse"].median, "ast.parse", 1.15)
    yield Row("the same", alone, found["radon cc"].median, "radon cc", 4, at_most=False)
    yield Row("the same, two cores", found[TOOL].median, alone, "one core", 1.7, at_most=False)
    yield Figure("memory of the largest process", found[TOOL].memory / 1e6, "MB", 200)
    _check(shop, folder, *code)
    again = race([warm], max(1, rounds // 4))["again"]
    yield Row("the same again, 10 files changed", again.median, found[TOOL].median, "the cold run", 0.10)


def maintainability(shop: Workshop, rounds: int) -> Rows:
    """Every figure of a quarter of the files, and the one literal that Radon stumbles over."""
    folder = shop.repository("figures", shop.corpus()[::4])
    cold = partial(_forget, folder)
    code = ("--select", "RL801,RL802,RL803,RL804,RL805,RL806", "--exit-zero")
    command = ["taskset", "1", shop.tool(), "check", "--metrics", "--format", "json", *code]
    tool = Contestant(TOOL, [command], str(folder), cold)
    parse = _parsing(shop, folder)
    radon = Contestant(
        "radon", [["taskset", "1", shop.peer("radon"), kind, "."] for kind in ("cc", "hal", "raw", "mi")], str(folder)
    )
    found = race([tool, parse], max(1, rounds // 4)) | race([radon], 1)
    yield Row("with the maintainability index", found[TOOL].median, found["ast.parse"].median, "ast.parse", 1.8)
    yield Row("the same", found[TOOL].median, found["radon"].median, "radon cc, hal, raw, mi", 12, at_most=False)
    literal = shop.repository("literal", [])
    (literal / "table.py").write_text("table = [\n" + "    1,\n" * 4000 + "]\n", encoding="utf-8")
    taken = race([tool._replace(folder=str(literal), prepare=None)], max(1, rounds // 4))[TOOL]
    yield Figure("one literal of 4,000 lines", taken.median * 1000, "ms", 200)


def many_files(shop: Workshop, rounds: int) -> Rows:
    """Fifty and five hundred changed files, beside parsing their new versions on as many cores."""
    folder = shop.repository("many", shop.corpus()[:2000])
    for number in (50, 500):
        names = by_size(folder, python_files(folder), 50, 2000)[:number]
        _commit_before(shop, folder, names)
        touch(folder, names, "me")
        git(folder, "add", "--all")
        tool = _tool(shop, folder, "check", "--staged")._replace(prepare=_keep(folder))
        found = race([tool, _parsing(shop, folder, "--processes", "2", *names, core="3")], max(1, rounds // 2))
        taken, parsed = found[TOOL].median, found["ast.parse"].median
        yield Row(f"{number} changed files", taken, parsed, "ast.parse of them on two cores", 1.25)
        commit(folder, "Done")


def growth(shop: Workshop, rounds: int) -> Rows:
    """How the time grows with the number of changed files and with the size of the index."""
    for number in (10, 100, 1000, 10_000):
        folder = _small_files(shop, 10_000)
        for index in range(number):
            (folder / _small_name(index)).write_text(f"def f(a):\n    return a or {index}\n\nX = 1\n", encoding="utf-8")
        git(folder, "add", "--all")
        tool = _tool(shop, folder, "check", "--staged")._replace(prepare=partial(_forget, folder))
        found = race([tool], max(1, rounds // 4))
        yield Figure(f"{number:,} small changed files, each", found[TOOL].median * 1e6 / number, "µs")
    for number in (1_000, 10_000, 100_000):
        folder = _small_files(shop, number)
        (folder / _small_name(0)).write_text("def f(a):\n    return a or 1\n\nX = 1\n", encoding="utf-8")
        git(folder, "add", "--all")
        tool = _tool(shop, folder, "check", "--staged")._replace(prepare=partial(_forget, folder))
        found = race([tool], rounds)
        yield Figure(f"one changed file, an index of {number:,} entries", found[TOOL].median * 1000, "ms")


def others(shop: Workshop, rounds: int) -> Rows:  # noqa: ARG001 - some of them take minutes
    """Every file of the corpus by every tool that counts decisions, as its users call it, on all cores it takes."""
    folder = shop.repository("whole", shop.corpus())
    commands = {
        "ruff": ["check", "--isolated", "--no-cache", "--select", "C901", "--quiet", "."],
        "complexipy": ["--quiet", "."],
        "radon": ["cc", "."],
        "lizard": ["-l", "python", "."],
        "xenon": ["--max-absolute", "F", "."],
        "flake8": ["--isolated", "--select", "C901", "--max-complexity", "15", "."],
    }
    peers = [Contestant(name, [[shop.peer(name), *words]], str(folder)) for name, words in commands.items()]
    ours = ("check", "--select", "RL801,RL802,RL803", "--exit-zero", "--quiet")
    tool = _tool(shop, folder, *ours)._replace(prepare=partial(_forget, folder))
    for name, timing in race([tool, *peers], 1).items():
        yield Figure(f"complexity of every file by {name}", timing.median * 1000, "ms")


SCENARIOS: dict[str, Callable[[Workshop, int], Rows]] = {
    "commit": commit_path,
    "hook": own_hook,
    "whole": whole_repository,
    "maintainability": maintainability,
    "many": many_files,
    "growth": growth,
    "others": others,
}


def _product(shop: Workshop) -> tuple[Path, list[str]]:
    """A repository of 2,000 Python files with the REVIEW.yaml of a product in production; and its Python files."""
    folder = shop.repository("product", shop.corpus()[:2000])
    names = python_files(folder)
    shutil.copytree(PROJECT / "examples" / "payments", folder, dirs_exist_ok=True)
    commit(folder, "Document")
    return folder, names


def _small_files(shop: Workshop, number: int) -> Path:
    """A repository of so many files of four lines."""
    folder = shop.repository("small", [])
    for index in range(number):
        file = folder / _small_name(index)
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"def f(a):\n    return a and {index}\n\nX = 1\n", encoding="utf-8")
    commit(folder, "Small files")
    return folder


def _small_name(index: int) -> str:
    return f"part{index // 1000}/module{index}.py"


def _tool(shop: Workshop, folder: Path, *arguments: str) -> Contestant:
    return Contestant(TOOL, [[shop.tool(), *arguments]], str(folder))


def _check(shop: Workshop, folder: Path, *arguments: str) -> None:
    race([_tool(shop, folder, "check", *arguments)], 1)


def _peers(shop: Workshop, folder: Path, names: list[str]) -> Contestant:
    commands = [_schema_check(shop), [shop.peer("xenon"), "--max-absolute", "F", *names]]
    return Contestant(PEERS, commands, str(folder))


def _schema_check(shop: Workshop) -> list[str]:
    schema = str(PROJECT / "schemas" / "review.schema.json")
    return [shop.peer("check-jsonschema"), "--schemafile", schema, "REVIEW.yaml"]


def _floor(shop: Workshop, folder: Path) -> Contestant:
    difference = ["git", "diff-index", "--cached", "--raw", "-z", "HEAD"]
    return Contestant(
        FLOOR, [[shop.tool("python"), "-c", "pass"], difference, ["git", "cat-file", "--batch"]], str(folder)
    )


def _parsing(shop: Workshop, folder: Path, *arguments: str, core: str = "1") -> Contestant:
    """`ast.parse` of some files of a folder, or of all, and nothing else."""
    script = str(Path(__file__).with_name("parse_all.py"))
    return Contestant("ast.parse", [["taskset", core, shop.tool("python"), script, *arguments]], str(folder))


def _commit_before(shop: Workshop, folder: Path, names: list[str]) -> None:
    """A commit that changes some files, checked as under the hook: what it leaves is known."""
    touch(folder, names, "others")
    git(folder, "add", "--all")
    _check(shop, folder, "--staged")
    commit(folder, "The one before")


def _commits(shop: Workshop, folder: Path, rounds: int) -> dict[str, Timing]:
    """The same commit under several hooks, each time made for the first time."""
    git(folder, "add", "--all")
    race([_tool(shop, folder, "install-hook")], 1)
    head, restore = git(folder, "rev-parse", "HEAD").strip(), _keep(folder)

    def back() -> None:
        git(folder, "reset", "--quiet", "--soft", head)
        restore()

    def contestant(name: str, hooks: Path) -> Contestant:
        command = ["git", *IDENTITY, "-c", f"core.hooksPath={hooks}", "commit", "--quiet", "--message", "One"]
        return Contestant(name, [command], str(folder), back, exits=(0,))

    framework = f"exec {shop.peer('pre-commit')} run --config {_framework(shop)}"
    contestants = [
        contestant("no hook", Path("/dev/null")),
        contestant("empty hook", _hook(shop, "empty", "exit 0")),
        contestant(TOOL, folder / ".git" / "hooks"),
        contestant("framework", _hook(shop, "framework", framework)),
    ]
    found = race(contestants, rounds)
    back()
    return found


def _hook(shop: Workshop, name: str, command: str) -> Path:
    folder = shop.home / "hooks" / name
    folder.mkdir(parents=True, exist_ok=True)
    hook = folder / "pre-commit"
    hook.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    hook.chmod(0o755)
    return folder


def _framework(shop: Workshop) -> Path:
    """The configuration of a framework whose hooks are the peers."""
    check, xenon = " ".join(_schema_check(shop)[:-1]), f"{shop.peer('xenon')} --max-absolute F"
    hooks = [
        {"id": "check-jsonschema", "entry": check, "files": "^REVIEW.yaml$"},
        {"id": "xenon", "entry": xenon, "files": "[.]py$"},
    ]
    full = [{"name": hook["id"], "language": "system", **hook} for hook in hooks]
    path = shop.home / "framework.yaml"
    path.write_text(json.dumps({"repos": [{"repo": "local", "hooks": full}]}), encoding="utf-8")
    return path


def _edit_review(folder: Path) -> None:
    """Another number of shops: the file stays valid."""
    review = folder / "REVIEW.yaml"
    text = review.read_text(encoding="utf-8")
    number = re.search(r"consumers_expected: (\d+)", text)
    assert number
    review.write_text(text.replace(number[0], f"consumers_expected: {int(number[1]) - 1}"), encoding="utf-8")
    git(folder, "add", "--all")


def _store(folder: Path) -> Path:
    return folder / ".git" / STORE


def _forget(folder: Path) -> None:
    """Nothing is known of any content any more."""
    shutil.rmtree(_store(folder), ignore_errors=True)


def _keep(folder: Path) -> Callable[[], None]:
    """What puts back what is known by now."""
    kept = folder / ".git" / f"{STORE}.kept"
    shutil.rmtree(kept, ignore_errors=True)
    if _store(folder).exists():
        shutil.copytree(_store(folder), kept)

    def restore() -> None:
        _forget(folder)
        if kept.exists():
            shutil.copytree(kept, _store(folder))

    return restore


def _ten_more(folder: Path) -> None:
    """A commit that changes ten files."""
    touch(folder, python_files(folder)[::300][:10], "me")
    commit(folder, "Ten more")
