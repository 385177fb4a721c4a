"""From the bytes of a YAML file to its text, or to the first reason why it cannot be read."""

import re

from linter.model.document import MAX_BYTES
from linter.model.finding import TOP, Position, Span


class YamlError(Exception):
    """The text cannot be read: what was found, where, and the usual cause. Never leaves the adapters."""

    def __init__(self, message: str, span: Span = TOP, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint


class YamlBoundError(YamlError):
    """The text may be good YAML, but there is more of it than is read."""


def decode(data: bytes) -> str:
    """The text of a YAML file without its byte order mark.

    Raises YamlError for more than MAX_BYTES, for another encoding than UTF-8, and for characters that YAML does not
    allow or that its readers disagree about.
    """
    if len(data) > MAX_BYTES:
        raise YamlBoundError(
            f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read",
            hint="keep long material in files of its own and name them as evidence",
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise YamlError("the file is UTF-16 or UTF-32, not UTF-8", hint="save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _undecodable(data) from error
    _refuse_odd_characters(text)
    return text


def position(text: str, index: int) -> Position:
    """The line and column of the character at `index`; lines end with LF, CR LF or CR, as editors show them."""
    head = text[:index]
    breaks = head.count("\n") + head.count("\r") - head.count("\r\n")
    return Position(breaks + 1, index - max(head.rfind("\n"), head.rfind("\r")))


def at(text: str, index: int, length: int = 1) -> Span:
    """The span of `length` characters of one line."""
    start = position(text, index)
    return Span(start, Position(start.line, start.column + length))


# YAML's printable characters less those that YAML 1.1 readers take for line breaks and YAML 1.2 readers do not (NEL,
# U+2028, U+2029: a comment could hide a key), and less U+FEFF, which PyYAML leaves out of its columns.
_ODD_CHARACTER = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_LAYOUT = dict.fromkeys(map(ord, "\t\n\r"))
_LINE_BREAKS = "\x85\u2028\u2029"


def _undecodable(data: bytes) -> YamlError:
    text = data.decode("utf-8-sig", "surrogateescape")
    index = next(index for index, char in enumerate(text) if "\udc80" <= char <= "\udcff")
    byte = ord(text[index]) - 0xDC00
    return YamlError(f"the byte 0x{byte:02x} is not UTF-8", at(text, index), "save the file as UTF-8")


def _refuse_odd_characters(text: str) -> None:
    if text.translate(_LAYOUT).isprintable():
        return  # without the 3 ms that compiling takes: nothing that Python calls printable is odd
    match = re.search(_ODD_CHARACTER, text)
    if match is None:
        return
    char, span = match[0], at(text, match.start())
    if char in _LINE_BREAKS:
        message = f"U+{ord(char):04X} is a line break to some readers and none to others"
        raise YamlError(message, span, 'remove it; in double quotes it can be written as "\\u2028"')
    raise YamlError(f"the invisible character U+{ord(char):04X} is not allowed", span, "remove it")
