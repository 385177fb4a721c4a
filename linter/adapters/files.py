"""Files that the package carries, and those that the command line names, written so that they are there as a whole or
not at all.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import linter
from linter.adapters.git.paths import localised
from linter.adapters.git.repository import printable
from linter.errors import ReviewLintError, UsageError
from linter.model.edit import Rewrite


class WriteError(ReviewLintError):
    """A file could not be written; what was there before is still there."""


def carried_folder(name: str) -> str:
    """A folder that the package carries: it stands beside the package in a checkout and inside it in a wheel."""
    package = os.path.dirname(os.path.abspath(linter.__file__))
    packaged = os.path.join(package, name)
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(package), name)


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


@contextmanager
def written(path: str) -> Iterator[TextIO]:
    """A stream into a file, for text that is too long to hold: when the block ends well the file is there as a whole,
    else it is as before. What UTF-8 cannot write is escaped. A device or a pipe is written into. Raises WriteError.
    """
    target = _beside(path) if _can_be_replaced(path) else path
    try:
        with open(target, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield file
            file.flush()
            if target != path:
                os.fsync(file.fileno())
        if target != path:
            os.replace(target, path)
    except OSError as error:
        raise WriteError(f"cannot write {printable(path)}: {error.strerror}") from error
    finally:
        if target != path:
            with suppress(OSError):
                os.unlink(target)


def replace_files(folder: str, rewrites: Iterable[Rewrite]) -> None:
    """Give files in a folder their new content: all of them, or none. Their modes stay.

    Everything is written beside the files before the first one is replaced. That may fail where a file cannot be moved
    away, such as one that is mounted by itself: then those before it get their old content back. No link is written
    through, and no file that is not what it was when it was read. Raises WriteError.
    """
    wanted = {f"{folder}/{localised(rewrite.path)}": rewrite for rewrite in rewrites}
    path, replaced = folder, []
    try:
        for path, rewrite in wanted.items():
            _write_beside(path, rewrite)
        for path in wanted:
            os.replace(_beside(path), path)
            replaced.append(path)
    except OSError as error:
        for done in replaced:
            _write_beside(done, Rewrite(done, wanted[done].new, wanted[done].old))
            os.replace(_beside(done), done)
        raise WriteError(f"cannot write {printable(path)}: {error.strerror}", "nothing was changed") from error
    finally:
        for path in wanted:
            with suppress(OSError):
                os.unlink(_beside(path))


def _beside(path: str) -> str:
    return f"{path}.{os.getpid()}.tmp"


def _write_beside(path: str, rewrite: Rewrite) -> None:
    """Write the new content into a file of its own, in the mode of the old one."""
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        is_same = stat.S_ISREG(mode) and file.read() == rewrite.old
    if not is_same:
        raise WriteError(f"{printable(path)} has changed in the meantime", "nothing was changed; run it again")
    with open(os.open(_beside(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        os.fchmod(file.fileno(), stat.S_IMODE(mode))
        file.write(rewrite.new)
        file.flush()
        os.fsync(file.fileno())


def _can_be_replaced(path: str) -> bool:
    return not os.path.lexists(path) or stat.S_ISREG(os.lstat(path).st_mode)


def _replace(path: str, content: bytes, mode: int) -> None:
    temporary = _beside(path)
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
