"""CONTRIBUTING.md keeps its word."""

import re

import pytest

from tests.support.repository import PROJECT

TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_four_commands_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    names = re.findall(r"^make ([\w-]+) ", TEXT, flags=re.MULTILINE)
    assert len(names) == 4
    for name in {*names, *re.findall(r"`make ([\w-]+)`", TEXT)}:
        assert f"\n{name}:" in makefile


@pytest.mark.parametrize("place", sorted(set(re.findall(r"\]\(([^)#]+)\)|`((?:linter|\.ci)/[\w/.]*)`", TEXT))))
def test_what_is_named_is_there(place: tuple[str, str]) -> None:
    assert (PROJECT / "".join(place)).exists()


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("PostgreSQL", "postgresql"),
        ("Node.js", "nodejs"),
        *((name, name) for name in ("fish", "groff", "mandoc", "zsh")),
    ],
)
def test_what_tests_need_is_what_the_gate_installs(name: str, package: str) -> None:
    assert name in TEXT
    assert re.search(rf"\b{package}\b", (PROJECT / ".ci" / "run").read_text(encoding="utf-8"))


def test_the_version_is_named_nowhere_else() -> None:
    assert not re.search(r"\d+\.\d+\.\d+", TEXT.replace("1.0.0", ""))
