"""A review file cannot take code over from a stricter one without a word, in real repositories."""

from pathlib import Path

import pytest

from tests.support.cli import check
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

Told = list[tuple[str, str]]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "pkg/b.py": "X = 1\n", "src/c.py": "X = 1\n"}, "Start")
    return repository


def told(repository: Repository, *arguments: str) -> Told:
    """The places and messages about promises of a check of what is staged."""
    report = check(repository.path, *(arguments or ("--staged",)), "--select", "RL908").report
    return [("{path}:{line}:{column}".format(**found), found["message"]) for found in report["findings"]]


def nested(text: str = "") -> str:
    return review(text).replace("name: sketchpad", "name: pkg")


def simplicity(settings: str) -> str:
    return nested(f"simplicity: {{{settings}}}\n")


BEFORE = ", as against REVIEW.yaml, which covered pkg before"


@pytest.mark.parametrize(
    ("settings", "column", "message"),
    [
        (
            "limits: {cyclomatic_complexity: 1000}",
            46,
            "`simplicity.limits.cyclomatic_complexity` is raised from 15 to 1000",
        ),
        ("test_limits: {nesting: 9}", 37, "`simplicity.test_limits.nesting` is raised from 5 to 9"),
        ("mode: advice", 20, "`simplicity.mode` changes from ratchet to advice"),
        ("legacy_tolerance: 9", 32, "`simplicity.legacy_tolerance` is raised from 2 to 9"),
        ("generated: [gen/*]", 26, "`simplicity.generated[gen/*]` is added"),
        ("overrides: [{paths: [x/*], limits: {nesting: 9}}]", 59, "`nesting` for x/* is raised from 5 to 9"),
    ],
)
def test_a_new_file_is_compared_with_the_outer_one(
    repository: Repository, settings: str, column: int, message: str
) -> None:
    repository.stage({"pkg/REVIEW.yaml": simplicity(settings), "pkg/a.py": function("f", 40)})
    expected = [(f"pkg/REVIEW.yaml:13:{column}", message + BEFORE)]
    assert told(repository) == told(repository, ".") == expected


def test_a_new_file_that_asks_as_much_is_welcome(repository: Repository) -> None:
    outer = 'generated: ["pkg/gen/*", "**/pb.py"], overrides: [{paths: ["pkg/**"], limits: {nesting: 9}}, '
    outer += "{paths: [src], limits: {nesting: 1}}, {paths: [pkg/x], limits: {nesting: 7}}]"
    repository.commit_files({"REVIEW.yaml": review(f"simplicity: {{{outer}}}\n")})
    inner = 'generated: ["gen/*", "**/pb.py"], limits: {nesting: 9}, overrides: [{paths: [x], limits: {nesting: 7}}]'
    repository.stage({"pkg/REVIEW.yaml": simplicity(inner)})
    assert told(repository) == []
    repository.stage({"pkg/REVIEW.yaml": simplicity(inner.replace("nesting: 7", "nesting: 8"))})
    assert [message for _, message in told(repository)] == [f"`nesting` for x is raised from 7 to 8{BEFORE}"]


def test_what_a_new_file_does_not_say_is_less_than_a_strict_outer_one(repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": review("simplicity: {limits: {arguments: 3}}\n")})
    repository.stage({"pkg/REVIEW.yaml": nested()})
    message = f"`simplicity.limits.arguments` is raised from 3 to 8{BEFORE}"
    assert told(repository) == [("pkg/REVIEW.yaml:1:1", message)]


def test_a_file_that_is_gone_leaves_its_code_to_a_looser_one(repository: Repository) -> None:
    strict = simplicity("limits: {arguments: 3}, overrides: [{paths: [x], limits: {nesting: 1}}]")
    loose = review('simplicity: {generated: ["src/*", "**/pb.py"], limits: {nesting: 6}}\n')
    repository.commit_files({"pkg/REVIEW.yaml": strict, "REVIEW.yaml": loose})
    repository.git("rm", "--quiet", "pkg/REVIEW.yaml")
    before = ", as against pkg/REVIEW.yaml, which covered pkg before"
    assert told(repository) == [
        ("REVIEW.yaml:13:1", f"`nesting` for pkg/x is raised from 1 to 6{before}"),
        ("REVIEW.yaml:13:35", f"`simplicity.generated[**/pb.py]` is added{before}"),
        ("REVIEW.yaml:13:48", f"`simplicity.limits.arguments` is raised from 3 to 8{before}"),
        ("REVIEW.yaml:13:66", f"`simplicity.limits.nesting` is raised from 5 to 6{before}"),
    ]
    repository.git("rm", "--quiet", "-r", "pkg")
    assert told(repository) == []


def test_a_file_that_covers_less_leaves_the_rest_to_the_defaults(repository: Repository) -> None:
    strict = review("simplicity: {limits: {arguments: 3}}\n")
    repository.commit_files({"REVIEW.yaml": strict})
    repository.stage({"REVIEW.yaml": strict + "covers: [pkg]\n"})
    message = "`simplicity.limits.arguments` is raised from 3 to 8"
    before = ", as against REVIEW.yaml, which covered the root folder before"
    assert told(repository) == [("REVIEW.yaml:1:1", message + before)]


def test_a_product_that_moves_is_compared_with_itself(repository: Repository) -> None:
    loose = simplicity("limits: {arguments: 30}")
    repository.commit_files({"pkg/REVIEW.yaml": loose})
    repository.write("shop/.keep")
    repository.git("mv", "pkg/REVIEW.yaml", "pkg/b.py", "shop")
    assert told(repository) == []


def test_where_no_file_covered_the_code_the_defaults_held(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "shop")
    loose = simplicity("mode: advice")
    repository.stage({"pkg/REVIEW.yaml": loose, "pkg/a.py": "X = 1\n", "src/a.py": "X = 1\n"})
    assert told(repository) == []
    repository.commit("Adopt")
    repository.stage({"src/REVIEW.yaml": loose.replace("name: pkg", "name: src")})
    message = "`simplicity.mode` changes from ratchet to advice, as against the defaults, which held for src before"
    assert told(repository) == [("src/REVIEW.yaml:13:20", message)]


def test_files_that_are_left_out_or_cannot_be_read_hand_nothing_over(repository: Repository) -> None:
    strict = simplicity("limits: {arguments: 3}")
    repository.commit_files({"pkg/REVIEW.yaml": strict, "src/REVIEW.yaml": strict.replace("name: pkg", "name: src")})
    repository.stage({"pkg/REVIEW.yaml": "a: [", "review-lint.toml": 'exclude = ["src/**"]\n'})
    assert told(repository) == [("review-lint.toml:1:13", "`exclude` gains `src/**`")]


def test_a_merge_is_told_what_no_parent_did(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit_files({"pkg/REVIEW.yaml": simplicity("mode: advice")})
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"main.py": ""})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "topic")
    assert told(repository) == []
    repository.stage({"pkg/REVIEW.yaml": nested(), "src/REVIEW.yaml": simplicity("mode: advice")})
    assert [place for place, _ in told(repository)] == ["src/REVIEW.yaml:13:20"]
