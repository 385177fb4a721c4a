"""What a command that writes would change, as a difference."""

import difflib


def difference(path: str, before: bytes, after: bytes) -> str:
    """The unified difference between two contents of a text file; `path` has to be printable."""
    told = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in told)


def _lines(content: bytes) -> list[str]:
    """The lines as git counts them."""
    text = content.decode("utf-8", "replace")
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
