"""Paths as review files write them, relative to their own folder, and as the repository knows them."""

from posixpath import normpath, relpath


def resolved(text: str, folder: str) -> str | None:
    """The path of the repository ("" for its root) that a file in `folder` calls `text`; None for one outside."""
    if text.startswith("/"):
        return None
    path = normpath(f"{folder}/{text}" if folder else text)
    if path == ".." or path.startswith("../"):
        return None
    return "" if path == "." else path


def written(path: str, folder: str) -> str:
    """A path of the repository as a file in `folder` writes it."""
    return relpath("/" + path, "/" + folder)
