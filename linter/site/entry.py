"""A product in a few values: what tables, teams, rules and the overview say about it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linter.model.finding import Finding, Severity
from linter.model.pointer import split
from linter.model.review import SECTIONS
from linter.model.rule import FAMILIES
from linter.model.scan import Product, RepositoryReport, Status
from linter.model.sheet import Exemption, Shape, Sheet, owner_of

MET, OPEN, DRAFT, PROPOSED, ABSENT = "met", "open", "draft", "proposed", "absent"
EXCUSED, UNKNOWN, UNJUDGED = "not applicable", "unknown", "not judged"
STATES = (MET, OPEN, DRAFT, PROPOSED, ABSENT, EXCUSED, UNKNOWN, UNJUDGED)
"""How a product stands to a guideline: its section is adopted and nothing is open; findings are open; it is not adopted
yet; it is not there; it says why it does not apply; the review file cannot be read; the repository was not judged.
"""

PASSED, FAILED, ERROR, SKIPPED, BARE = "passed", "failed", "error", "skipped", "no review"
STANDINGS = (PASSED, FAILED, BARE, ERROR, SKIPPED)
"""How a product stands: nothing is open, something is, it has no review file, it could not be judged, there is nothing
to judge.
"""

GUIDELINES = tuple(FAMILIES[str(number)] for number in range(1, 9))
"""The eight, in the order of SECTIONS, as people call them."""

BESIDE = " (beside its products)"

STALE_RULES = ("RL902", "RL904")
"""Of sign-offs that do not hold any more."""


class Count(NamedTuple):
    """The findings of a rule in a product: how many are open, told (below the fail level) and waived. `weight` is the
    value of the gravest severity, `first` the fingerprint of the first one, and `where` its path and line.
    """

    rule: str
    weight: int
    open: int
    told: int
    waived: int
    first: str
    where: str

    @property
    def severity(self) -> Severity:
        return Severity(self.weight)


class Entry(NamedTuple):
    """A product, or what of a repository no review file is about (`path` is "" then). `state` is one of STANDINGS,
    `states` has one of STATES for each of GUIDELINES, `opens` the number of open findings about each. `stale` are
    messages about sign-offs that do not hold any more, `picture` is the digest of its diagram's bytes, `note` says why
    it could not be judged. `is_rest`: it is the code of a repository that lies in none of its products' folders.
    """

    repository: str
    path: str
    name: str
    team: str
    state: str
    states: tuple[str, ...]
    opens: tuple[int, ...]
    description: str = ""
    kind: str = ""
    lifecycle: str = ""
    tier: int | None = None
    counts: tuple[Count, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    stale: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    shape: Shape = Shape()
    picture: str = ""
    note: str = ""
    is_rest: bool = False

    @property
    def has_review(self) -> bool:
        return bool(self.path) or self.is_rest

    @property
    def open(self) -> int:
        return sum(count.open for count in self.counts)

    @property
    def told(self) -> int:
        return sum(count.told for count in self.counts)


class Part(NamedTuple):
    """An entry with what its page shows beside it."""

    entry: Entry
    sheet: Sheet
    findings: tuple[Finding, ...]


def parts_of(report: RepositoryReport) -> tuple[Part, ...]:
    """The products of a repository in the order of their paths; one without a review for a repository that has none, or
    that could not be judged.
    """
    sheets = report.sheets or _outlines(report)
    products = {product.path: product for product in report.products}
    findings = _by_sheet(report, sheets)
    is_one = len(sheets) == 1
    return tuple(
        _part(report, sheet, products.get(sheet.path, Product(sheet.path)), findings.get(sheet.path, ()), is_one)
        for sheet in sheets
    )


def is_bare(sheet: Sheet, report: RepositoryReport) -> bool:
    """Whether nobody has written a review of what the sheet is about. What lies beside products needs none."""
    return not sheet.path and len(report.sheets) < 2


def is_open(finding: Finding, fail_on: Severity) -> bool:
    """Whether it is at or above the fail level and nothing hides it."""
    return finding.suppressed is None and finding.severity >= fail_on


def subject(finding: Finding) -> str:
    """The guideline that a finding is about, else the family of its rule: what is wrong inside a section of the review
    file is about that section.
    """
    name = FAMILIES.get(finding.rule[2:3], FAMILIES["0"])
    if name in GUIDELINES or finding.location.pointer is None:
        return name
    section = next(iter(split(finding.location.pointer)), "")
    return GUIDELINES[SECTIONS.index(section)] if section in SECTIONS else name


def _outlines(report: RepositoryReport) -> tuple[Sheet, ...]:
    """Sheets that say nothing, for a report without any: nothing was judged, or an older release did it."""
    paths = {product.path for product in report.products}
    found = report.report.findings if report.report else ()
    if not paths or any(owner_of(finding.location.path, paths) == "" for finding in found):
        paths.add("")
    return tuple(map(Sheet, sorted(paths)))


def _by_sheet(report: RepositoryReport, sheets: Sequence[Sheet]) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    paths = [sheet.path for sheet in sheets]
    for finding in report.report.findings if report.report else ():
        found.setdefault(owner_of(finding.location.path, paths), []).append(finding)
    return found


def _part(report: RepositoryReport, sheet: Sheet, product: Product, findings: Sequence[Finding], is_one: bool) -> Part:
    fail_on = report.report.fail_on if report.report else Severity.ERROR
    counts, opens = _counts(findings, fail_on), _opens(findings, fail_on)
    entry = Entry(
        repository=report.repository.name,
        path=sheet.path,
        name=product.name or _name(report, sheet, is_one),
        team=(report.team if is_one else product.team) or report.team,
        state=_state(report, sheet, counts),
        states=_states(report, sheet, opens),
        opens=opens,
        description=sheet.description,
        kind=product.kind,
        lifecycle=product.lifecycle,
        tier=product.tier,
        counts=counts,
        exemptions=sheet.exemptions,
        stale=tuple(_stale(findings)),
        dependencies=sheet.dependencies,
        shape=sheet.shape,
        picture=sheet.diagram.digest if sheet.diagram else "",
        note=report.failure.message if report.failure else "",
        is_rest=not sheet.path and not is_one,
    )
    return Part(entry, sheet, tuple(findings))


def _name(report: RepositoryReport, sheet: Sheet, is_one: bool) -> str:
    """What a product is called that does not say so itself."""
    name = report.repository.name
    return name if is_one or sheet.path else name + BESIDE


def _opens(findings: Sequence[Finding], fail_on: Severity) -> tuple[int, ...]:
    about = Counter(subject(finding) for finding in findings if is_open(finding, fail_on))
    return tuple(about[name] for name in GUIDELINES)


def _counts(findings: Sequence[Finding], fail_on: Severity) -> tuple[Count, ...]:
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    return tuple(_count(rule, rules[rule], fail_on) for rule in sorted(rules))


def _count(rule: str, findings: Sequence[Finding], fail_on: Severity) -> Count:
    weights = Counter("waived" if one.suppressed else "open" if is_open(one, fail_on) else "told" for one in findings)
    first = min(findings, key=lambda one: (one.suppressed is not None, not is_open(one, fail_on)))
    where = f"{first.location.path}:{first.location.span.start.line}"
    weight = int(max(one.severity for one in findings))
    return Count(rule, weight, weights["open"], weights["told"], weights["waived"], first.fingerprint, where)


def _state(report: RepositoryReport, sheet: Sheet, counts: Sequence[Count]) -> str:
    if report.status in (Status.ERROR, Status.SKIPPED):
        return ERROR if report.status is Status.ERROR else SKIPPED
    if is_bare(sheet, report):
        return BARE
    return FAILED if any(count.open for count in counts) else PASSED


def _states(report: RepositoryReport, sheet: Sheet, opens: Sequence[int]) -> tuple[str, ...]:
    if report.report is None:
        held = [UNJUDGED] * len(SECTIONS)
    elif sheet.sections:
        held = [_held(section.state.text if section.state else ABSENT) for section in sheet.sections]
    else:
        held = [UNKNOWN if sheet.path else ABSENT if is_bare(sheet, report) else EXCUSED] * len(SECTIONS)
    return tuple(OPEN if count else state for count, state in zip(opens, held, strict=True))


def _held(word: str) -> str:
    if word == "adopted":
        return MET
    return word if word in STATES else ABSENT


def _stale(findings: Sequence[Finding]) -> list[str]:
    return [one.message for one in findings if one.rule in STALE_RULES and one.suppressed is None]
