"""A change is not blocked for what it did not bring: findings in review files that a base has too are warnings."""

from collections.abc import Mapping

from linter.engine.governance.origin import origin_in
from linter.engine.judging.findings import Surroundings, findings_of
from linter.engine.judging.subjects import Circumstances, subjects_of
from linter.model.document import Document
from linter.model.finding import Finding, Severity, with_fingerprints
from linter.model.pointer import split
from linter.model.review import OWES_EVERYTHING
from linter.model.snapshot import Snapshot, is_whole
from linter.rules.catalogue import ALL_RULES

NEVER_LOWERED = ("RL005",)


def lowered(
    findings: tuple[Finding, ...], snapshot: Snapshot, surroundings: Surroundings, by: Circumstances
) -> tuple[Finding, ...]:
    """The findings of a change-based run, those in review files compared with the same files of every base.

    Whole runs lower nothing. A base is read only when some review file has an error.
    """
    paths = {finding.location.path for finding in findings if _may_be_lowered(finding, surroundings)}
    if is_whole(snapshot) or not paths:
        return findings
    for base in snapshot.bases:
        origins = {path: origin_in(base, surroundings.documents[path], snapshot, by.memory) for path in paths}
        known = _findings_by_print(base, origins, surroundings, by)
        findings = tuple(
            finding
            if _is_about_a_change(finding, snapshot, base)
            else _lowered(finding, surroundings.documents, *known)
            for finding in findings
        )
    return findings


def _may_be_lowered(finding: Finding, surroundings: Surroundings) -> bool:
    is_review = finding.location.path in surroundings.documents
    return is_review and finding.severity > Severity.WARNING and finding.rule not in NEVER_LOWERED


def _findings_by_print(
    base: Snapshot, origins: Mapping[str, Document | None], surroundings: Surroundings, by: Circumstances
) -> tuple[Mapping[str, Document], frozenset[str]]:
    """The review files of a base by today's paths, and the fingerprints of what the same rules find in them on the same
    day, as if they stood there already.
    """
    documents = {path: document for path, document in origins.items() if document}
    old = {document.path: document for document in documents.values()}
    there = surroundings._replace(documents=old, text=lambda path: old[path].text)
    findings = findings_of(ALL_RULES, subjects_of(base, old.values(), by), there)
    moved = (_moved(finding, path) for finding in findings for path in _paths(finding, documents))
    return documents, frozenset(finding.fingerprint for finding in with_fingerprints(moved))


def _paths(finding: Finding, documents: Mapping[str, Document]) -> list[str]:
    """Where the review file that a finding of the base is in stands today."""
    return [path for path, document in documents.items() if document.path == finding.location.path]


def _moved(finding: Finding, path: str) -> Finding:
    return finding._replace(location=finding.location._replace(path=path))


def _is_about_a_change(finding: Finding, snapshot: Snapshot, base: Snapshot) -> bool:
    """Whether the change touches the evidence concerned: the path that `data` names."""
    path = finding.data.get("evidence")
    return path is not None and snapshot.paths().get(path) != base.paths().get(path)


def _lowered(
    finding: Finding, new: Mapping[str, Document], old: Mapping[str, Document], known: frozenset[str]
) -> Finding:
    path, pointer = finding.location.path, finding.location.pointer or ""
    if finding.fingerprint not in known or _touches(pointer, new[path], old[path]):
        return finding
    return finding._replace(severity=min(finding.severity, Severity.WARNING))


def _touches(pointer: str, new: Document, old: Document) -> bool:
    """Whether the change touches the top-level key that holds `pointer`, or what decides what is required."""
    if not pointer or not isinstance(new.data, dict) or not isinstance(old.data, dict):
        return new.text != old.text
    return any(new.data.get(name) != old.data.get(name) for name in (split(pointer)[0], *OWES_EVERYTHING))
