"""One process at a time: a lock that a killed process does not leave behind."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PAUSE = 0.05


@contextmanager
def locked(path: str, seconds: float) -> Iterator[None]:
    """Hold the lock in the file at `path`, which is made if need be and stays.

    Raises TimeoutError when another process holds it for longer than `seconds`, OSError where there can be no file.
    """
    deadline = time.monotonic() + seconds
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not _is_taken(descriptor):
            if time.monotonic() > deadline:
                raise TimeoutError(f"another process has held it for {seconds:g} seconds")
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
