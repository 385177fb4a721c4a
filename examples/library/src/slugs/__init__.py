"""Readable pieces of addresses."""

import unicodedata


def slug(title: str, limit: int = 60) -> str:
    """The title in lower-case ASCII letters, digits and hyphens, at most `limit` characters."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    words = "".join(character if character.isalnum() else " " for character in plain).split()
    return "-".join(words)[:limit].strip("-")
