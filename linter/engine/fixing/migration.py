"""Which review files have another version of the format than the one that this release writes."""

from collections.abc import Iterator

from linter.engine.project import read_project
from linter.engine.reviews import find_reviews
from linter.model.finding import NO_DATA, Finding, Location, Severity, with_fingerprints
from linter.model.request import Request
from linter.model.snapshot import Snapshot

VERSIONS, UNREADABLE = "RL010", "RL001"


def other_versions(snapshot: Snapshot) -> tuple[Finding, ...]:
    """RL010, and RL001 where the version cannot be known: for every review file that is not excluded, whatever the
    configuration says of these rules.
    """
    return with_fingerprints(_findings(snapshot))


def _findings(snapshot: Snapshot) -> Iterator[Finding]:
    project = read_project(snapshot, Request(today=""))
    for document in find_reviews(snapshot, project.is_excluded, True, NO_DATA).documents:
        for problem in document.problems:
            if problem.rule in (VERSIONS, UNREADABLE):
                yield Finding(
                    rule=problem.rule,
                    name="",
                    severity=Severity.ERROR,
                    message=problem.message,
                    location=Location(document.path, problem.span, problem.pointer),
                    hint=problem.hint,
                    fixable=problem.fixable,
                    data=problem.data,
                )
