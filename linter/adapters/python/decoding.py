"""From the bytes of a source file to its text, as Python reads it."""

import codecs

from linter.model.metrics import Unanalysable

NOT_FOR_SOURCE = frozenset({"punycode", "idna"})
"""Encodings that Python's parser accepts in a coding cookie and that take hours to decode 2 MiB."""


def decode(data: bytes) -> str:
    """The text of a source file, as Python reads it: byte order mark, coding cookie (PEP 263), `\\n` for every newline.

    Split it at `\\n` and its line numbers are those of the metrics. Empty for what Python cannot decode.
    """
    text = decoded(data)
    return text if isinstance(text, str) else ""


def codec(data: bytes) -> str | None:
    """The encoding that turns a source file into text and back into the same bytes; None where there is none."""
    try:
        encoding = _encoding(data)
        found = "utf-8" if encoding == "utf-8-sig" and not data.startswith(codecs.BOM_UTF8) else encoding
        return found if data.decode(found).encode(found) == data else None
    except (SyntaxError, ValueError, LookupError):
        return None


def decoded(data: bytes) -> str | Unanalysable:
    """The text of a source file, or why it has none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unanalysable("is encoded in UTF-16, which Python does not read as source: save it as UTF-8")
    encoding = "utf-8-sig"
    try:
        encoding = _encoding(data)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        from linter.adapters.python.dialect import end_of  # noqa: PLC0415

        before = error.object[: error.start].decode(encoding, "replace")
        return Unanalysable(f"is not valid {error.encoding}: {error.reason}", end_of(_with_newlines(before)))
    except (SyntaxError, ValueError, LookupError) as error:
        return Unanalysable(f"names an encoding that cannot be used: {error}")
    return _with_newlines(text)


def _encoding(data: bytes) -> str:
    """The encoding that the byte order mark or the coding cookie asks for. Raises SyntaxError where they disagree."""
    head = _with_newlines(data[:10_000].decode("latin-1")).split("\n", 2)[:2]
    if not any("coding" in line for line in head):
        return "utf-8-sig"
    # tokenize is imported here because it costs every commit 2 ms and few files have a cookie.
    from tokenize import detect_encoding  # noqa: PLC0415

    encoding, _ = detect_encoding(iter([line.encode("latin-1") + b"\n" for line in head]).__next__)
    if encoding in NOT_FOR_SOURCE:
        raise LookupError(f"{encoding} is no encoding for source code")
    return encoding


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
