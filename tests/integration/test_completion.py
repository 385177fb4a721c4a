"""Completion in real shells: keys are typed at a terminal, the tabulator too, and the program says what arrived."""

import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import review_lint
from tests.support.repository import Repository

PATIENCE = 60
"""Seconds after which a shell has hung."""

TYPED: Mapping[str, Sequence[str]] = {
    "inst\t": ["install-hook"],
    "--sta\t": ["--staged"],
    "--fail-on w\t": ["--fail-on", "warning"],
    "check --show-s\t": ["check", "--show-suppressed"],
    "check --policy polic\t": ["check", "--policy", "policy.yaml"],
    "check --rev topi\t": ["check", "--rev", "topic"],
    "diff trun\ttopi\t": ["diff", "trunk", "topic"],
    "fix fold\t.": ["fix", "folder/."],
    "check --select RL80\t8\t--st\t": ["check", "--select", "RL808", "--staged"],
    "sign qual\tmoni\t--ro\tsec\t": ["sign", "quality", "monitoring", "--role", "security"],
    "explain rel\t": ["explain", "release_plan"],
    "schema conf\t": ["schema", "configuration"],
    "completion f\t": ["completion", "fish"],
    "render --format ht\t": ["render", "--format", "html"],
}
"""What is typed after the name of the program, and what arrives."""

START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source '{folder}/review-lint'"),
    "zsh": (["zsh", "-f", "-i"], "fpath=('{folder}' $fpath); autoload -Uz compinit; compinit -u -D"),
    "fish": (["fish", "--no-config", "-i"], "source '{folder}/review-lint.fish'"),
}
"""How a shell without anybody's settings starts, and what it is told so that it completes."""

INSTALLED = {"bash": "review-lint", "zsh": "_review-lint", "fish": "review-lint.fish"}
"""The name that each shell looks for."""

PROGRAM = """\
#!/bin/sh
printf '%s\\n' "$@" >"$ARRIVED.new"
mv "$ARRIVED.new" "$ARRIVED"
"""


SPAWN = "import pty, sys; pty.spawn(sys.argv[1:])"
"""A process of its own opens the terminal: a fork of this one, which has threads, is warned about since Python 3.12."""


class Terminal:
    """A shell that somebody types into."""

    def __init__(self, shell: "subprocess.Popen[bytes]") -> None:
        assert shell.stdin is not None and shell.stdout is not None
        self.keyboard, self.display = shell.stdin.fileno(), shell.stdout.fileno()
        self.screen = ""

    def type(self, keys: str) -> None:
        """Type as people do: after a tabulator they wait for what it brings."""
        for part in re.split(r"(\t)", keys):
            os.write(self.keyboard, part.encode())
            self.settle()

    def settle(self, quiet: float = 0.02) -> None:
        """Read what comes until nothing has come for so many seconds."""
        while select.select([self.display], [], [], quiet)[0] and (content := os.read(self.display, 65536)):
            self.screen += content.decode(errors="replace")

    def wait_for(self, file: Path) -> list[str]:
        """The lines of a file, as soon as it is there."""
        deadline = time.monotonic() + PATIENCE
        while not file.exists():
            assert time.monotonic() < deadline, self.screen
            self.settle(0.05)
        lines = file.read_text().splitlines()
        file.unlink()
        return lines


@contextmanager
def terminal(shell: str, folder: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """A shell at a terminal of its own, in a folder, that completes for review-lint."""
    command, begin = START[shell]
    scripts = folder.parent / "scripts"
    scripts.mkdir()
    (scripts / INSTALLED[shell]).write_text(review_lint(folder, "completion", shell).out)
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    spawn = [sys.executable, "-I", "-c", SPAWN, *command]
    with subprocess.Popen(spawn, cwd=folder, env={**os.environ, **environment}, **pipes) as process:
        try:
            opened = Terminal(process)
            opened.settle(0.5)
            opened.type(f"{begin.format(folder=scripts)}\nreview-lint ready\n")
            assert opened.wait_for(Path(environment["ARRIVED"])) == ["ready"], opened.screen
            yield opened
        finally:
            process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with two branches, a file and a folder; and one branch whose name is a command."""
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"policy.yaml": "", "folder/file": "", "folio": ""})
    repository.git("branch", "trunk")
    repository.git("branch", "topic")
    repository.git("branch", "topical$(touch${IFS}gotcha)")
    return repository.path


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The variables with which a shell finds the program."""
    program = tmp_path / "bin" / "review-lint"
    program.parent.mkdir()
    program.write_text(PROGRAM)
    program.chmod(0o755)
    path = f"{program.parent}:{os.environ['PATH']}"
    return {"PATH": path, "ARRIVED": str(tmp_path / "arrived"), "TERM": "xterm"}


@pytest.mark.slow
@pytest.mark.parametrize("shell", START)
def test_what_is_begun_is_completed(shell: str, folder: Path, environment: dict[str, str]) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}: apt-get install {shell}")
    with terminal(shell, folder, environment) as opened:
        for typed, expected in TYPED.items():
            opened.type(f"review-lint {typed}\n")
            assert opened.wait_for(Path(environment["ARRIVED"])) == expected, opened.screen
    assert not (folder / "gotcha").exists()
