"""The figures of sources, kept once for each content whatever repositories have it."""

from collections.abc import Iterable

from linter.model.metrics import SourceMetrics
from linter.model.scan import RepositoryReport
from linter.store.content import packed, unpacked
from linter.store.rows import chunks
from linter.store.sql import sa
from linter.store.tables import files, metrics


def keep_figures(connection: "sa.Connection", owner: int, report: RepositoryReport) -> None:
    """Keep the figures of a report as those of the repository (by its id); those that nobody has any more go."""
    sources = _sources(report)
    ids = _keep_blobs(connection, {blob: source for _, blob, source in sources})
    new = sorted((path, ids[blob]) for path, blob, _ in sources)
    own = files.c.repository_id == owner
    old = sorted(connection.execute(sa.select(files.c.path, files.c.metrics_id).where(own)))
    if old == new:
        return
    connection.execute(files.delete().where(own))
    if new:
        rows = [{"repository_id": owner, "path": path, "metrics_id": key} for path, key in new]
        connection.execute(files.insert(), rows)
    _forget(connection, {key for _, key in old}.difference(ids.values()))


def figures(connection: "sa.Connection", owner: int) -> tuple[tuple[str, SourceMetrics], ...]:
    """The figures of the sources of a repository (by its id) when it was judged last, by path."""
    question = sa.select(files.c.path, metrics.c.content).join(metrics).where(files.c.repository_id == owner)
    rows = sorted(connection.execute(question))
    return tuple((path, unpacked(SourceMetrics, content)) for path, content in rows)


def _sources(report: RepositoryReport) -> list[tuple[str, str, SourceMetrics]]:
    """The paths of the sources, the ids of their contents, and their figures."""
    blobs = dict(report.blobs)
    measured = (report.report and report.report.metrics) or ()
    return [(path, blobs[path], source) for path, source in measured if path in blobs]


def _keep_blobs(connection: "sa.Connection", sources: dict[str, SourceMetrics]) -> dict[str, int]:
    """The ids of figures by the ids of contents; what is new is kept, and what another release counts otherwise."""
    contents = {blob: packed(SourceMetrics, source).data for blob, source in sources.items()}
    known = _known(connection, contents)
    new = contents.keys() - known.keys()
    if new:
        connection.execute(metrics.insert(), [{"blob": blob, "content": contents[blob]} for blob in sorted(new)])
    for blob, (key, content) in known.items():
        if content != contents[blob]:
            connection.execute(metrics.update().where(metrics.c.id == key).values(content=contents[blob]))
    return {blob: key for blob, (key, _) in (known | _known(connection, new)).items()}


def _known(connection: "sa.Connection", blobs: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    found = {}
    for chunk in chunks(blobs):
        for row in connection.execute(sa.select(metrics).where(metrics.c.blob.in_(chunk))):
            found[row.blob] = (row.id, row.content)
    return found


def _forget(connection: "sa.Connection", ids: Iterable[int]) -> None:
    for chunk in chunks(ids):
        is_used = sa.exists().where(files.c.metrics_id == metrics.c.id)
        connection.execute(metrics.delete().where(metrics.c.id.in_(chunk), ~is_used))
