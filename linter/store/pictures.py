"""The pictures that reports cite, each kept once for as long as a report does."""

from collections.abc import Iterable, Iterator
from typing import Any

from linter.model.scan import RepositoryReport
from linter.store.rows import chunks, inserted
from linter.store.sql import sa
from linter.store.tables import citations, pictures

_PICTURES = 8
"""Pictures that are in memory at once; one has up to half a megabyte."""


def keep_pictures(connection: "sa.Connection", report_id: int, report: RepositoryReport) -> None:
    """Keep the pictures of a report as those of the one with that id, which cites none yet."""
    ids = [_id_of(connection, digest, content) for digest, content in report.pictures]
    if ids:
        connection.execute(citations.insert(), [{"report_id": report_id, "picture_id": key} for key in ids])


def drop_pictures(connection: "sa.Connection", report_ids: Iterable[int]) -> None:
    """Let reports cite no pictures; those that nobody cites any more go."""
    for ids in chunks(report_ids):
        own = citations.c.report_id.in_(ids)
        cited = connection.execute(sa.select(citations.c.picture_id).distinct().where(own)).scalars().all()
        connection.execute(citations.delete().where(own))
        for keys in chunks(cited):
            is_cited = sa.exists().where(citations.c.picture_id == pictures.c.id)
            connection.execute(pictures.delete().where(pictures.c.id.in_(keys), ~is_cited))


def pictures_of(connection: "sa.Connection", digests: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Pictures with their digests, in the order of these; unknown ones are left out."""
    for chunk in chunks(digests, _PICTURES):
        question = sa.select(pictures.c.digest, pictures.c.content).where(pictures.c.digest.in_(chunk))
        found: dict[str, Any] = dict(connection.execute(question).all())
        yield from ((digest, found[digest]) for digest in chunk if digest in found)


def _id_of(connection: "sa.Connection", digest: str, content: bytes) -> int:
    """The id of a picture, which is kept if need be."""
    known = connection.execute(sa.select(pictures.c.id).where(pictures.c.digest == digest)).scalar()
    return known or inserted(connection, pictures, {"digest": digest, "content": content})
