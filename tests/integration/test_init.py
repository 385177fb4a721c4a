"""`review-lint init` in real repositories: what it writes, says and refuses, and that its file passes the gate."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linter.adapters.yaml.reader import read_review
from linter.cli.main import main
from linter.engine.drafting.draft import Facts
from linter.model.document import FILE_NAME
from tests.support.cli import review_lint
from tests.support.repository import Content, Repository

CATALOG = """\
kind: Component
metadata: {name: orders, description: Takes orders from the shop.}
spec: {type: service, lifecycle: LIFECYCLE, owner: checkout, system: shop, dependsOn: ["resource:orders-db"]}
"""
SAYING: dict[str, Content] = {
    ".github/CODEOWNERS": "* @acme/checkout\n",
    ".github/workflows/release.yml": "on: push\njobs: {}\n",
    "catalog-info.yaml": CATALOG.replace("LIFECYCLE", "experimental"),
    "compose.yaml": "services: {cache: {image: redis}}\n",
    "api/openapi.yaml": "openapi: 3.1.0\ninfo: {title: Orders, version: 2.1.0}\npaths: {}\n",
    "tests/test_orders.py": "def test() -> None: ...\n",
}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "shop")


def written(repository: Repository) -> dict[str, object]:
    document = read_review(FILE_NAME, (repository.path / FILE_NAME).read_bytes())
    assert document.problems == ()
    value: dict[str, object] = document.data
    return value


def test_everything_that_the_repository_says_is_in_the_file(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit_files(SAYING)
    assert main(["init", str(repository.path)]) == 0
    assert written(repository)["name"] == "orders"
    assert written(repository)["owner"] == {"team": "@acme/checkout", "product_owner": "ada@example.org"}
    assert written(repository)["planning"] == {
        "status": "draft",
        "dependencies": [
            {"name": "orders-db", "kind": "datastore", "criticality": "hard"},
            {"name": "cache", "kind": "datastore", "criticality": "hard"},
        ],
        "provides": [
            {"name": "Orders", "contract": {"type": "openapi", "path": "api/openapi.yaml"}, "version": "2.1.0"}
        ],
    }
    captured = capsys.readouterr()
    assert captured.err == ""
    told = dict(line.split(maxsplit=1) for line in captured.out.splitlines() if line.split()[0] in Facts._fields)
    assert told == {
        "name": "catalog-info.yaml",
        "description": "catalog-info.yaml",
        "kind": "catalog-info.yaml",
        "lifecycle": "catalog-info.yaml",
        "system": "catalog-info.yaml",
        "team": ".github/CODEOWNERS",
        "product_owner": "the latest commits",
        "dependencies": "catalog-info.yaml, compose.yaml",
        "interfaces": "api/openapi.yaml",
        "unit_tests": "the names of files",
        "pipeline": ".github/workflows/release.yml",
    }


@pytest.mark.parametrize("lifecycle", ["experimental", "beta", "production", "deprecated", "retired"])
def test_the_file_passes_the_gate(lifecycle: str, repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit_files({**SAYING, "catalog-info.yaml": CATALOG.replace("LIFECYCLE", lifecycle)})
    assert main(["init", str(repository.path)]) == 0
    repository.add(FILE_NAME)
    capsys.readouterr()
    assert main(["check", str(repository.path), "--format", "concise"]) == 0
    # Drafts in production are what RL016 warns of, whoever wrote them.
    assert main(["check", str(repository.path), "--staged", "--fail-on", "warning", "--ignore", "RL016"]) == 0
    assert written(repository)["lifecycle"] == lifecycle


def test_an_empty_repository_gets_a_file_that_passes(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(repository.path)]) == 0
    assert written(repository)["name"] == "shop"
    repository.add(FILE_NAME)
    assert main(["check", str(repository.path), "--staged"]) == 0
    assert "TODO" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["日本", "-", "no", "017", "Ünder_score", "a b'c\"d", "x" * 200, "\udcff\udcfe"])
def test_any_folder_name_gives_a_valid_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repository = Repository(tmp_path / name)
    assert main(["init", str(repository.path)]) == 0
    repository.add(FILE_NAME)
    assert main(["check", str(repository.path), "--staged"]) == 0


def test_the_name_of_the_origin_counts_before_the_folder(repository: Repository) -> None:
    repository.git("config", "remote.origin.url", "git@example.org:acme/Order-Book.git")
    assert main(["init", str(repository.path)]) == 0
    assert written(repository)["name"] == "order-book"


def test_it_is_written_at_the_root_from_any_folder(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.write("deep/er/file").parent)
    assert main(["init"]) == 0
    assert (repository.path / FILE_NAME).is_file()


def test_a_difference_is_shown_and_can_be_applied(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit_files(SAYING)
    assert main(["init", str(repository.path), "--diff"]) == 1
    assert not (repository.path / FILE_NAME).exists()
    captured = capsys.readouterr()
    assert "catalog-info.yaml" in captured.err
    repository.git("apply", input=captured.out)
    applied = (repository.path / FILE_NAME).read_bytes()
    (repository.path / FILE_NAME).unlink()
    assert main(["init", str(repository.path)]) == 0
    assert (repository.path / FILE_NAME).read_bytes() == applied


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "advice"),
        [
            ("REVIEW.yaml", "edit it"),
            ("review.yml", "git mv review.yml REVIEW.yaml"),
            ("Review.YAML", "git mv Review.YAML REVIEW.yaml"),
        ],
    )
    @pytest.mark.parametrize("option", [[], ["--diff"]])
    def test_a_file_that_is_there_is_not_touched(
        self, name: str, advice: str, option: list[str], repository: Repository, capsys: pytest.CaptureFixture[str]
    ) -> None:
        repository.stage({name: "mine\n"})
        assert main(["init", str(repository.path), *option]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert name in captured.err
        assert advice in captured.err
        assert captured.err.count("\n") == 1
        assert sorted(os.listdir(repository.path)) == [".git", name]
        assert (repository.path / name).read_text() == "mine\n"

    def test_ignored_files_folders_and_broken_links_count(self, repository: Repository) -> None:
        repository.write(".gitignore", FILE_NAME)
        (repository.path / FILE_NAME).symlink_to("nowhere")
        assert main(["init", str(repository.path)]) == 2
        (repository.path / FILE_NAME).unlink()
        (repository.path / FILE_NAME).mkdir()
        assert main(["init", str(repository.path)]) == 2

    def test_a_bare_repository_has_no_place_for_it(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        bare = Repository(tmp_path / "bare.git", "--bare")
        assert main(["init", str(bare.path)]) == 2
        assert "bare repository" in capsys.readouterr().err

    def test_where_nothing_can_be_written_nothing_is_left_behind(self, repository: Repository) -> None:
        command = f"ulimit -f 0; trap '' XFSZ; exec {sys.executable} -m linter init {repository.path}"
        root = Path(__file__).parents[2]
        result = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, text=True, check=False)
        assert result.returncode == 2
        assert result.stdout == ""
        assert result.stderr.startswith(f"review-lint: error: cannot write {repository.path}/{FILE_NAME}: ")
        assert os.listdir(repository.path) == [".git"]


def test_files_that_cannot_be_read_are_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit_files({**SAYING, "compose.yaml": "a: [\n", "pyproject.toml": "[\x1b"})
    assert main(["init", str(repository.path)]) == 0
    out = capsys.readouterr().out
    assert "not read:\n  pyproject.toml: " in out
    assert "  compose.yaml: line 2, column 1: " in out
    assert "\x1b" not in out


def test_the_newest_authors_count(repository: Repository) -> None:
    for name in ("bob", "bob", "ada"):
        repository.commit(name, f"--author={name} <{name}@example.org>")
    assert main(["init", str(repository.path)]) == 0
    assert written(repository)["owner"] == {"team": "@TODO", "product_owner": "bob@example.org"}


def test_in_a_folder_the_next_steps_name_the_file_from_there(repository: Repository) -> None:
    repository.commit_files({"src/a.py": "x = 1\n"})
    ran = review_lint(repository.path / "src", "init")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-1] == "  3. git add ../REVIEW.yaml && git commit"
    assert (repository.path / FILE_NAME).is_file()


def test_before_the_first_commit_the_owner_is_whoever_works_here(repository: Repository) -> None:
    repository.git("config", "user.email", "grace@example.org")
    assert review_lint(repository.path, "init").code == 0
    assert written(repository)["owner"] == {"team": "@TODO", "product_owner": "grace@example.org"}
