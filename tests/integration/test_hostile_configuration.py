"""A repository's configuration can name programs. None of them is ever run by looking at the repository."""

from pathlib import Path

import pytest

from linter.adapters.git import history, targets
from linter.adapters.git.repository import Git, open_repository
from linter.errors import ReviewLintError
from linter.model.snapshot import Snapshot
from tests.support.repository import Repository

LIMIT = 1 << 20

SINKS = {
    "alias.cat-file": "!{run}",
    "alias.diff-index": "!{run}",
    "alias.ls-files": "!{run}",
    "core.alternateRefsCommand": "{run}",
    "core.askPass": "{run}",
    "core.editor": "{run}",
    "core.fsmonitor": "{run}",
    "core.gitProxy": "{run}",
    "core.pager": "{run}",
    "core.sshCommand": "{run}",
    "credential.helper": "!{run}",
    "diff.evil.command": "{run}",
    "diff.evil.textconv": "{run}",
    "diff.external": "{run}",
    "filter.evil.clean": "{run}",
    "filter.evil.process": "{run}",
    "filter.evil.required": "true",
    "filter.evil.smudge": "{run}",
    "gpg.program": "{run}",
    "interactive.diffFilter": "{run}",
    "log.showSignature": "true",
    "merge.evil.driver": "{run}",
    "pager.cat-file": "{run}",
    "pager.ls-files": "{run}",
    "protocol.allow": "always",
    "protocol.ext.allow": "always",
    "protocol.ssh.allow": "always",
    "submodule.part.update": "!{run}",
    "uploadpack.packObjectsHook": "{run}",
}
HOOKS = ("fsmonitor-watchman", "post-checkout", "post-index-change", "pre-commit", "reference-transaction")


class Trap:
    """A repository full of programs that leave a mark when they are run, each under its own name."""

    def __init__(self, tmp_path: Path) -> None:
        self.repository = Repository(tmp_path / "trap")
        self._marks = tmp_path / "marks"
        self._marks.mkdir()
        self._signed_history()
        for name, value in SINKS.items():
            self.set(name, value)
        self._hooks(tmp_path / "hooks")

    def program(self, name: str) -> str:
        """A command that marks its run, as a file of its own so that no shell is needed to start it."""
        file = self._marks.parent / "programs" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\ntouch '{self._marks}/{name}'\nexit 1\n")
        file.chmod(0o755)
        return str(file)

    def set(self, name: str, value: str) -> None:
        self.repository.git("config", "--file", ".git/config", name, value.format(run=self.program(name)))

    def marks(self) -> list[str]:
        return sorted(mark.name for mark in self._marks.iterdir())

    def _signed_history(self) -> None:
        repository = self.repository
        attributes = "* filter=evil diff=evil merge=evil\n"
        repository.commit_files({"a.py": "a = 1\n", "lost.py": "lost = 1\n", ".gitattributes": attributes}, "Start")
        commit = repository.git("cat-file", "commit", "HEAD").split("\n\n", 1)
        signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----"
        signed = f"{commit[0]}\n{signature}\n\n{commit[1]}\n"
        oid = repository.git("hash-object", "-t", "commit", "-w", "--stdin", input=signed)
        repository.git("update-ref", "HEAD", oid)
        repository.commit_files({"a.py": "a = 2\n"})
        repository.write("a.py", "a = 3\n")
        repository.write("untracked.py", "u = 1\n")
        lost = repository.tree()["lost.py"][1]
        (repository.path / ".git/objects" / lost[:2] / lost[2:]).unlink()

    def _hooks(self, folder: Path) -> None:
        folder.mkdir()
        for name in HOOKS:
            (folder / name).symlink_to(self.program(name))
        self.set("core.hooksPath", str(folder))
        included = self.repository.path / ".git/more"
        included.write_text(f"[core]\n\tfsmonitor = {self.program('included')}\n")
        self.set("includeIf.gitdir:**.path", str(included))

    def promise(self, address: str, **settings: str) -> None:
        """Make the repository a partial clone, whose missing objects git fetches from that address."""
        for name, value in {"url": address, "promisor": "true", **settings}.items():
            self.set(f"remote.origin.{name}", value)
        self.set("core.repositoryFormatVersion", "1")
        self.set("extensions.partialClone", "origin")


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    return Trap(tmp_path)


