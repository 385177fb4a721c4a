"""The open findings of a review file, sorted by the part of the page that they are about."""

from collections.abc import Iterable, Mapping, Sequence

from linter.model.finding import Finding, Severity
from linter.model.page import Badge, Code, Line, Table, Tone
from linter.model.pointer import split
from linter.model.review import SECTIONS

HEADER, AGREEMENTS = "", "agreements"
"""The parts that are no sections: the top of the file, and its reviews and waivers."""

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.FAIR, Severity.ADVICE: Tone.PLAIN}


def by_part(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """The findings of each part; those of a place that no part shows belong to the header."""
    parts: dict[str, list[Finding]] = {}
    for finding in findings:
        parts.setdefault(_part(finding), []).append(finding)
    return parts


def counted(findings: Iterable[Finding]) -> tuple[Badge, ...]:
    """How many of each severity there are, the gravest first."""
    numbers = dict.fromkeys(sorted(Severity, reverse=True), 0)
    for finding in findings:
        numbers[finding.severity] += 1
    return tuple(Badge(_count(number, severity), TONES[severity]) for severity, number in numbers.items() if number)


def table(findings: Iterable[Finding]) -> Table:
    """The findings with what to do about them."""
    rows = [
        (
            ((Badge(finding.severity.label, TONES[finding.severity]),),),
            ((Code(finding.rule), f" {finding.name}"),),
            ((str(finding.location.span.start.line),),),
            (spoken(finding.message), *((spoken(finding.hint),) if finding.hint else ())),
        )
        for finding in findings
    ]
    return Table("Open findings", ("Severity", "Rule", "Line", "What, and what to do"), tuple(rows))


def spoken(message: str) -> Line:
    """A message whose `backticks` set names apart."""
    parts = message.split("`")
    if len(parts) % 2 == 0:
        return (message,)
    return tuple(Code(part) if number % 2 else part for number, part in enumerate(parts) if part)


def _part(finding: Finding) -> str:
    first = [*split(finding.location.pointer or ""), HEADER][0]
    if first in SECTIONS:
        return first
    return AGREEMENTS if first in ("reviews", "waivers") else HEADER


def _count(number: int, severity: Severity) -> str:
    plural = "s" if number != 1 and severity is not Severity.ADVICE else ""
    return f"{number} {severity.label}{plural}"
