"""Findings in review files are known again only where judging would find them: asked of many small histories."""

import random
from pathlib import Path

import pytest

from linter.api import Content, check_repo
from linter.engine.judging import promises
from linter.model.report import Report
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

STAGED = Content(TargetKind.STAGED)
DAYS = ("2026-01-01", "2026-01-20", "2026-02-02")

MONITORING = "monitoring:\n  events:\n    - {name: line drawn, where: {path: app.py, contains: draw}}\n"
REUSE = "simplicity:\n  reuse: {considered: [nothing], offers: ['lib:tool']}\n"
WAIVER = (
    "waivers:\n  - {id: w1, rules: [RL011], reason: The text moves next month., owner: ada@example.org,\n"
    "     approved_by: bo@example.org, created: 2025-12-01, expires: 2026-01-31}\n"
)
REVIEWS = (
    review(),
    review(MONITORING),
    review(REUSE),
    review(WAIVER, {"planning:\n": "planning:\n  design_doc: docs/a.md\n"}),
    review(MONITORING, {"planning:\n": "planning:\n  decisions: 'docs/*.md'\n  design_doc: lib.py\n"}),
    review("sections: 3\n"),
)
SOURCES = {
    "app.py": ("def draw():\n    pass\n", "def paint():\n    pass\n", "", "def draw(:\n"),
    "lib.py": ("def tool():\n    return 1\n", "tool = 2\n", ""),
    "other.py": tuple(function("f", size) for size in (3, 15, 17, 20)),
}
OTHERS = {
    "docs/a.md": ("# A\n\nBecause of this.\n", "", "# B\n\nBecause of that.\n"),
    "docs/b.md": ("# B\n\nFor another reason.\n",),
    "CODEOWNERS": ("* @acme/drawing\n", "* @acme/other\n"),
    "pyproject.toml": ("", "[tool.review-lint]\nignore = ['RL011']\n", "[tool.review-lint]\nexclude = ['lib.py']\n"),
    ".gitattributes": ("*.py linguist-generated\n", ""),
}


def judged(repository: Repository, today: str, with_memory: bool) -> Report:
    return check_repo(str(repository.path), STAGED, Request(today), with_memory)._replace(duration_ms=0)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often review files are judged."""
    called: list[int] = []
    judge = promises._judged

    def counted(*arguments: object) -> object:
        called.append(1)
        return judge(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(promises, "_judged", counted)
    return called


def compare(path: Path, seed: int, steps: int, calls: list[int]) -> None:
    source, repository = random.Random(seed), Repository(path)
    repository.commit_files({"REVIEW.yaml": REVIEWS[0], **{name: texts[0] for name, texts in SOURCES.items()}})
    for step in range(steps):
        change(repository, source)
        today = source.choice(DAYS) if source.random() < 0.2 else DAYS[0]
        fresh = judged(repository, today, with_memory=False)
        before = len(calls)
        assert judged(repository, today, with_memory=True) == fresh, (seed, step)
        assert len(calls) - before <= 1
        if source.random() < 0.7:
            repository.commit()


def change(repository: Repository, source: random.Random) -> None:
    """Stage something: mostly code alone."""
    name = source.choice((*SOURCES, "other.py", "other.py", "other.py"))
    files = {name: source.choice(SOURCES[name])}
    if source.random() < 0.3:
        other = source.choice(list(OTHERS))
        files[other] = source.choice(OTHERS[other])
    if source.random() < 0.2:
        files["REVIEW.yaml"] = source.choice(REVIEWS)
    repository.stage(files)
    if source.random() < 0.1:
        gone = source.choice([*SOURCES, *OTHERS])
        repository.attempt("rm", "--quiet", "--cached", "--ignore-unmatch", gone)


def test_a_small_history(tmp_path: Path, calls: list[int]) -> None:
    compare(tmp_path / "shop", 1, 12, calls)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_histories(tmp_path: Path, seed: int, calls: list[int]) -> None:
    compare(tmp_path / "shop", seed, 40, calls)
    assert len(calls) < 2 * 40, "what is known is never used"


@pytest.fixture
def repository(tmp_path: Path, calls: list[int]) -> Repository:
    """Where everything is known that the next commit does not touch."""
    repository = Repository(tmp_path / "shop")
    files = {name: texts[0] for name, texts in (SOURCES | OTHERS).items()}
    repository.commit_files({**files, "REVIEW.yaml": REVIEWS[4]}, "Start")
    repository.stage({"other.py": function("g", 4)})
    judged(repository, DAYS[0], with_memory=True)
    repository.commit()
    calls.clear()
    return repository


def is_known(repository: Repository, calls: list[int], today: str = DAYS[0]) -> bool:
    calls.clear()
    report = judged(repository, today, with_memory=True)
    known = not calls
    assert report == judged(repository, today, with_memory=False)
    return known


def test_other_code_changes_nothing(repository: Repository, calls: list[int]) -> None:
    repository.stage({"other.py": function("h", 17)})
    assert is_known(repository, calls)
    repository.commit()
    repository.stage({"other.py": function("h", 3)})
    assert is_known(repository, calls)


@pytest.mark.parametrize(
    "files",
    [
        {"app.py": "def paint():\n    pass\n"},
        {"lib.py": "tool = 3\n"},
        {"docs/a.md": "# A\n"},
        {"docs/new.md": "# New\n\nAnd why.\n"},
        {"new.py": "x = 1\n"},
        {"CODEOWNERS": "* @acme/other\n"},
        {"pyproject.toml": "[tool.review-lint]\nignore = ['RL011']\n"},
        {"REVIEW.yaml": REVIEWS[4].replace("2026", "2027") + "\n"},
    ],
    ids=lambda files: next(iter(files)),
)
def test_what_may_count_is_judged_anew(repository: Repository, calls: list[int], files: dict[str, str]) -> None:
    repository.stage({"other.py": function("h", 5), **files})
    assert not is_known(repository, calls)


def test_a_day_on_which_something_ends_is_another_case(repository: Repository, calls: list[int]) -> None:
    repository.stage({"REVIEW.yaml": REVIEWS[3], "docs/a.md": ""})
    for today, is_new in (("2026-01-01", True), ("2026-01-02", False), ("2026-02-02", True)):
        repository.stage({"other.py": function("h", int(today[-2:]) + 2)})
        assert is_known(repository, calls, today) is not is_new
