"""Text of the linted repository made harmless for terminals and workflow logs.

What is escaped: control characters, bidirectional marks (they reorder what a person sees, CVE-2021-42574), line
separators, lone surrogates, which stand for bytes that are not UTF-8, and noncharacters, which XML and HTML forbid.
"""

from typing import TextIO

HIDDEN = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str, encoding: str = "utf-8") -> str:
    """The text on one line, with what is not to be shown, or what `encoding` cannot write, as `\\x1b` or `\\u202e`."""
    if not text.isprintable():
        text = "".join(map(_escaped, text))
    if not text.isascii():
        text = text.encode(encoding, "backslashreplace").decode(encoding)
    # Runners of GitHub obey `##[command]` anywhere in a line.
    return text.replace("##[", "##\\x5b")


def printable_path(path: str, encoding: str = "utf-8") -> str:
    """The path with colons escaped too: what follows it is a line number, and `::` begins a command of GitHub."""
    return printable(path, encoding).replace(":", "\\x3a")


def without_surrogates(text: str) -> str:
    """The text with bytes that are not UTF-8 as `\\xNN`: strict JSON readers refuse lone surrogates."""
    return text if text.isascii() else "".join(_escaped(char) if _is_surrogate(char) else char for char in text)


def encoding_of(stream: TextIO) -> str:
    """The encoding of what is written to `stream`; streams in memory take everything."""
    return getattr(stream, "encoding", None) or "utf-8"


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20 or 0x7F <= code < 0xA0:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char, f"\\x{code:02x}")
    if char in HIDDEN or _is_surrogate(char) or _is_noncharacter(code):
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _is_noncharacter(code: int) -> bool:
    """Unicode 15.0, section 23.7."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