def _exhaust(git: Git, snapshot: Snapshot) -> int:
    """Ask a snapshot and its bases everything; returns how many files could be read."""
    count = 0
    for each in (snapshot, *snapshot.bases):
        entries = [*each.paths().values(), *(change.entry for change in each.changes() if change.entry)]
        for entry in entries:
            try:
                count += bool(each.read(entry, LIMIT))
            except ReviewLintError:
                assert entry.path == "lost.py"
    return count


def _look_at_everything(path: Path) -> int:
    with open_repository(str(path)) as git:
        snapshots = [
            targets.staged(git),
            targets.worktree(git),
            targets.revision(git, "HEAD"),
            targets.commit_range(git, "HEAD~1", "HEAD"),
            targets.pushed(git, "0" * 40, git.run("rev-parse", "HEAD").decode().strip()),
        ]
        history.recent_authors(git)
        history.remote_name(git)
        history.hooks_folder(git)
        return sum(_exhaust(git, snapshot) for snapshot in snapshots if snapshot)


def test_looking_runs_nothing(trap: Trap) -> None:
    assert _look_at_everything(trap.repository.path) > 20
    assert trap.marks() == []


@pytest.mark.parametrize("address", ["ssh://host.invalid/x", "ext::{run}", "file:///nowhere", "/nowhere"])
def test_missing_objects_are_not_fetched(trap: Trap, address: str) -> None:
    trap.promise(address.format(run=trap.program("url")), uploadpack="{run}", vcs="" if "ext" in address else "ext")
    assert _look_at_everything(trap.repository.path) > 20
    assert trap.marks() == []


def test_the_environment_names_no_programs_either(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PAGER", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, trap.program(name))
    monkeypatch.setenv("GIT_TRACE", str(trap.repository.path / "trace"))
    monkeypatch.setenv("GIT_EXEC_PATH", str(trap.repository.path))
    assert _look_at_everything(trap.repository.path) > 20
    assert trap.marks() == []
    assert not (trap.repository.path / "trace").exists()


def test_the_traps_are_sharp(trap: Trap) -> None:
    """What people run every day sets them off, one behind the other: the tests above would notice."""
    trap.promise("ssh://host.invalid/x")
    daily = [
        ("status", "includeIf.gitdir:**.path"),
        ("status", "core.fsmonitor"),
        ("add a.py", "filter.evil.process"),
        ("add a.py", "filter.evil.required"),
        ("log --show-signature", "gpg.program"),
        ("diff", "diff.evil.command"),
        ("diff --no-textconv", "diff.external"),
        ("diff --no-ext-diff --textconv HEAD~1 HEAD", "diff.evil.textconv"),
        ("cat-file -p :lost.py", "core.sshCommand"),
        ("commit --allow-empty -m Change", "core.hooksPath"),
    ]
    for command, setting in daily:
        trap.repository.attempt(*command.split())
        trap.repository.git("config", "--unset-all", setting)
    assert set(trap.marks()) >= {
        "core.fsmonitor",
        "core.sshCommand",
        "diff.evil.command",
        "diff.evil.textconv",
        "diff.external",
        "filter.evil.clean",
        "filter.evil.process",
        "gpg.program",
        "included",
        "pre-commit",
    }


def test_attributes_and_rules_are_not_read_through_links(trap: Trap, tmp_path: Path) -> None:
    repository = trap.repository
    (tmp_path / "outside").write_text("*.py\n")
    (repository.path / ".gitignore").symlink_to(tmp_path / "outside")
    with open_repository(str(repository.path)) as git:
        snapshot = targets.worktree(git)
        assert "untracked.py" in snapshot.paths()
        assert snapshot.read(snapshot.paths()[".gitignore"], LIMIT) == str(tmp_path / "outside").encode()
