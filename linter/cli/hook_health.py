"""Whether the hooks of a repository are there, whole, and of this release."""

import os
import shlex
import stat
from collections.abc import Iterator, Mapping, Sequence

from linter.adapters.git.history import hooks_folder
from linter.adapters.git.repository import Git
from linter.cli.hook import OF_COMMITS, OF_PUSHES, OF_SERVERS, State, script, state_of
from linter.model.diagnosis import Remark
from linter.model.diagnosis import State as Health

TOPIC = "hook"
INSTALL = "review-lint install-hook"
LONGEST = 1 << 16
"""Bytes that are looked at of somebody else's hook, and of a framework's configuration."""

FRAMEWORKS = (b"pre-commit.com", b"pre_commit", b"prek")
"""What stands in the hooks of pre-commit (4.0) and prek (0.5)."""

CONFIGURATIONS = (".pre-commit-config.yaml", ".pre-commit-config.yml", "prek.toml")

IDS = (b"review-lint", b"review-file", b"review-complexity")


def remarks_on_hooks(git: Git) -> Iterator[Remark]:
    """How the hooks are that review-lint installs; no word about a pre-push hook that is not there."""
    folder = hooks_folder(git)
    if os.path.exists(folder) and not os.path.isdir(folder):
        yield Remark(TOPIC, Health.PROBLEM, f"core.hooksPath is {folder}, so git runs no hook at all", INSTALL)
        return
    hooks = {name: os.path.join(folder, name) for name in _expected(git, folder)}
    if absent := ", ".join(name for name, hook in hooks.items() if state_of(hook) is State.ABSENT):
        yield Remark(TOPIC, Health.NOTE, f"not installed: {absent}", INSTALL)
    yield from _present(git, hooks)


def _present(git: Git, hooks: Mapping[str, str]) -> Iterator[Remark]:
    for name, hook in hooks.items():
        match state_of(hook):
            case State.OURS:
                yield _own(name, hook)
            case State.FOREIGN:
                yield _foreign(git, name, hook)


def _expected(git: Git, folder: str) -> Sequence[str]:
    if git.is_bare:
        return (OF_SERVERS,)
    return (*OF_COMMITS, OF_PUSHES) if os.path.lexists(os.path.join(folder, OF_PUSHES)) else OF_COMMITS


def _own(name: str, hook: str) -> Remark:
    text = _content(hook).decode("utf-8", "surrogateescape")
    line = next((line for line in text.split("\n") if line.startswith("program=")), "")
    program = "".join(shlex.split(line.removeprefix("program=")))
    if not os.stat(hook).st_mode & stat.S_IXUSR:
        return Remark(TOPIC, Health.PROBLEM, f"{name} may not be executed, so git passes it over", INSTALL)
    if not os.access(program, os.X_OK):
        return Remark(TOPIC, Health.PROBLEM, f"{name} calls {program}, which is gone", INSTALL)
    if text != script(name, program):
        return Remark(TOPIC, Health.PROBLEM, f"{name} is of another release", INSTALL)
    return Remark(TOPIC, Health.GOOD, f"{name} calls {program}")


def _foreign(git: Git, name: str, hook: str) -> Remark:
    if not os.path.isfile(hook):
        return Remark(TOPIC, Health.NOTE, f"{name} is not review-lint's")
    text = _content(hook)
    if b"review-lint" in text:
        return Remark(TOPIC, Health.GOOD, f"{name} is not review-lint's and calls it")
    if not any(framework in text for framework in FRAMEWORKS):
        return Remark(TOPIC, Health.NOTE, f"{name} is not review-lint's and does not call it", f"{INSTALL} says how")
    for file in CONFIGURATIONS:
        configuration = _content(os.path.join(git.top, file)) if git.top else b""
        if any(hook_id in configuration for hook_id in IDS):
            return Remark(TOPIC, Health.GOOD, f"{name} is that of a framework, and {file} names review-lint")
    return Remark(TOPIC, Health.NOTE, f"{name} is that of a framework whose configuration does not name review-lint")


def _content(path: str) -> bytes:
    """The beginning of a regular file; nothing of anything else."""
    if not os.path.isfile(path):
        return b""
    with open(path, "rb") as file:
        return file.read(LONGEST)
