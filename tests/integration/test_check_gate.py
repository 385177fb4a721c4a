"""What the gate blocks and what it lets through, asked of the real command in real repositories."""

from pathlib import Path

import pytest

from tests.support.cli import check
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    return repository


def staged(repository: Repository, *arguments: str) -> list[str]:
    ran = check(repository.path, "--staged", *arguments)
    assert ran.code == (1 if any("error" in place for place in ran.places) else 0), ran
    return ran.places


def test_an_unrelated_change_passes(repository: Repository) -> None:
    repository.stage({"notes.md": "# Notes\n", "small.py": function("small", 3)})
    assert staged(repository) == []


def test_a_typo_in_the_review_file_is_refused_at_its_place(repository: Repository) -> None:
    repository.stage({"REVIEW.yaml": review(changes={"lifecycle: experimental": "lifecycle: experimentel"})})
    assert staged(repository) == ["REVIEW.yaml:5:12: RL008 error"]


def test_a_new_function_above_the_limit_is_refused(repository: Repository) -> None:
    repository.stage({"new.py": "import os\n\n\n" + function("new", 16)})
    assert staged(repository) == ["new.py:4:1: RL801 error"]


def test_a_legacy_function_that_is_merely_touched_passes_with_advice(repository: Repository) -> None:
    repository.stage({"legacy.py": function("old", 30).replace("return a", "return a  # done")})
    assert staged(repository) == ["legacy.py:1:1: RL803 advice"]


def test_a_legacy_function_that_got_much_worse_is_refused(repository: Repository) -> None:
    repository.stage({"legacy.py": function("old", 33)})
    assert staged(repository) == ["legacy.py:1:1: RL802 error"]


def test_a_legacy_function_that_rose_within_the_tolerance_is_warned_about(repository: Repository) -> None:
    repository.stage({"legacy.py": function("old", 32)})
    assert staged(repository) == ["legacy.py:1:1: RL802 warning"]


def test_a_long_function_that_is_split_passes(repository: Repository) -> None:
    lines = function("old", 30).splitlines(keepends=True)
    half = len(lines) // 4 * 2 + 1
    first = "".join([*lines[:half], "    return rest(a)\n"])
    rest = "".join(["def rest(a):\n", *lines[half:]])
    repository.stage({"legacy.py": f"{first}\n\n{rest}"})
    assert all("error" not in place for place in staged(repository))


def test_a_renamed_file_brings_nothing_new(repository: Repository) -> None:
    repository.git("mv", "legacy.py", "renamed.py")
    assert staged(repository) == []


def test_what_is_not_staged_is_not_judged(repository: Repository) -> None:
    repository.stage({"new.py": function("new", 3)})
    repository.write("new.py", function("new", 40))
    repository.write("REVIEW.yaml", "broken: [")
    assert staged(repository) == []
    assert check(repository.path).places == [
        "REVIEW.yaml:1:10: RL001 error",
        "legacy.py:1:1: RL803 advice",
        "new.py:1:1: RL801 error",
    ]


def test_a_syntax_error_is_refused(repository: Repository) -> None:
    repository.stage({"broken.py": "def f(:\n    pass\n", "fine.py": function("worse", 20)})
    assert staged(repository) == ["broken.py:1:7: RL806 error", "fine.py:1:1: RL801 error"]


def test_a_fault_that_was_there_before_is_a_warning_until_its_section_is_touched(repository: Repository) -> None:
    broken = review(changes={"  dependencies: []": "  dependencies: 7"})
    repository.commit_files({"REVIEW.yaml": broken})
    repository.stage({"small.py": function("small", 2)})
    assert staged(repository) == ["REVIEW.yaml:12:17: RL008 warning"]
    repository.stage({"REVIEW.yaml": broken.replace("draw on", "draw and write on")})
    assert staged(repository) == ["REVIEW.yaml:12:17: RL008 warning"]
    repository.stage({"REVIEW.yaml": broken + "  x-note: to be counted\n"})
    assert staged(repository) == ["REVIEW.yaml:12:17: RL008 error"]


