"""A change cannot have code left out as generated without a word, in real repositories."""

from pathlib import Path

import pytest

from tests.support.cli import check, review_lint
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

MARKED = "# @generated\n" + function("f", 40)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    files = {"a.py": function("f", 3), "b.py": function("g", 3, "b"), "pb.py": "# @generated\nX = 1\n"}
    repository.commit_files({"REVIEW.yaml": review(), **files}, "Start")
    return repository


def told(repository: Repository, *arguments: str) -> list[tuple[str, str]]:
    """The places and messages of a check of what is staged."""
    ran = check(repository.path, *(arguments or ("--staged",)))
    assert ran.code == 0
    return [(place, found["message"]) for place, found in zip(ran.places, ran.report["findings"], strict=True)]


def test_a_marker_before_code_that_was_judged_is_told_of(repository: Repository) -> None:
    repository.stage({"a.py": "#!/usr/bin/env python3\n" + MARKED, "new.py": MARKED})
    expected = [("a.py:2:1: RL908 warning", "a.py says `@generated` now, and is not judged any more")]
    assert told(repository) == told(repository, "--staged", "--select", "RL9") == told(repository, ".") == expected
    assert "; not judged: 2 generated" in review_lint(repository.path, "check", "--staged").out
    assert "; not judged: 3 generated" in review_lint(repository.path, "check").out


def test_several_files_are_one_finding(repository: Repository) -> None:
    repository.stage({"a.py": MARKED, "b.py": MARKED, "pb.py": MARKED})
    message = "a.py and 1 other say `@generated` now, and are not judged any more"
    assert told(repository) == [("a.py:1:1: RL908 warning", message)]


def test_an_attribute_for_files_that_were_judged_is_told_of(repository: Repository) -> None:
    repository.commit_files({".gitattributes": "* text=auto\npb* linguist-generated\n"})
    repository.stage({".gitattributes": "* text=auto\n*.py linguist-generated\n", "a.py": function("f", 40)})
    message = "a.py and 1 other are `linguist-generated` now, and are not judged any more"
    assert told(repository) == told(repository, ".") == [(".gitattributes:2:1: RL908 warning", message)]
    repository.commit("Grow")
    repository.stage({"a.py": function("f", 41)})
    assert told(repository) == []


def test_what_is_no_python_source_is_not_spoken_of(repository: Repository) -> None:
    repository.commit_files({"tool": "#!/bin/sh\n", "script": "#!/usr/bin/env python3\n", "page.html": ""})
    repository.stage({".gitattributes": "tool linguist-generated\n*.html linguist-generated\n"})
    assert told(repository) == []
    repository.stage({".gitattributes": "* linguist-generated\na.py -linguist-generated\n"})
    message = "b.py and 1 other are `linguist-generated` now, and are not judged any more"
    assert told(repository) == [(".gitattributes:1:1: RL908 warning", message)]


def test_a_merge_is_told_of_what_no_parent_left_out(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit_files({"a.py": MARKED, "topic.py": function("t", 2, "t")})
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"main.py": ""})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "topic")
    assert told(repository) == []
    repository.stage({"topic.py": MARKED})
    message = "topic.py says `@generated` now, and is not judged any more"
    assert told(repository) == [("topic.py:1:1: RL908 warning", message)]


def test_what_the_review_file_says_is_told_once(repository: Repository) -> None:
    repository.stage({"a.py": MARKED, "REVIEW.yaml": review("simplicity: {generated: [a.py]}\n")})
    assert [place for place, _ in told(repository)] == ["REVIEW.yaml:13:26: RL908 warning"]
