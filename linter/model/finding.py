"""What a rule has to say, how much it weighs, and where it points."""

import hashlib
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

NO_DATA: Mapping[str, Any] = {}


class Severity(IntEnum):
    """How much a finding weighs; comparable."""

    ADVICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Position(NamedTuple):
    """A place in a text: line and column count from 1, columns in characters."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of text; `end` is exclusive, None where only the beginning is known."""

    start: Position
    end: Position | None = None

    @property
    def last_line(self) -> int:
        """The last line that it has a part of."""
        if self.end is None:
            return self.start.line
        return max(self.start.line, self.end.line - (self.end.column == 1))


TOP = Span(Position(1, 1))


class Location(NamedTuple):
    """Where a finding stands: a path of the repository, a span in it, and what that span is."""

    path: str
    span: Span = TOP
    pointer: str | None = None
    symbol: str | None = None


class Suppression(NamedTuple):
    """What hides a finding: `by` names the ignore, waiver or debt entry; `expires` is YYYY-MM-DD."""

    by: str
    reason: str
    expires: str | None = None


class Finding(NamedTuple):
    """One thing to put right (or to know), ready to be shown: renderers read no files.

    `anchor` identifies the place without line numbers (see `fingerprint`).
    """

    rule: str
    name: str
    severity: Severity
    message: str
    location: Location
    hint: str | None = None
    excerpt: str | None = None
    fixable: bool = False
    data: Mapping[str, Any] = NO_DATA
    anchor: str = ""
    fingerprint: str = ""
    suppressed: Suppression | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        start = self.location.span.start
        return (self.location.path, start.line, start.column, self.rule, self.message)


def with_fingerprints(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings sorted, each with the SHA-256 over its rule, path, anchor and ordinal among equals."""
    seen: dict[tuple[str, str, str], int] = {}
    result = []
    for finding in sorted(findings, key=lambda finding: finding.sort_key):
        key = (finding.rule, finding.location.path, finding.anchor)
        ordinal = seen[key] = seen.get(key, -1) + 1
        text = "\0".join((*key, str(ordinal)))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        result.append(finding._replace(fingerprint=digest))
    return tuple(result)


def merged(*groups: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of several groups, which have no rule in common, sorted."""
    return tuple(sorted((finding for group in groups for finding in group), key=lambda finding: finding.sort_key))