def test_a_product_that_moves_takes_its_faults_along(repository: Repository) -> None:
    broken = review(changes={"  dependencies: []": "  dependencies: 7\n  design_doc: docs/design.md"})
    repository.commit_files({"REVIEW.yaml": broken, "docs/design.md": "# Why\n"})
    repository.write("shop/.keep")
    repository.git("mv", "REVIEW.yaml", "docs", "shop")
    assert staged(repository) == ["shop/REVIEW.yaml:12:17: RL008 warning"]
    repository.git("rm", "-q", "-f", "shop/docs/design.md")
    assert staged(repository) == ["shop/REVIEW.yaml:12:17: RL008 warning", "shop/REVIEW.yaml:13:15: RL011 error"]
    repository.git("reset", "-q", "--hard")
    repository.git("mv", "REVIEW.yaml", "REVIEW.old")
    repository.stage({"shop/REVIEW.yaml": broken.replace("name: sketchpad", "name: another")})
    assert "shop/REVIEW.yaml:12:17: RL008 error" in staged(repository)


def test_a_change_of_the_lifecycle_owes_everything(repository: Repository) -> None:
    broken = review(changes={"  dependencies: []": "  dependencies: 7"})
    repository.commit_files({"REVIEW.yaml": broken})
    repository.stage({"REVIEW.yaml": broken.replace("experimental", "beta")})
    assert "REVIEW.yaml:12:17: RL008 error" in staged(repository)


def test_a_missing_review_file_is_never_lowered(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit_files({"a.py": "x = 1\n"})
    repository.stage({"a.py": "x = 2\n"})
    assert staged(repository) == ["REVIEW.yaml:1:1: RL005 error"]


def test_whole_runs_lower_nothing(repository: Repository) -> None:
    repository.commit_files({"REVIEW.yaml": review(changes={"  dependencies: []": "  dependencies: 7"})})
    expected = ["REVIEW.yaml:12:17: RL008 error", "legacy.py:1:1: RL803 advice"]
    assert check(repository.path).places == check(repository.path, "--rev", "HEAD").places == expected


def test_a_merge_is_judged_against_all_its_parents(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit_files({"topic.py": function("theirs", 20)})
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"main.py": function("ours", 20)})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "topic")
    assert staged(repository) == []
    repository.stage({"topic.py": function("theirs", 23)})
    assert staged(repository) == ["topic.py:1:1: RL802 error"]


def test_a_rename_on_one_side_and_a_rise_on_the_other_do_not_block_their_merge(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.git("mv", "legacy.py", "renamed.py")
    repository.commit("Rename")
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"legacy.py": function("old", 33)})
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "topic")
    assert function("old", 33) == (repository.path / "renamed.py").read_text()
    assert all("error" not in place for place in staged(repository))


def test_a_topic_that_merged_main_is_not_judged_on_the_code_of_others(repository: Repository) -> None:
    start = repository.head()
    repository.git("switch", "--quiet", "--create", "topic")
    repository.commit_files({"topic.py": function("ours", 3)})
    repository.git("switch", "--quiet", "main")
    repository.commit_files({"main.py": function("theirs", 40)})
    repository.git("update-ref", "refs/remotes/origin/main", "main")
    repository.git("switch", "--quiet", "topic")
    repository.git("merge", "--quiet", "--no-edit", "main")
    assert check(repository.path, "--from-ref", start, "--to-ref", "topic").places == []


def test_pre_commits_range_replaces_staged_and_explicit_flags_win(repository: Repository) -> None:
    start = repository.head()
    end = repository.commit_files({"new.py": function("new", 16)})
    env = {"PRE_COMMIT_FROM_REF": start, "PRE_COMMIT_TO_REF": end}
    assert check(repository.path, "--staged", env=env).places == ["new.py:1:1: RL801 error"]
    explicit = ["--staged", "--from-ref", end, "--to-ref", end]
    assert check(repository.path, *explicit, env=env).places == []
    assert check(repository.path, env=env).report["target"]["kind"] == "worktree"
    first = {"PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main"}
    assert check(repository.path, "--staged", env=first).report["target"]["kind"] == "revision"


