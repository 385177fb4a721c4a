"""What a command that writes would change, as a difference.

Every such command has `--diff`: it shows the difference instead of writing and ends like diff(1), with 0 where there is
none and 1 where there is one.
"""

import difflib
import re
from typing import TextIO

from linter.cli.console import Console, closed_pipe_tolerated
from linter.output.printable import encoding_of, printable

DIFF_HELP = "show what would be written instead of writing it; the exit code is 1 if that is something"


def difference(path: str, before: bytes | None, after: bytes) -> str:
    """The unified difference between two contents of a text file, None where there is no file."""
    old = "/dev/null" if before is None else f"a/{printable(path)}"
    told = difflib.unified_diff(_lines(before or b""), _lines(after), old, f"b/{printable(path)}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in told)


def show(text: str, account: list[str], console: Console) -> int:
    """Print a difference, and beside it what is said about it. The exit code: 1 if there is a difference."""
    console.say("".join(printable(line, encoding_of(console.err)) + "\n" for line in account))
    with closed_pipe_tolerated(console):
        _write(text, console.out)
    return int(bool(text))


def tell(account: list[str], console: Console) -> None:
    """Print what was done."""
    with closed_pipe_tolerated(console):
        console.out.writelines(printable(line, encoding_of(console.out)) + "\n" for line in account)


def _write(text: str, stream: TextIO) -> None:
    """A patch has to be exact, whatever the encodings of its files; but nothing in it may command a terminal."""
    if stream.isatty():
        stream.write(re.sub(r"[^\n\t]", _harmless, text))
    else:
        stream.flush()
        stream.buffer.write(text.encode("utf-8", "surrogateescape"))


def _harmless(char: "re.Match[str]") -> str:
    return printable(char[0])


def _lines(content: bytes) -> list[str]:
    """The lines as git counts them."""
    text = content.decode("utf-8", "surrogateescape")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
