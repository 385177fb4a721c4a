"""Git's words and paths as text and back: UTF-8 whatever the locale is, other bytes as surrogate escapes."""

import os


def decoded(data: bytes) -> str:
    """What git says, as text."""
    return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    """Text as git takes it."""
    return text.encode("utf-8", "surrogateescape")


def localised(path: str) -> str:
    """A path of the repository as the system's functions and arguments of processes need it: they follow the locale."""
    return os.fsdecode(encoded(path))


def unlocalised(text: str) -> str:
    """A word of the command line as text of the repository."""
    return decoded(os.fsencode(text))
