"""The tree that evidence is looked for in: what stands at a path, and what a path that is not there was meant to be."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property

from linter.engine.evidence.naming import resolved, written
from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.suggestion import Suggestions
from linter.model.quote import listed, named
from linter.model.snapshot import Entry, Kind, Snapshot, TargetKind, UnreadableError, blob_id

TEXT_LIMIT = 4 << 20
"""Bytes of a file in which a text is looked for."""

_LARGEST_BLANK = 1 << 10
_LFS_POINTER = b"version https://git-lfs.github.com/spec/v1\n"


class Tree:
    """One snapshot, asked for paths as a review file writes them. What is asked raises RefusalError for a reason."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.entries = snapshot.paths()
        self._suggestions = Suggestions(snapshot)

    def find(self, text: str, folder: str, key: str = "") -> Entry | None:
        """The entry at the path that a file in `folder` calls `text`, None for a folder and for an https:// address.
        `key` is where `text` stands.

        What exists and shows nothing is refused: an empty file, a link, what lies outside the repository.
        """
        if text.startswith("https://"):
            return None
        path = resolved(text, folder)
        if path is None:
            hint = "paths are relative to the folder of this file; what lies elsewhere is named by its https:// address"
            raise RefusalError(Refusal(Flaw.HOLLOW, f"{named(text)} lies outside the repository", hint, key=key))
        entry = self.entries.get(path)
        if entry is None and not self.is_folder(path):
            raise self._missing(text, path, folder, key)
        if entry is not None:
            self._refuse_hollow(entry, text, folder, key)
        return entry

    def find_file(self, text: str, folder: str, key: str = "") -> Entry:
        """Like `find`, but a folder or a submodule is refused too."""
        entry = self.find(text, folder, key)
        if entry is None or entry.kind is not Kind.FILE:
            path = resolved(text, folder)
            message = f"{named(text)} is a folder; a file is needed here"
            raise RefusalError(Refusal(Flaw.HOLLOW, message, "name the file", key=key, evidence=path))
        return entry

    def look(self, path: str) -> Entry | None:
        """The file at a path of the repository, None where there is none."""
        entry = self.entries.get(path)
        return entry if entry and entry.kind is Kind.FILE else None

    def read(self, entry: Entry, key: str = "", limit: int = TEXT_LIMIT) -> bytes:
        """The content of a file; refused where this run cannot read it."""
        try:
            data = self.snapshot.read(entry, limit)
        except UnreadableError as error:
            message = f"{named(entry.path)} could not be looked into ({error})"
            raise RefusalError(
                Refusal(Flaw.UNREAD, message, error.hint or None, key=key, evidence=entry.path)
            ) from error
        if data.startswith(_LFS_POINTER):
            message = f"{named(entry.path)} could not be looked into (its content is kept in Git LFS)"
            raise RefusalError(Refusal(Flaw.UNREAD, message, key=key, evidence=entry.path))
        return data

    def suggest(self, path: str, folder: str) -> tuple[str, ...]:
        """What a path of the repository was meant to be, as a file in `folder` writes it."""
        return self._suggestions.near(path, folder)

    def is_folder(self, path: str) -> bool:
        """Whether anything stands below a path of the repository."""
        return any(True for _ in self.below(path))

    def below(self, path: str) -> Iterator[str]:
        """All paths below a folder of the repository, sorted."""
        start, end = (path + "/", path + "0") if path else ("", "\U0010ffff")  # 0 follows / in Unicode
        first, last = bisect_left(self._sorted, start), bisect_left(self._sorted, end)
        return (self._sorted[index] for index in range(first, last))

    @cached_property
    def _sorted(self) -> list[str]:
        return list(self.entries)

    def _missing(self, text: str, path: str, folder: str, key: str) -> RefusalError:
        obstacle = next(_around(path, self.entries), None)
        if obstacle is not None:
            return self._behind(obstacle, text, path, key)
        moved = self._suggestions.moved(path, folder)
        if moved:
            message = f"this change moved {named(text)} to {named(moved)}"
            hint = f"write {named(moved)}"
            return RefusalError(Refusal(Flaw.MISSING, message, hint, key=key, evidence=path, candidates=(moved,)))
        near = self.suggest(path, folder)
        hint = f"did you mean {listed([named(one) for one in near], 'or')}?" if near else self.hint(folder, text)
        message = f"there is no {named(text)} in {self._here}"
        return RefusalError(Refusal(Flaw.MISSING, message, hint, key=key, evidence=path, candidates=near))

    def _behind(self, obstacle: Entry, text: str, path: str, key: str) -> RefusalError:
        """What lies behind a submodule cannot be known; behind a link to a folder git has nothing."""
        if obstacle.kind is Kind.SUBMODULE:
            message = (
                f"{named(text)} lies in the submodule {named(obstacle.path)}, whose content is not part of this tree"
            )
            hint = "name it by its https:// address"
            return RefusalError(Refusal(Flaw.UNKNOWN, message, hint, key=key, evidence=path))
        message = f"there is no {named(text)}: {named(obstacle.path)} is a {_KINDS[obstacle.kind]}"
        return RefusalError(Refusal(Flaw.MISSING, message, "name the file by its own path", key=key, evidence=path))

    def hint(self, folder: str, text: str = "") -> str:
        """How a file in `folder` writes paths, and what it does not write for one."""
        if text.startswith("http://"):
            return "an address begins with https://"
        if "*" in text:
            return "name one file or folder: patterns are not looked up here"
        if text and not set(text) & set("./\\"):
            return "this is taken for a path; `review-lint explain evidence` shows what else may be cited"
        place = f"relative to {folder}" if folder else "from the root of the repository"
        new = "; a new file has to be staged (git add)" if self.snapshot.kind is TargetKind.STAGED else ""
        return f"write the path {place}, with / and in the same case{new}"

    @property
    def _here(self) -> str:
        return _HERE[self.snapshot.kind]

    def _refuse_hollow(self, entry: Entry, text: str, folder: str, key: str) -> None:
        if entry.kind is Kind.LINK:
            raise self._link(entry, text, folder, key)
        if entry.kind is Kind.FILE and self._is_blank(entry):
            hint = "write what the file should show, or cite what does"
            raise RefusalError(Refusal(Flaw.HOLLOW, f"{named(text)} is empty", hint, key=key, evidence=entry.path))

    def _link(self, entry: Entry, text: str, folder: str, key: str) -> RefusalError:
        target = self.read(entry, key).decode("utf-8", "surrogateescape")
        path = resolved(target, entry.path.rpartition("/")[0])
        message = f"{named(text)} is a symbolic link to {named(target)}; its content in git is that name alone"
        if path is None:
            message = f"{named(text)} is a symbolic link that leads out of the repository, to {named(target)}"
        hint = (
            f"name the file itself: {named(written(path, folder))}" if path and path in self.entries else "name a file"
        )
        return RefusalError(Refusal(Flaw.HOLLOW, message, hint, key=key, evidence=entry.path))

    def _is_blank(self, entry: Entry) -> bool:
        if entry.blob is not None and entry.blob == blob_id(b"", entry.blob):
            return True
        try:
            return not self.snapshot.read(entry, _LARGEST_BLANK).strip()
        except UnreadableError:
            return False


_KINDS = {Kind.FILE: "file", Kind.LINK: "symbolic link", Kind.OTHER: "device or the like"}
_HERE = {
    TargetKind.STAGED: "what is staged",
    TargetKind.RANGE: "this commit",
    TargetKind.REVISION: "this commit",
    TargetKind.WORKTREE: "the working tree",
}


def _around(path: str, entries: Mapping[str, Entry]) -> Iterator[Entry]:
    """The entries that stand where a path has a folder."""
    folder = path.rpartition("/")[0]
    while folder:
        if folder in entries:
            yield entries[folder]
        folder = folder.rpartition("/")[0]
