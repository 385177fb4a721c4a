"""Which review file covers a path, and which two cover the same one."""

from collections.abc import Iterator
from typing import Any

import pytest

from linter.engine.scope.coverage import Coverage
from linter.model.document import Document
from linter.model.review_files import Overlap


def document(path: str, covers: Any = None) -> Document:
    return Document(path, data={"version": 1} if covers is None else {"covers": covers})


def covering(path: str, *documents: Document) -> str | None:
    found = Coverage(documents).document_for(path)
    return found.path if found else None


ROOT = document("REVIEW.yaml")
NESTED = document("a/REVIEW.yaml")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("x.py", "REVIEW.yaml"),
        ("b/c/x.py", "REVIEW.yaml"),
        ("a/x.py", "a/REVIEW.yaml"),
        ("a/b/x.py", "a/REVIEW.yaml"),
        ("ab/x.py", "REVIEW.yaml"),
        ("a", "REVIEW.yaml"),
    ],
)
def test_a_file_covers_its_folder_less_folders_with_their_own(path: str, expected: str) -> None:
    assert covering(path, ROOT, NESTED) == expected


def test_without_a_file_nothing_is_covered() -> None:
    assert covering("x.py") is None
    assert covering("b/x.py", NESTED) is None


def test_covers_narrows_what_a_file_covers() -> None:
    narrow = document("a/REVIEW.yaml", ["src/**"])
    assert covering("a/src/x.py", ROOT, narrow) == "a/REVIEW.yaml"
    assert covering("src/x.py", ROOT, narrow) == "REVIEW.yaml"
    assert covering("a/docs/x.py", ROOT, narrow) is None


def test_an_outer_file_may_cover_what_an_inner_one_leaves() -> None:
    outer = document("REVIEW.yaml", ["a/docs/**"])
    inner = document("a/REVIEW.yaml", ["src/**"])
    assert covering("a/docs/x.py", outer, inner) == "REVIEW.yaml"
    assert covering("a/src/x.py", outer, inner) == "a/REVIEW.yaml"
    assert Coverage([outer, inner]).overlaps(["a/docs/x.py", "a/src/x.py"]) == ()


@pytest.mark.parametrize("covers", [[], "src", {"a": 1}, [1, None], 7])
def test_what_is_no_list_of_globs_counts_as_absent(covers: Any) -> None:
    assert covering("b/x.py", document("REVIEW.yaml", covers)) == "REVIEW.yaml"


def test_an_unreadable_file_covers_its_folder() -> None:
    assert covering("a/x.py", ROOT, Document("a/REVIEW.yaml")) == "a/REVIEW.yaml"


def test_two_files_that_cover_one_path_overlap() -> None:
    outer = document("REVIEW.yaml", ["src/**", "a/src/*.py"])
    inner = document("a/REVIEW.yaml", ["src/**"])
    paths = ["a/docs/x.md", "a/src/b/x.py", "a/src/x.py", "a/src/y.py", "src/x.py"]
    assert Coverage([outer, inner]).overlaps(paths) == (Overlap("a/REVIEW.yaml", "REVIEW.yaml", "a/src/x.py"),)


def test_a_covers_that_reaches_into_another_file_s_folder_overlaps() -> None:
    outer = document("REVIEW.yaml", ["**"])
    assert Coverage([NESTED, outer]).overlaps(["a/x.py"]) == (Overlap("a/REVIEW.yaml", "REVIEW.yaml", "a/x.py"),)


@pytest.mark.parametrize("documents", [[ROOT], [ROOT, NESTED], [ROOT, document("a/REVIEW.yaml", ["**"])], []])
def test_paths_are_not_looked_at_where_nothing_can_overlap(documents: list[Document]) -> None:
    def paths() -> Iterator[str]:
        pytest.fail("nobody needs the paths")
        yield ""

    assert Coverage(documents).overlaps(paths()) == ()


def test_deep_folders_are_no_trouble() -> None:
    assert covering("a/" * 5000 + "x.py", ROOT) == "REVIEW.yaml"
