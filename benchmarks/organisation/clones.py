"""Clones that borrow their objects, and commits that are made in them without a working tree."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.organisation.days import SHARES

BRANCH = "refs/heads/reviewed"
AUTHOR = {"NAME": "Benchmark", "EMAIL": "benchmark@example.org"}
MESSAGE = "Add reviews, which are made up over real code\n"


class Clone(NamedTuple):
    """A bare clone at `place` of what has these `commits` along first parents, oldest first."""

    place: Path
    commits: tuple[str, ...]

    def at(self, scan: int) -> str:
        """The commit that the repository has come to in a scan."""
        return self.commits[round((len(self.commits) - 1) * SHARES[scan - 1])]

    def paths(self, commit: str) -> tuple[str, ...]:
        return tuple(_git(self.place, "ls-tree", "-r", "-z", "--name-only", commit).strip("\0").split("\0"))

    def head(self) -> str:
        """The commit that HEAD names."""
        return _git(self.place, "rev-parse", "HEAD")

    def commit(self, parents: Sequence[str], files: Mapping[str, bytes], day: str) -> None:
        """Let HEAD be a commit on top of `parents` that adds some files to what the first of them has, or that parent
        itself where there are none.
        """
        _git(self.place, "update-ref", BRANCH, self._with(parents, files, day) if files else parents[0])
        _git(self.place, "symbolic-ref", "HEAD", BRANCH)

    def _with(self, parents: Sequence[str], files: Mapping[str, bytes], day: str) -> str:
        index = {"GIT_INDEX_FILE": str(self.place / "index.benchmark")}
        blobs = {path: _git(self.place, "hash-object", "-w", "--stdin", given=files[path]) for path in files}
        changes = self._absent(parents[0]) + "".join(f"100644 {blob}\t{path}\n" for path, blob in blobs.items())
        _git(self.place, "read-tree", parents[0], more=index)
        _git(
            self.place,
            "update-index",
            "--index-info",
            given=changes.encode(),
            more=index,
        )
        tree = _git(self.place, "write-tree", more=index)
        people = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in AUTHOR.items()}
        days = {f"GIT_{who}_DATE": f"{day}T08:00:00+0000" for who in ("AUTHOR", "COMMITTER")}
        below = [argument for parent in parents for argument in ("-p", parent)]
        return _git(self.place, "commit-tree", tree, *below, given=MESSAGE.encode(), more=people | days)

    def _absent(self, base: str) -> str:
        """What takes those files out whose objects the mirror lacks: some keep no large ones."""
        entries = [line.split(None, 3) for line in _git(self.place, "ls-tree", "-r", base).split("\n")]
        blobs = "\n".join(entry[2] for entry in entries if entry[1] == "blob")
        checked = _git(self.place, "cat-file", "--batch-check", given=blobs.encode())
        absent = {line.split()[0] for line in checked.split("\n") if line.endswith(" missing")}
        return "".join(f"0 {'0' * 40}\t{entry[3]}\n" for entry in entries if entry[2] in absent)


def clone(mirror: Path, place: Path) -> Clone:
    """A clone of the mirror, made where there is none yet."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "clone", "--quiet", "--bare", "--shared", mirror, place], check=True)
    newest = _git(mirror, "rev-parse", "HEAD")
    return Clone(place, tuple(_git(place, "rev-list", "--first-parent", "--reverse", newest).split()))


def _git(place: Path, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> str:
    command = ["git", "-C", str(place), *arguments]
    environment = {**os.environ, **(more or {})}
    done = subprocess.run(command, input=given, env=environment, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8", "surrogateescape").strip("\n")
