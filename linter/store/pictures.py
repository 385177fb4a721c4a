"""The pictures that reports cite, each kept once."""

from collections.abc import Iterable, Iterator

from linter.store.rows import chunks
from linter.store.sql import sa
from linter.store.tables import pictures

_PICTURES = 8
"""Pictures that are in memory at once; one has up to half a megabyte."""


def pictures_of(connection: "sa.Connection", digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Pictures with their digests, in the order of these; unknown ones are left out."""
    for chunk in chunks(digests, _PICTURES):
        question = sa.select(pictures.c.digest, pictures.c.content).where(pictures.c.digest.in_(chunk))
        found = dict(connection.execute(question).all())
        yield from ((digest, found[digest]) for digest in chunk if digest in found)
