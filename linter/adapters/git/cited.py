"""What the guard in git's own hook asks about: the files and folders that the review files cite, noted by each run that
passes. Where there is no note the hook has everything judged.
"""

import os
from collections.abc import Iterable
from contextlib import suppress

from linter.adapters.git.memory import FOLDER
from linter.adapters.git.paths import encoded

FILE = "cited"
"""In the folder of what is known, beside the storage."""

MOST = 10_000
"""Paths; more are not noted."""


def note_cited(common_dir: str, paths: Iterable[str]) -> None:
    """Note the paths ("" is the root of the tree) as pathspecs, each with a NUL behind it. Where that is not possible,
    or is too much, there is no note.
    """
    from linter.adapters.git.storage import take_over  # noqa: PLC0415 - needs SQLite, which may be absent

    specs = [b":(top,literal)" + encoded(path) if path else b":(top)" for path in sorted(set(paths))]
    note = b"".join(spec + b"\0" for spec in specs or [_NOTHING])
    file = os.path.join(common_dir, FOLDER, FILE)
    if len(specs) > MOST:
        forget_cited(common_dir)
        return
    with suppress(OSError):
        take_over(os.path.dirname(file))
        if _content(file) != note:
            _write(file, note)


def forget_cited(common_dir: str) -> None:
    """Have the hook judge everything from now on."""
    with suppress(OSError):
        os.unlink(os.path.join(common_dir, FOLDER, FILE))


_NOTHING = b":(top,literal).git"
"""No tree holds that path: without a path git would compare everything."""


def _content(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except FileNotFoundError:
        return b""


def _write(file: str, content: bytes) -> None:
    part = f"{file}.{os.getpid()}"
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as opened:
        opened.write(content)
    os.replace(part, file)
