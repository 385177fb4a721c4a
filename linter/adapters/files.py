"""Files that the command line names, written so that they are there as a whole or not at all."""

import os
import stat
from contextlib import suppress

from linter.adapters.git import printable
from linter.errors import ReviewLintError, UsageError


class WriteError(ReviewLintError):
    """A file could not be written; what was there before is still there."""


def read_file(path: str, limit: int) -> bytes:
    """The first `limit` bytes of a file. Raises UsageError when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read(limit)
    except OSError as error:
        raise UsageError(f"cannot read {printable(path)}: {error.strerror}", "name a file that exists") from error


def write_file(path: str, content: bytes, is_executable: bool = False) -> None:
    """Write `content` to `path`, over what is there; whoever reads meanwhile gets the old content or the new one.

    The mode is what the umask lets through. A device, a pipe or a link stays what it is and is written into; a pipe
    whose reader has gone takes nothing. Raises WriteError.
    """
    try:
        if _can_be_replaced(path):
            _replace(path, content, 0o777 if is_executable else 0o666)
        else:
            _write_into(path, content)
    except OSError as error:
        raise WriteError(f"cannot write {printable(path)}: {error.strerror}") from error


def _can_be_replaced(path: str) -> bool:
    return not os.path.lexists(path) or stat.S_ISREG(os.lstat(path).st_mode)


def _replace(path: str, content: bytes, mode: int) -> None:
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _write_into(path: str, content: bytes) -> None:
    with suppress(BrokenPipeError), open(path, "wb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
