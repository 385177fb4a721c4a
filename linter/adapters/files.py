"""Writing files so that they are there as a whole or not at all."""

import os
from contextlib import suppress

from linter.adapters.git import printable
from linter.errors import ReviewLintError


class WriteError(ReviewLintError):
    """A file could not be written; what was there before is still there."""


def write_file(path: str, content: bytes, is_executable: bool = False) -> None:
    """Write `content` to `path`, over what is there; whoever reads meanwhile gets the old content or the new one.

    The mode is what the umask lets through. Raises WriteError.
    """
    mode = 0o777 if is_executable else 0o666
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        raise WriteError(f"cannot write {printable(path)}: {error.strerror}") from error
