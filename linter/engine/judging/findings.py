"""From the hits of the rules to findings: severity, source line, and what identifies the place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.engine.judging.severity import lowered_by_mode, lowered_by_status, own_severity
from linter.model.document import Document
from linter.model.finding import Finding, Location, with_fingerprints
from linter.model.organisation import Policy
from linter.model.pointer import stable
from linter.model.policy import Configuration, is_enabled
from linter.model.rule import Fix, Hit, Rule


class Surroundings(NamedTuple):
    """What findings are made with: the configuration, the policy and the day (YYYY-MM-DD) that decide their severity,
    `documents` by path, `text` of a file by path (empty where there is none), and the simplicity `mode` that holds for
    a path.
    """

    configuration: Configuration
    policy: Policy
    today: str
    documents: Mapping[str, Document]
    text: Callable[[str], str]
    mode: Callable[[str], str]


def findings_of(rules: Iterable[Rule], subjects: Iterable[object], surroundings: Surroundings) -> tuple[Finding, ...]:
    """Ask every rule that is not switched off about every subject of its type; the findings are sorted and have
    fingerprints.
    """
    asked = (rule for rule in rules if is_enabled(surroundings.configuration, rule.code, ""))
    by_type: dict[type, list[object]] = {}
    for subject in subjects:
        by_type.setdefault(type(subject), []).append(subject)
    pairs = ((rule, subject) for rule in asked for subject in by_type.get(rule.subject, ()))
    hits = [(rule, hit) for rule, subject in pairs for hit in rule.check(subject)]
    return with_fingerprints(_findings(hits, surroundings))


def _findings(hits: Iterable[tuple[Rule, Hit]], surroundings: Surroundings) -> Iterator[Finding]:
    lines: dict[str, list[str]] = {}
    for rule, hit in hits:
        path = hit.location.path
        if not is_enabled(surroundings.configuration, rule.code, path):
            continue
        if path not in lines:
            lines[path] = _lines(surroundings.text(path))
        yield _finding(rule, hit, lines[path], surroundings)


def _finding(rule: Rule, hit: Hit, lines: list[str], surroundings: Surroundings) -> Finding:
    document = surroundings.documents.get(hit.location.path)
    severity = own_severity(rule, hit, surroundings.configuration, surroundings.policy, surroundings.today)
    severity = lowered_by_mode(severity, rule, surroundings.mode(hit.location.path))
    if document:
        severity = lowered_by_status(severity, rule, document, hit.location.pointer)
    number = hit.location.span.start.line
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        message=hit.message,
        location=hit.location,
        hint=hit.hint,
        excerpt=lines[number - 1] if number <= len(lines) else None,
        fixable=hit.fixable and rule.fix is Fix.APPLY,
        data=hit.data,
        anchor=_anchor(hit.location, document),
    )


def _anchor(location: Location, document: Document | None) -> str:
    """What identifies the place in its file when lines move."""
    if location.symbol is not None:
        return location.symbol
    return stable(document.data if document else None, location.pointer or "")


def _lines(text: str) -> list[str]:
    """The lines as editors count them: a form feed or U+2028 ends none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if text else []
