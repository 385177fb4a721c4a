"""What a hook sees, as JSON in the file that PROBE_OUTPUT names. Run as a program by the hooks of the tests."""

import json
import os
import sys
from typing import Any

from linter.adapters.git import targets
from linter.adapters.git.repository import open_repository
from linter.errors import ReviewLintError
from linter.model.snapshot import Change, Entry, Kind, Snapshot, UnreadableError

LIMIT = 1 << 20
MODES = {Kind.LINK: "120000", Kind.SUBMODULE: "160000"}


def describe(snapshot: Snapshot) -> dict[str, Any]:
    """Everything that a snapshot says, with contents as hexadecimal digits."""
    paths = snapshot.paths()
    return {
        "kind": snapshot.kind.value,
        "revision": snapshot.revision,
        "bases": [base.revision for base in snapshot.bases],
        "paths": {path: pair(entry) for path, entry in paths.items()},
        "contents": {path: read(snapshot, entry) for path, entry in paths.items() if entry.kind is not Kind.SUBMODULE},
        "changes": [change(each) for each in snapshot.changes()],
    }


def pair(entry: Entry | None) -> list[str | None] | None:
    """Mode and object id, as git lists them."""
    if entry is None:
        return None
    return [MODES.get(entry.kind, "100755" if entry.executable else "100644"), entry.blob]


def change(each: Change) -> list[Any]:
    return [each.path, pair(each.entry), [pair(old) for old in each.old]]


def read(snapshot: Snapshot, entry: Entry) -> str:
    try:
        return snapshot.read(entry, LIMIT).hex()
    except UnreadableError as error:
        return f"unreadable: {error}"


def look(what: str) -> list[dict[str, Any] | None]:
    with open_repository() as git:
        if what == "staged":
            return [describe(targets.staged(git))]
        pushes = [targets.pushed(git, *line.split(" ")[:2]) for line in sys.stdin.read().splitlines()]
        return [describe(push) if push else None for push in pushes]


def main() -> None:
    try:
        seen: Any = look(sys.argv[1])
    except ReviewLintError as error:
        seen = [{"error": str(error), "hint": error.hint}]
    with open(os.environ["PROBE_OUTPUT"], "w", encoding="ascii") as file:
        json.dump(seen, file)


if __name__ == "__main__":
    main()
