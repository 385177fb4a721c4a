"""A folder of small repositories, one for each way in which a scan can end for it."""

from pathlib import Path

from tests.support.code import function
from tests.support.repository import Repository
from tests.support.reviews import review

DAY = "2026-06-01"

STATES = {
    "broken": "corrupt",
    "headless": "no-default-branch",
    "plain": "failed",
    "shop/api": "passed",
    "shop/web": "failed",
    "strange": "configuration",
    "young": "empty",
}
"""What a scan says of each repository, by name."""


def organisation(folder: Path) -> Path:
    """Make the folder."""
    with_review = {"REVIEW.yaml": review(), "api.py": function("small", 3)}
    Repository(folder / "shop" / "api").commit_files(with_review)
    wrong = {"REVIEW.yaml": review("surprise: true\n"), "web.py": function("large", 20)}
    Repository(folder / "shop" / "web").commit_files(wrong)
    bare(folder / "plain.git", {"a.py": function("old", 18)})
    Repository(folder / "young")
    headless = Repository(folder / "headless")
    headless.commit_files({"a.py": "x = 1\n"})
    headless.git("symbolic-ref", "HEAD", "refs/heads/gone")
    Repository(folder / "strange").commit_files({"review-lint.toml": "selekt = []\n", "REVIEW.yaml": review()})
    broken = Repository(folder / "broken")
    broken.commit_files({"REVIEW.yaml": review(), "lost.py": "x = 1\n"})
    lose(broken, "HEAD:lost.py")
    return folder


def bare(path: Path, files: dict[str, str]) -> None:
    """A bare repository with one commit."""
    source = Repository(path.with_suffix(".source"))
    source.commit_files(files)
    source.path.joinpath(".git").rename(path)
    Repository(path).git("config", "core.bare", "true")
    for name in files:
        (source.path / name).unlink()
    source.path.rmdir()


def lose(repository: Repository, name: str) -> None:
    """Remove an object, as a bad disk does."""
    oid = repository.git("rev-parse", name)
    (repository.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
