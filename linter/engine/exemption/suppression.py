"""Hide findings behind inline ignores, waivers and debts. What is hidden stays in the report and says by what."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.engine.scope.coverage import Coverage
from linter.model.finding import Finding, Location, Severity, Suppression
from linter.model.holding import Figure
from linter.model.metrics import MODULE, FunctionMetrics
from linter.model.suppression import LEGACY, Exemption, InlineIgnore, PlacedIgnore, Terms, Use


class Suppressed(NamedTuple):
    """All findings, the hidden ones marked, and what each exemption hid (or would have hidden), in their order."""

    findings: tuple[Finding, ...]
    uses: tuple[Use, ...]


def suppress(findings: Iterable[Finding], exemptions: Iterable[Exemption], coverage: Coverage) -> Suppressed:
    """Mark the findings that an exemption is about. Where several are, the first one is named and all of them used.
    Where the ceiling of every one of them is broken, the finding says so, and is an error instead of a warning.
    """
    offered = tuple(exemptions)
    by_rule = _by_rule(offered)
    hidden: list[list[Finding]] = [[] for _ in offered]
    marked = []
    for finding in findings:
        about = [index for index in by_rule.get(finding.rule, ()) if _is_about(offered[index], finding, coverage)]
        hiding = [index for index in about if _is_within(offered[index].ceiling, finding)]
        for index in hiding:
            hidden[index].append(finding)
        marked.append(_marked(finding, [offered[index] for index in hiding or about], bool(hiding)))
    return Suppressed(tuple(marked), tuple(map(Use, offered, map(tuple, hidden))))


def place(
    path: str,
    ignores: Iterable[InlineIgnore],
    functions: Iterable[FunctionMetrics],
    touched: Container[str],
    terms: Terms,
) -> tuple[PlacedIgnore, ...]:
    """The inline ignores of a file beside its functions; `touched` has the symbols of those that the change touches."""
    by_line = {function.line: function for function in functions if function.symbol != MODULE}
    return tuple(_placed(path, ignore, by_line.get(ignore.signature or 0), touched, terms) for ignore in ignores)


def ignored(ignores: Iterable[PlacedIgnore]) -> Iterator[Exemption]:
    """What those inline ignores hide that work today."""
    for placed in ignores:
        if placed.function and not placed.fault and not placed.is_expired:
            yield Exemption(
                by="inline ignore",
                reason=placed.ignore.reason,
                expires=placed.ignore.until,
                rules=placed.ignore.codes,
                path=placed.path,
                symbol=placed.function.symbol,
                location=Location(placed.path, placed.ignore.span, symbol=placed.function.symbol),
            )


def is_governed(exemption: Exemption, path: str, coverage: Coverage) -> bool:
    """Whether the exemption's review file, if it stands in one, covers the path (or is it), and the globs, if there are
    any, match it.
    """
    document = exemption.document
    if document is None:
        return True
    covering = coverage.document_for(path)
    if path != document and (covering is None or covering.path != document):
        return False
    return exemption.paths is None or exemption.paths.match(path, document.rpartition("/")[0])


def _placed(
    path: str, ignore: InlineIgnore, function: FunctionMetrics | None, touched: Container[str], terms: Terms
) -> PlacedIgnore:
    is_touched = function is not None and function.symbol in touched
    return PlacedIgnore(path, ignore, function, is_touched, terms)


def _by_rule(offered: Iterable[Exemption]) -> dict[str, list[int]]:
    """The places of the exemptions by what they are about: their rules, and what those become in a base."""
    by_rule: dict[str, list[int]] = defaultdict(list)
    for index, exemption in enumerate(offered):
        successors = (LEGACY[rule] for rule in exemption.rules if rule in LEGACY)
        for rule in dict.fromkeys((*exemption.rules, *successors)):
            by_rule[rule].append(index)
    return by_rule


def _is_about(exemption: Exemption, finding: Finding, coverage: Coverage) -> bool:
    """Whether an exemption hides a finding, as long as its ceiling is kept."""
    path = finding.location.path
    return (
        _agrees(exemption.path, path)
        and _agrees(exemption.symbol, finding.location.symbol or MODULE)
        and _agrees(exemption.metric, finding.data.get("metric"))
        and is_governed(exemption, path, coverage)
    )


def _agrees(condition: str | None, value: object) -> bool:
    return condition is None or condition == value


def _is_within(ceiling: float | None, finding: Finding) -> bool:
    if ceiling is None:
        return True
    metric, value = finding.data.get("metric"), finding.data.get("value")
    return isinstance(value, int | float) and Figure(str(metric), value, 0).is_within(ceiling)


def _marked(finding: Finding, about: Sequence[Exemption], is_hidden: bool) -> Finding:
    """The finding with the first of the exemptions that are about it, which hides it or has a ceiling that it broke."""
    if not about:
        return finding
    if not is_hidden:
        message = f"{finding.message}, and {about[0].ceiling:g} the ceiling of {about[0].by}"
        # What was agreed on has no tolerance. Advice stays what it is: drafts and old code block nobody.
        severity = Severity.ERROR if finding.severity is Severity.WARNING else finding.severity
        return finding._replace(message=message, severity=severity)
    return finding._replace(suppressed=Suppression(about[0].by, about[0].reason, about[0].expires))
