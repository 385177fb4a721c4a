"""One door for each library: what comes from outside is imported by one module only, so that it can be exchanged."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {
    ("alembic", "linter/store/migration.py"),
    ("sqlalchemy", "linter/store/sql.py"),
    ("jinja2", "linter/site/templating.py"),
    ("markupsafe", "linter/site/templating.py"),
    ("py_svg_hush", "linter/site/diagram.py"),
}
"""What these libraries are about is what these rooms are made for."""

MODULES = sorted((ROOT / "linter").rglob("*.py"))
PURE = [path for path in MODULES if path.relative_to(ROOT / "linter").parts[0] in ("model", "rules", "errors.py")]


def imports(path: Path) -> Iterator[str]:
    """The first part of the name of everything that a module imports, also inside its functions."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield (node.module or "").partition(".")[0]


def doors() -> dict[str, set[str]]:
    """By the name of each library the modules that import it; `subprocess` counts as one."""
    found = defaultdict(set)
    for path in MODULES:
        for name in imports(path):
            if name == "subprocess" or name not in sys.stdlib_module_names | {"linter"}:
                found[name].add(path.relative_to(ROOT).as_posix())
    return found


def test_the_walk_finds_the_doors_that_are_there() -> None:
    found = doors()
    assert found["subprocess"] == {"linter/adapters/git/transfer.py"}
    assert {"yaml", "jsonschema", "radon"} <= found.keys()
    assert len(PURE) > 20


@pytest.mark.parametrize("library", sorted(doors()))
def test_every_library_has_one_door_and_it_is_an_adapter_or_in_the_room_that_needs_it(library: str) -> None:
    (door,) = doors()[library]
    assert door.startswith("linter/adapters/") or (library, door) in ROOMS


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_pure_core_imports_the_standard_library_only(path: Path) -> None:
    foreign = set(imports(path)) - sys.stdlib_module_names - {"linter"}
    assert foreign == set()


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_pure_core_looks_at_nothing_outside(path: Path) -> None:
    outside = {"os", "io", "subprocess", "socket", "shutil", "tempfile", "pathlib", "glob", "urllib", "http", "sqlite3"}
    assert outside.intersection(imports(path)) == set()
