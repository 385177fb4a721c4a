"""The organisation of benchmarks/: its reviews have the form of reviews, and it is scanned over its history."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.organisation.days import SCANS, day_of
from benchmarks.organisation.reviews import products, review_files
from linter.engine.reviews import judged_document
from linter.model.overview import Scan
from linter.store.store import open_store
from tests.support.repository import PROJECT, Repository

COMMITS = 12


@pytest.fixture
def mirrors(tmp_path: Path) -> list[Path]:
    """Mirrors of three projects; one of these has several products."""
    names = {"pallets+markupsafe": "tests/test_escape.py", "psf+black": "tests/test_format.py"}
    names["GoogleCloudPlatform+microservices-demo"] = "src/checkoutservice/main_test.go"
    for name, path in names.items():
        repository = Repository(tmp_path / "work" / name)
        for number in range(COMMITS):
            repository.commit_files({path: f"{number}\n"})
        repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / name / "repo"))
    return [tmp_path / name / "repo" for name in names]


def test_every_review_has_the_form_of_one_at_last() -> None:
    faults = set()
    for product in products():
        content = review_files([product], SCANS, ())[product.place("REVIEW.yaml")]
        faults |= {(product.review["name"], problem.rule) for problem in judged_document("", content).problems}
    assert faults == {("checkout", "RL007"), ("cart", "RL007"), ("frontend", "RL007"), ("tqdm", "RL001")}


@pytest.mark.slow
def test_it_is_scanned_over_its_history(mirrors: list[Path], tmp_path: Path) -> None:
    home, store = tmp_path / "home", tmp_path / "scans.db"
    command = [sys.executable, "-m", "benchmarks.organisation", *mirrors, "--home", home, "--store", store]
    result = subprocess.run([*command, "--scans", "2"], cwd=PROJECT, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()
    with open_store(str(store)) as kept:
        overview = kept.overview(Scan(2, day_of(SCANS)))
        reports = {report.repository.name: report for report in kept.reports(Scan(2, day_of(SCANS)))}
    assert (overview.total.repositories, overview.total.with_review, overview.total.errors) == (5, 3, 1)
    assert [group.name for group in overview.teams] == ["@acme/platform", "@acme/quality", "@acme/shop", "@acme/web"]
    shop = reports["GoogleCloudPlatform/microservices-demo"]
    assert "checkout" in [product.name for product in shop.products]
    escape = reports["pallets/markupsafe"]
    assert escape.report
    assert [finding.rule for finding in escape.report.findings] == ["RL011"]  # no pipeline; what was signed still holds
    commits = Repository(home / "pallets/markupsafe").git("rev-list", "--first-parent", "HEAD").split()
    assert len(commits) == COMMITS + 1


def test_a_store_is_not_written_into_twice(mirrors: list[Path], tmp_path: Path) -> None:
    (tmp_path / "scans.db").touch()
    command = [sys.executable, "-m", "benchmarks.organisation", *mirrors]
    places = ["--home", tmp_path / "home", "--store", tmp_path / "scans.db"]
    result = subprocess.run([*command, *places], cwd=PROJECT, capture_output=True, check=False)
    assert result.returncode == 2
    assert b"is there already" in result.stderr
