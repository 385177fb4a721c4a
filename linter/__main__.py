"""The entry of the console script."""

import gc
import os
import sys
from contextlib import suppress

INTERRUPTED = 130

ALLOCATIONS = 100_000
"""How many objects come between two searches for garbage in circles. Python's own 700 cost a commit 12 ms for nothing:
what is imported stays.
"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line (by default the process's own); returns the exit code.

    An interrupt while that is still being loaded shows no traceback.
    """
    try:
        from linter.cli.main import main as run  # noqa: PLC0415

        return run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED


def script() -> None:
    """Be the process: run the command line and end."""
    gc.set_threshold(ALLOCATIONS)
    code = main()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        # Whoever wrote has been told what could not be written.
        with suppress(OSError, ValueError):
            stream.flush()
    # Python takes 15 ms to take itself apart, while a commit waits.
    os._exit(code)


if __name__ == "__main__":
    script()
