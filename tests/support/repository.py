"""Real git repositories for tests, in a few words each.

>>> repository = Repository(tmp_path / "shop")
>>> repository.stage({"src/app.py": "x = 1\\n"})
>>> first = repository.commit("Start")
>>> repository.write("src/app.py", "x = 2\\n")
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]

Content = str | bytes


class Repository:
    """A repository at `path`, which is made there unless it exists. All paths are relative to its working tree."""

    def __init__(self, path: Path, *options: str) -> None:
        self.path = path
        if not (path / ".git").exists() and not (path / "HEAD").exists():
            path.mkdir(parents=True, exist_ok=True)
            self.git("init", "--quiet", *options)

    def git(self, *arguments: str, input: Content = b"", env: Mapping[str, str] | None = None) -> str:
        """What git prints, less the line break at the end; a failure fails the test with git's own words."""
        result = self.attempt(*arguments, input=input, env=env)
        assert result.returncode == 0, f"git {' '.join(arguments)}: {result.stdout}{result.stderr}"
        return result.stdout.removesuffix("\n")

    def attempt(
        self, *arguments: str, input: Content = b"", env: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run git, however it ends."""
        return subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            input=os.fsdecode(input),
            env={**os.environ, **(env or {})},
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
        )

    def git_bytes(self, *arguments: str) -> bytes:
        """What git prints, byte for byte."""
        return subprocess.run(["git", *arguments], cwd=self.path, capture_output=True, check=True).stdout

    def write(self, path: str, content: Content = "", executable: bool = False) -> Path:
        """Write a file, and its folders; staging is for `stage`."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        if executable:
            file.chmod(0o755)
        return file

    def add(self, *paths: str) -> None:
        """Stage files as they are (all of them when none is named), deletions too."""
        self.git("add", "--all", "--", *(paths or (".",)))

    def stage(self, files: Mapping[str, Content]) -> None:
        """Write files and stage them."""
        for path, content in files.items():
            self.write(path, content)
        self.add(*files)

    def commit(self, message: str = "Change", *options: str, env: Mapping[str, str] | None = None) -> str:
        """Commit what is staged, even if that is nothing, and return the commit's id."""
        self.git("commit", "--quiet", "--allow-empty", "-m", message, *options, env=env)
        return self.head()

    def commit_files(self, files: Mapping[str, Content], message: str = "Change") -> str:
        """Write, stage and commit files; return the commit's id."""
        self.stage(files)
        return self.commit(message)

    def head(self, revision: str = "HEAD") -> str:
        """The commit's id."""
        return self.git("rev-parse", "--verify", f"{revision}^{{commit}}")

    def tree(self, revision: str = "HEAD") -> dict[str, tuple[str, str]]:
        """Mode and object id of every path of a commit, as git lists them."""
        records = self.git("ls-tree", "-r", "-z", "--full-tree", revision).split("\0")[:-1]
        heads = (record.split("\t", 1) for record in records)
        return {path: (head.split(" ")[0], head.split(" ")[2]) for head, path in heads}

    def hook(self, name: str, script: str) -> Path:
        """Install a hook, a shell script without its first line."""
        folder = Path(self.git("rev-parse", "--path-format=absolute", "--git-path", "hooks"))
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file


def python_command(module: str, *arguments: str) -> str:
    """A shell command that runs a module of this project with this interpreter, whatever the current folder holds."""
    start = (
        f"import runpy, sys; sys.path.insert(0, {str(PROJECT)!r}); "
        f"runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    )
    return " ".join(f'"{part}"' for part in (sys.executable, "-I", "-c", start, *arguments))
