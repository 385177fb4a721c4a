"""The README keeps its word: each `console` block is run in a repository, in the order of reading, and its output held
against what is written there.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.support.code import function
from tests.support.repository import PROJECT, Repository

README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(README)
REVIEW = next(text for kind, text in BLOCKS if kind == "yaml")

START = {
    "pyproject.toml": """\
[project]
name = "shop"
version = "1.0"
description = "Sells books and posts them to wherever readers live."
""",
    "delivery.py": function("postage", 14, "country").replace("(country)", "(country, weight)"),
    "tests/test_delivery.py": """\
from delivery import postage


def test_postage():
    assert postage("UK", 1) == 3
""",
}
ABROAD = {
    "delivery.py": function("postage", 18, "country").replace("(country)", "(country, weight)"),
    "tests/test_delivery.py": START["tests/test_delivery.py"] + "    assert postage('NZ', 1) == 9\n",
}

BEFORE: dict[str, dict[str, str]] = {
    "review-lint": {"REVIEW.yaml": REVIEW},
    'git commit -m "Deliver abroad"': {
        **ABROAD,
        "REVIEW.yaml": REVIEW.replace("lifecycle: experimental", "lifecycle: experimentel"),
    },
}
"""What a person does to the files, and stages, before they call a command of the README."""


class Call(NamedTuple):
    """One command of the README and what it is said to print."""

    command: str
    output: str


def calls() -> list[Call]:
    found = []
    for kind, text in BLOCKS:
        if kind == "console":
            parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
            assert parts[0] == "", "a console block begins with a command"
            found += [Call(*part.split("\n", 1)) for part in parts[1:]]
    return found


@pytest.fixture
def shop(tmp_path: Path, program: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The repository of the reader, with the program on the path."""
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    shop = Repository(tmp_path / "shop")
    shop.commit_files(START, "Start")
    return shop


def test_what_is_shown_is_what_is_printed(shop: Repository) -> None:
    shown, printed = "", ""
    for call in calls():
        if call.command in BEFORE:
            shop.stage(BEFORE[call.command])
        shown += f"$ {call.command}\n{call.output}"
        printed += f"$ {call.command}\n{said(shop, call.command)}"
        if call.command == "review-lint install-hook":
            shop.commit("Add a design review")
    assert printed == shown, f"write this into README.md:\n{printed}"


def said(shop: Repository, command: str) -> str:
    """What a command prints, with the folder that the README speaks of."""
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    result = subprocess.run(["sh", "-c", command], cwd=shop.path, text=True, check=False, **streams)
    return result.stdout.replace(str(shop.path), "/home/ada/shop")


def test_every_preparation_is_for_a_command_that_is_there() -> None:
    assert BEFORE.keys() <= {call.command for call in calls()}
    assert len(calls()) >= 4


def test_the_ignore_that_is_shown_works(shop: Repository) -> None:
    (line,) = re.findall(r"^  def .*ignore\[.*$", README, flags=re.MULTILINE)
    shop.commit_files({"REVIEW.yaml": REVIEW})
    code = ABROAD["delivery.py"].replace("def postage(country, weight):", line.strip())
    shop.stage({**ABROAD, "delivery.py": code})
    assert "passed: 1 suppressed" in said(shop, "review-lint --staged")


def test_the_configuration_that_is_shown_is_one(shop: Repository) -> None:
    (text,) = (text for kind, text in BLOCKS if kind == "toml")
    shop.stage({"pyproject.toml": START["pyproject.toml"] + text, "REVIEW.yaml": REVIEW})
    assert said(shop, "review-lint; echo $?").endswith("\n0\n")


def test_the_hooks_that_are_shown_exist() -> None:
    text = next(text for kind, text in BLOCKS if kind == "yaml" and "repos:" in text)
    hooks = {hook["id"] for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text())}
    shown = {hook["id"] for repository in yaml.safe_load(text)["repos"] for hook in repository["hooks"]}
    assert shown | set(re.findall(r"review-(?:file|complexity)\b", text)) == hooks


@pytest.mark.parametrize(
    "page", sorted([PROJECT / "README.md", *(PROJECT / "docs").glob("*.md")]), ids=lambda p: p.name
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


def test_the_commands_of_contributors_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    for name in re.findall(r"^make (\w+)", README, flags=re.MULTILINE):
        assert f"\n{name}:" in makefile
