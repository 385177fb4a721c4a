"""The guard in git's own hook passes over a commit only where there is nothing in it to judge."""

import shutil
import sys
from pathlib import Path

import pytest

from linter.adapters.git.cited import note_cited
from linter.cli.hook import script
from tests.support.cli import check
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

CITED = {
    "docs/run.md": "# Restart\n\nStart it again, twice.\n",
    "docs/adr/one.md": "# One\n\nBecause we measured it.\n",
    "docs/[a] ü.md": "# Odd\n\nA name like any other.\n",
}
REVIEW = review(
    'quality: {alerts: [{name: down, condition: none served, severity: page, runbook: "docs/run.md#restart"}]}\n',
    {
        "planning:\n": 'planning:\n  decisions: "docs/adr/*.md"\n  design_doc: "docs/[a] ü.md"\n',
    },
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose last commit has passed under the hook."""
    program = tmp_path / "bin" / "review-lint"
    program.parent.mkdir()
    start = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from linter.__main__ import main; sys.exit(main())"
    called = f"open({str(tmp_path / 'called')!r}, 'a').write('x')"
    program.write_text(f"#!{sys.executable} -I\n{called}\n{start}\n")
    program.chmod(0o755)
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": REVIEW, "a.py": "x = 1\n", "app.js": "x", "notes.md": "x", **CITED})
    hook = repository.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script("pre-commit", str(program)))
    hook.chmod(0o755)
    repository.stage({"a.py": "x = 2\n"})
    assert is_judged(repository)
    return repository


def is_judged(repository: Repository, **environment: str) -> bool:
    """Whether the tool is called for a commit of what is staged."""
    called = repository.path.parent / "called"
    called.write_text("")
    repository.attempt("commit", "--allow-empty", "-m", "Change", env=environment)
    return called.read_text() == "x"


HARMLESS = {
    "a document": {"notes.md": "other"},
    "a new document": {"docs/new.RST": "x"},
    "a picture": {"logo.PNG": b"\x89PNG"},
    "another language": {"app.js": "y", "src/App.TSX": "y"},
    "beside what is cited": {"docs/adr.md": "x", "docs/run.md.txt": "x"},
    "nothing": {},
}


@pytest.mark.parametrize("files", HARMLESS.values(), ids=HARMLESS)
def test_what_is_not_judged(repository: Repository, files: dict[str, str | bytes]) -> None:
    repository.stage(files) if files else None
    before = check(repository.path, "--staged", "--no-cache").report["findings"]
    assert not is_judged(repository)
    assert before == []


JUDGED = {
    "a source": {"a.py": "x = 3\n"},
    "a script": {"deploy": "#!/usr/bin/env python3\nx = 1\n"},
    "a review file": {"sub/REVIEW.yaml": review(changes={"name: sketchpad": "name: other"})},
    "a misnamed review file": {"review.yml": "x: 1\n"},
    "configuration": {"pyproject.toml": "[tool.review-lint]\nselect = ['RL8']\n"},
    "attributes": {".gitattributes": "*.py linguist-generated\n"},
    "owners": {"CODEOWNERS": "* @acme/drawing\n"},
    "a runbook": {"docs/run.md": "# Restart\n\nOnce.\n"},
    "a decision": {"docs/adr/two.md": "# Two\n\nBecause of the first.\n"},
    "an odd name": {"docs/[a] ü.md": "# Odd\n\nStill a name.\n"},
    "a document and a source": {"notes.md": "other", "b.py": "y = 1\n"},
}


@pytest.mark.parametrize("files", JUDGED.values(), ids=JUDGED)
def test_what_is_judged(repository: Repository, files: dict[str, str | bytes]) -> None:
    repository.stage(files)
    assert is_judged(repository)


@pytest.mark.parametrize("command", [("rm", "docs/run.md"), ("mv", "docs/run.md", "docs/walk.md"), ("rm", "a.py")])
def test_what_goes_away_is_judged(repository: Repository, command: tuple[str, ...]) -> None:
    repository.git(*command)
    result = repository.attempt("commit", "-m", "x")
    assert (repository.path.parent / "called").read_text() == "xx"
    assert result.returncode == (command[1] == "docs/run.md")


def test_after_a_commit_that_was_refused_everything_is_judged(repository: Repository) -> None:
    repository.stage({"REVIEW.yaml": "version: 1\n"})
    assert repository.attempt("commit", "-m", "x").returncode == 1
    repository.git("reset", "--quiet", "--hard")
    repository.stage({"notes.md": "other"})
    assert is_judged(repository)
    repository.stage({"notes.md": "again"})
    assert not is_judged(repository)


def test_another_question_says_nothing_about_commits(repository: Repository) -> None:
    note = repository.path / ".git" / "review-lint" / "cited"
    note.unlink()
    repository.stage({"notes.md": "other"})
    for arguments in (("--select", "RL8"), ("--no-cache",), ("--fail-on", "warning")):
        check(repository.path, "--staged", *arguments)
        assert not note.exists()
    assert is_judged(repository)
    assert note.exists()


@pytest.mark.parametrize("kind", ["LITERAL", "GLOB", "NOGLOB", "ICASE"])
def test_settings_of_pathspecs_do_not_open_the_guard(repository: Repository, kind: str) -> None:
    repository.stage({"a.py": "x = 4\n"})
    assert is_judged(repository, **{f"GIT_{kind}_PATHSPECS": "1"})


def test_linked_working_trees_have_the_guard_too(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = Repository(tmp_path / "linked")
    linked.stage({"notes.md": "other"})
    assert not is_judged(linked)
    linked.stage({"docs/run.md": "# Restart\n\nSleep first.\n"})
    assert is_judged(linked)


def test_the_first_commit_is_judged(repository: Repository) -> None:
    repository.git("checkout", "--quiet", "--orphan", "young")
    repository.git("rm", "--quiet", "-r", "--cached", ".")
    repository.stage({"notes.md": "other"})
    assert repository.attempt("commit", "-m", "x").returncode == 1
    assert (repository.path.parent / "called").read_text() == "xx"


def test_a_note_that_cites_everything(repository: Repository) -> None:
    note_cited(str(repository.path / ".git"), ["", "docs"])
    repository.stage({"notes.md": "other"})
    assert is_judged(repository)


def test_too_much_is_not_noted(repository: Repository) -> None:
    note_cited(str(repository.path / ".git"), map(str, range(10_001)))
    assert not (repository.path / ".git" / "review-lint" / "cited").exists()


def test_where_nothing_can_be_noted_everything_is_judged(repository: Repository) -> None:
    folder = repository.path / ".git" / "review-lint"
    shutil.rmtree(folder)
    folder.write_text("")
    for text in ("other", "again"):
        repository.stage({"notes.md": text})
        assert is_judged(repository)
