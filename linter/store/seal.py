"""A report as the store has it: bytes that another process may open."""

from typing import NamedTuple

from linter.model.scan import RepositoryReport
from linter.store.content import unpacked


class Sealed(NamedTuple):
    """The report of a repository by its name. Equal digests stand for reports that say the same, whenever it was."""

    repository: str
    digest: str
    content: bytes
    judged_on: str
    good_until: str


def opened(sealed: Sealed) -> RepositoryReport:
    """The report as `Store.reports` has it. Raises StoreError where the bytes are damaged."""
    report = unpacked(RepositoryReport, sealed.content)
    return report._replace(judged_on=sealed.judged_on, good_until=sealed.good_until)
