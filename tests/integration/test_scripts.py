"""Code that no ending of a name tells of, in real repositories."""

from pathlib import Path

import pytest

from linter.engine.code.sources import is_python_script
from tests.support.cli import check, review_lint
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review()}, "Start")
    return repository


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("#!/usr/bin/python", True),
        ("#!/usr/bin/env python3.13\r", True),
        ("#! /usr/bin/env -S python3 -u", True),
        ("#!/opt/pypy/bin/pypy3", True),
        ("#!/usr/bin/env graalpy", True),
        ("#!/usr/bin/env -S uv run --script", True),
        ("#!/usr/bin/env -S uv --quiet run", True),
        ("#!/usr/bin/env -Suv run", True),
        ("#!/usr/bin/uv run", True),
        ("#!/usr/bin/env pipx run", True),
        ("#!/usr/bin/env -S uv tool install", False),
        ("#!/opt/python/bin/perl -w", False),
        ("#!/bin/sh", False),
        ("#!", False),
        ("# python", False),
        ("", False),
    ],
)
def test_shebangs(line: str, expected: bool) -> None:
    assert is_python_script(f"{line}\nimport python\n") == expected
    assert is_python_script(line) == expected


def test_scripts_are_judged_whatever_their_names_end_in(repository: Repository) -> None:
    script = "#!/usr/bin/env -S uv run --script\n"
    names = ["script.v1", "deploy.split", "tool", "notes.md", "page.txt", "run.js"]
    repository.stage({name: script + function(name.partition(".")[0], 20, name[0]) for name in names})
    repository.path.joinpath("notes.md").chmod(0o755)
    repository.add("notes.md")
    expected = [f"{name}:2:1: RL801 error" for name in sorted(names) if name not in ("page.txt", "run.js")]
    assert check(repository.path, "--staged").places == check(repository.path).places == expected
    repository.commit("Keep")
    repository.stage({"script.v1": script + function("script", 21, "s")})
    assert check(repository.path, "--staged").places == ["script.v1:2:1: RL802 warning"]


def test_a_link_with_the_name_of_a_source_that_leads_elsewhere_is_counted(repository: Repository) -> None:
    repository.stage({"impl.txt": function("f", 40), "lib/real.py": "", "lib/tool": "#!/usr/bin/python\n"})
    links = {"a.py": "impl.txt", "lib/b.py": "real.py", "lib/c.py": "./tool", "lib/d.py": "../../outside.py"}
    for path, target in links.items():
        repository.path.joinpath(path).symlink_to(target)
    repository.add()
    for arguments in (["--staged"], []):
        ran = review_lint(repository.path, "check", *arguments)
        assert "; not analysed: 2 .py (link)\n" in ran.out
