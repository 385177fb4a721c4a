"""`policy --explain`, `check --policy` and `check --as`, asked of the real command in real repositories."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.model.simplicity import SETTINGS
from linter.rules.catalogue import ALL_RULES
from tests.support.cli import check, review_lint
from tests.support.code import function
from tests.support.policies import FULL, SMALL
from tests.support.repository import Repository
from tests.support.reviews import review

CONFIGURATION = """\
policy = "policy.yaml"
ignore = ["RL801", "RL806"]
severity = {RL701 = "warning"}
per-path-ignore = {"legacy/**" = ["RL8"]}
"""
SIMPLICITY = """\
tier: 1
simplicity:
  limits:
    cyclomatic_complexity: 20
    nesting: 3
  overrides:
    - {paths: ["src/parser/**"], limits: {arguments: 9}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    files = {"REVIEW.yaml": review(SIMPLICITY), "policy.yaml": FULL, "review-lint.toml": CONFIGURATION}
    repository.commit_files(files, "Start")
    return repository


def explained(folder: Path, *arguments: str) -> dict[str, Any]:
    """The explanation for programs, its settings by name as value, source and remark."""
    ran = review_lint(folder, "policy", "--explain", "--format", "json", "--today", "2026-06-01", *arguments)
    assert (ran.code, ran.err) == (0, "")
    report: dict[str, Any] = json.loads(ran.out)
    report["settings"] = {setting.pop("name"): setting for setting in report["settings"]}
    return report


def row(report: dict[str, Any], name: str) -> tuple[Any, str, bool, str | None]:
    setting = report["settings"][name]
    source = setting["from"]
    place = ":".join(str(part) for part in (source["path"], source["line"]) if part)
    return setting["value"], place or source["kind"], setting["locked"], setting["remark"]


def test_every_setting_has_its_value_and_its_source(repository: Repository) -> None:
    report = explained(repository.path)
    assert report["policy"]["name"] == "acme"
    assert report["policy"]["digest"].startswith("sha256:")
    assert (report["policy"]["path"], report["configuration"]) == ("policy.yaml", "review-lint.toml")
    assert report["review"] == "REVIEW.yaml"
    expected = {
        "select": (["RL"], "built-in", False, None),
        "ignore": (["RL801", "RL806"], "review-lint.toml", False, None),
        "per-path-ignore.legacy/**": (["RL8"], "review-lint.toml", False, None),
        "fail-on": ("error", "built-in", False, None),
        "policy": ("policy.yaml", "review-lint.toml", False, None),
        "mode": ("ratchet", "policy.yaml:14", True, None),
        "legacy_tolerance": (1, "policy.yaml:13", False, None),
        "limits.cyclomatic_complexity": (12, "policy.yaml:11", True, "REVIEW.yaml:16 asks for 20 in vain"),
        "limits.nesting": (3, "REVIEW.yaml:17", False, None),
        "limits.arguments": (8, "built-in", False, None),
        "test_limits.nesting": (4, "policy.yaml:12", False, None),
        "waivers.max_age": ("30d", "policy.yaml:8", False, None),
        "waivers.forbidden": (["RL305", "RL7"], "policy.yaml:8", False, None),
        "not_applicable.forbidden": (["clarity", "monitoring.slis"], "policy.yaml:9", False, None),
        "tier": (1, "REVIEW.yaml:13", False, None),
        "tiers.1.availability_percent": ([99.9, 99.995], "policy.yaml:6", False, None),
        "tiers.1.reviewers.preparation": (["qa", "sre"], "policy.yaml:6", False, None),
        "tiers.1.max_review_age": ("90d", "policy.yaml:6", False, None),
        "RL001": ("error", "built-in", False, None),
        "RL502": ("advice", "policy.yaml:4", False, "advice before 2027-01-01"),
        "RL503": ("warning", "policy.yaml:3", False, None),
        "RL701": ("error", "built-in", True, "review-lint.toml asks for less in vain"),
        "RL801": ("error", "built-in", True, "review-lint.toml asks for less in vain"),
        "RL806": ("off", "review-lint.toml", False, None),
        "RL905": ("error", "policy.yaml:3", False, None),
    }
    assert {name: row(report, name) for name in expected} == expected
    override = {"paths": ["src/parser/**"], "limits": {"arguments": 9}}
    assert row(report, "overrides.0") == (override, "REVIEW.yaml:19", False, None)


def test_no_rule_and_no_setting_is_left_out(repository: Repository) -> None:
    settings = explained(repository.path)["settings"]
    assert {*SETTINGS, *(rule.code for rule in ALL_RULES)} <= set(settings)


def test_another_day_another_severity(repository: Repository) -> None:
    assert row(explained(repository.path, "--today", "2027-01-01"), "RL502")[:2] == ("warning", "policy.yaml:3")


def test_a_policy_from_elsewhere_wins(repository: Repository, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SMALL + "limits: {cyclomatic_complexity: 9}\ntiers: {1: {max_review_age: 20d}}\n")
    report = explained(repository.path, "--policy", str(other))
    assert row(report, "policy") == (str(other), "command line", False, None)
    assert row(report, "tiers.1.max_review_age")[:2] == ("20d", f"{other}:4")
    assert row(report, "limits.cyclomatic_complexity")[:2] == (20, "REVIEW.yaml:16")


def test_the_nearest_review_file_counts(repository: Repository) -> None:
    inner = review("tier: 2\nsimplicity: {mode: advice, limits: {nesting: 1}}\n")
    repository.write("shop/orders/REVIEW.yaml", inner)
    repository.write("shop/orders/src/a.py", "")
    report = explained(repository.path / "shop" / "orders" / "src")
    assert report["review"] == "shop/orders/REVIEW.yaml"
    assert row(report, "tier")[0] == 2
    assert row(report, "limits.nesting")[:2] == (1, "shop/orders/REVIEW.yaml:14")
    assert row(report, "mode") == (
        "ratchet",
        "policy.yaml:14",
        True,
        "shop/orders/REVIEW.yaml:14 asks for advice in vain",
    )
    assert explained(repository.path / "shop")["review"] == "REVIEW.yaml"


def test_what_the_mode_lowers_says_so(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "tool")
    repository.commit_files({"REVIEW.yaml": review("simplicity: {mode: advice}\n")}, "Start")
    report = explained(repository.path)
    assert report["policy"] is None
    assert row(report, "RL801") == ("advice", "REVIEW.yaml:13", False, "by mode: advice")
    assert row(report, "RL006")[0] == "error"


def test_a_repository_without_anything_has_the_defaults(tmp_path: Path) -> None:
    report = explained(Repository(tmp_path / "empty").path)
    assert (report["policy"], report["configuration"], report["review"]) == (None, None, None)
    assert {setting["from"]["kind"] for setting in report["settings"].values()} == {"built-in"}


def test_the_table_is_for_people(repository: Repository) -> None:
    repository.write("REVIEW.yaml", "a: [\n")
    ran = review_lint(repository.path, "policy", "--explain")
    lines = ran.out.splitlines()
    assert lines[0] == "policy         acme (policy.yaml)"
    assert lines[2] == "review file    REVIEW.yaml (cannot be read)"
    (limit,) = (line for line in lines if line.startswith("limits.cyclomatic_complexity"))
    assert limit.split() == ["limits.cyclomatic_complexity", "12", "policy.yaml:11", "locked"]
    assert any(line.startswith("RL801 new-complexity ") for line in lines)
    assert not any(line.endswith(" ") for line in lines)


def test_what_a_repository_says_cannot_reach_the_terminal(repository: Repository) -> None:
    repository.write("review-lint.toml", 'exclude = ["a\\u001b[31m", "\\u202e"]\n')
    ran = review_lint(repository.path, "policy", "--explain")
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["policy", "--explain", "nowhere"], "there is no folder nowhere"),
        (["policy", "--explain", "--policy", "nowhere.yaml"], "cannot read nowhere.yaml: No such file"),
        (["policy", "--explain", "--policy", "."], "cannot read .: Is a directory"),
        (["policy", "--explain", "--today", "tomorrow"], "--today tomorrow is no day"),
        (["--policy", "nowhere.yaml"], "cannot read nowhere.yaml: No such file"),
        (["--policy", "REVIEW.yaml"], "REVIEW.yaml:3:1: `description` is no key of the file"),
        (["--policy", ""], "--policy names no file"),
        (["--as", "prodution"], "did you mean production?"),
        (["--as", "5"], "'5' is neither a lifecycle nor a tier"),
        (["--as", ""], "neither a lifecycle nor a tier"),
        (["--as", "1,2"], "--as 1,2 says two things about the tier"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(repository: Repository, arguments: list[str], words: str) -> None:
    ran = review_lint(repository.path, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_a_staged_policy_governs_the_staged_commit(repository: Repository) -> None:
    repository.stage({"new.py": function("new", 14)})
    ran = check(repository.path, "--staged")
    assert ran.places == ["new.py:1:1: RL801 error"]
    assert ran.err.splitlines() == [
        "review-lint: review-lint.toml: RL701 and RL801 count all the same, because the policy acme locks them",
        "review-lint: REVIEW.yaml:16: 20 is looser than 12, at which the policy locks `limits.cyclomatic_complexity`:"
        " 12 counts",
    ]
    repository.stage({"policy.yaml": SMALL})
    assert check(repository.path, "--staged").places == []
    repository.stage({"policy.yaml": "version: 1\n"})
    broken = check(repository.path, "--staged")
    assert (broken.code, broken.out) == (2, "")
    assert "policy.yaml:1:1: `name` is missing" in broken.err


def test_a_policy_from_anywhere_judges_a_repository(repository: Repository, tmp_path: Path) -> None:
    outside = tmp_path / "organisation.yaml"
    outside.write_text(SMALL + "not_applicable: {forbidden: [monitoring]}\nseverity: {RL013: warning}\n")
    text = review("monitoring: {not_applicable: {because: The platform team has it all., agreed_by: '@ada'}}\n")
    repository.write("REVIEW.yaml", text)
    ran = check(repository.path, "--policy", str(outside), "--select", "RL013")
    assert ran.places == ["REVIEW.yaml:13:14: RL013 warning"]


def test_a_promotion_shows_what_it_would_ask_for(repository: Repository) -> None:
    assert check(repository.path, "--select", "RL007").places == []
    ran = check(repository.path, "--select", "RL007", "--as", "production, 1")
    assert ran.code == 1
    assert len(ran.places) > 5
    assert (
        ran.err.splitlines()[-1] == "review-lint: judged as if every REVIEW.yaml said lifecycle production and tier 1, "
        "and no section were a draft or a proposal"
    )
    repository.write("REVIEW.yaml", review("quality: {status: draft}\n"))
    ran = check(repository.path, "--select", "RL007,RL016", "--as", "production,1")
    assert {place.rpartition(" ")[2] for place in ran.places if "RL007" in place} == {"error"}
    assert [place for place in ran.places if "RL016" in place] == ["REVIEW.yaml:13:19: RL016 warning"]
    staged = check(repository.path, "--staged", "--as", "beta")
    assert "judged as if every REVIEW.yaml said lifecycle beta" in staged.err