def test_modes_and_limits_come_from_the_staged_review_file(repository: Repository) -> None:
    absolute = review("simplicity: {mode: absolute}\n")
    repository.stage({"REVIEW.yaml": absolute, "legacy.py": function("old", 29)})
    assert staged(repository) == ["legacy.py:1:1: RL801 error"]
    repository.stage({"REVIEW.yaml": absolute.replace("absolute", "advice"), "legacy.py": function("old", 40)})
    assert staged(repository) == ["REVIEW.yaml:13:20: RL908 warning", "legacy.py:1:1: RL802 advice"]
    repository.stage({"REVIEW.yaml": review("simplicity: {limits: {cyclomatic_complexity: 50}}\n")})
    assert staged(repository) == ["REVIEW.yaml:13:46: RL908 warning"]


def test_configuration_comes_from_the_linted_tree(repository: Repository) -> None:
    repository.stage({"vendor/big.py": function("big", 40), "review-lint.toml": 'exclude = ["vendor/**"]\n'})
    widened = ["review-lint.toml:1:13: RL908 warning"]
    assert staged(repository) == widened
    repository.write("review-lint.toml", "")
    assert staged(repository) == widened
    repository.add("review-lint.toml")
    assert staged(repository) == ["vendor/big.py:1:1: RL801 error"]


def test_generated_sources_are_not_judged(repository: Repository) -> None:
    repository.stage(
        {
            "marked.py": "# @generated by a tool\n" + function("a", 20),
            "attributed.py": function("b", 20),
            ".gitattributes": "attributed.py linguist-generated\n",
            "listed.py": function("c", 20),
            "REVIEW.yaml": review("simplicity: {generated: [listed.py]}\n"),
        }
    )
    assert staged(repository) == ["REVIEW.yaml:13:26: RL908 warning"]


def test_scripts_with_a_shebang_are_sources(repository: Repository) -> None:
    repository.stage({"tool": "#!/usr/bin/env python3\n" + function("main", 16), "data": function("f", 16)})
    assert staged(repository) == ["tool:2:1: RL801 error"]


def test_inline_ignores_waivers_and_debt_hide_and_are_reported(repository: Repository) -> None:
    ignored = function("ignored", 20).replace(
        ":\n", ":  # review-lint: ignore[RL801] a table of cases, one a line\n", 1
    )
    governed = review("""\
waivers:
  - {id: w1, rules: [RL801], paths: [waived.py], kind: deferred, reason: To be split in the next sprint, owner: Ada,
     approved_by: Grace, created: "2025-12-01", expires: "2026-02-01"}
simplicity:
  debt:
    - {symbol: owed, path: owed.py, metric: cyclomatic_complexity, ceiling: 20, until: "2026-03-01", owner: Ada}
""")
    repository.stage(
        {
            "ignored.py": ignored,
            "waived.py": function("waived", 20),
            "owed.py": function("owed", 20),
            "REVIEW.yaml": governed,
        }
    )
    ran = check(repository.path, "--staged", "--ignore", "RL808")
    hidden = {f["path"]: f["suppressed"]["by"] for f in ran.report["findings"] if f["suppressed"]}
    assert hidden == {"ignored.py": "inline ignore", "owed.py": "debt owed", "waived.py": "waiver w1"}
    assert (ran.code, ran.places, ran.report["summary"]["suppressed"]) == (0, [], 3)
    late = check(repository.path, "--staged", "--ignore", "RL808", "--today", "2026-04-01")
    assert late.code == 1
    assert [place.split(": ")[1] for place in late.places] == [
        "RL905 warning",
        "RL905 warning",
        "RL801 error",
        "RL801 error",
    ]
