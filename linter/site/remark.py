"""Findings as the site shows them: in words, with the place, its source line, and what to do."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from linter.model.finding import Finding, Severity, Suppression
from linter.output.excerpt import pointed
from linter.site.entry import is_open, subject
from linter.site.source import Source
from linter.site.templating import Markup, words

_SPELLED = {"sla": "SLA", "yaml11": "YAML 1.1", "ci": "CI"}

MOST_SHOWN = 200
"""Findings of one weight in one section; the others are counted."""


class Remark(NamedTuple):
    """A finding. `anchor` is its name in the page, `url` leads to its line on the web, "" where there is none."""

    anchor: str
    rule: str
    name: str
    severity: str
    message: Markup
    where: str
    url: str
    source: str
    hint: Markup | None
    suppressed: Suppression | None


class Remarks(NamedTuple):
    """The findings of one section by their weight: open, below the fail level, hidden by something."""

    open: tuple[Remark, ...] = ()
    told: tuple[Remark, ...] = ()
    waived: tuple[Remark, ...] = ()
    more_open: int = 0
    more_told: int = 0
    more_waived: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.told or self.waived)


NONE = Remarks()


def remarks_of(findings: Iterable[Finding], fail_on: Severity, source: Source) -> dict[str, Remarks]:
    """The findings by the guideline that they are about (`file` and `governance` besides the eight)."""
    found: dict[str, tuple[list[Finding], list[Finding], list[Finding]]] = {}
    for finding in findings:
        weights = found.setdefault(subject(finding), ([], [], []))
        weights[2 if finding.suppressed else 0 if is_open(finding, fail_on) else 1].append(finding)
    return {name: _remarks(weights, source) for name, weights in found.items()}


def _remarks(weights: Sequence[list[Finding]], source: Source) -> Remarks:
    shown = [tuple(_remark(one, source) for one in _shown(weight)) for weight in weights]
    open_, told, waived = shown
    more = [max(0, len(weight) - MOST_SHOWN) for weight in weights]
    return Remarks(open_, told, waived, *more)


def _shown(findings: Sequence[Finding]) -> Sequence[Finding]:
    """As many as are shown: among them the first of each rule, which pages of rules and teams lead to."""
    firsts: dict[str, int] = {}
    for number, finding in enumerate(findings):
        firsts.setdefault(finding.rule, number)
    kept = set(firsts.values())
    others = (number for number in range(len(findings)) if number not in kept)
    return [findings[number] for number in sorted(islice(chain(kept, others), MOST_SHOWN))]


def _remark(finding: Finding, source: Source) -> Remark:
    path, start = finding.location.path, finding.location.span.start
    return Remark(
        anchor=anchor(finding.fingerprint),
        rule=finding.rule,
        name=worded(finding.name),
        severity=finding.severity.label,
        message=words(finding.message),
        where=f"{path}:{start.line}" if path else "",
        url=source.url(path, start.line),
        source=_source(finding),
        hint=words(finding.hint) if finding.hint else None,
        suppressed=finding.suppressed,
    )


def anchor(fingerprint: str) -> str:
    """What links in the site call a finding."""
    return f"f-{fingerprint[:16]}"


def worded(name: str) -> str:
    """A rule's name in words."""
    first, *rest = (_SPELLED.get(word, word) for word in name.split("-"))
    return " ".join([first[:1].upper() + first[1:], *rest])


def _source(finding: Finding) -> str:
    """The source line with carets under the place."""
    if not finding.excerpt or not finding.excerpt.strip():
        return ""
    shown = pointed(finding.excerpt, finding.location.span)
    return f"{shown.source}\n{shown.carets}"
