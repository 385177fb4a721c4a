"""Made-up histories of scans, and what a plain count over all reports says of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count

from hypothesis import strategies as st

from linter.model.finding import Severity
from linter.model.overview import Scan, Tally
from linter.model.scan import RepositoryReport, Status
from linter.store.store import Store
from tests.support.scans import DAY, finding, judged, product, unjudged

Reports = Mapping[str, RepositoryReport]

NAMES = ("api", "shop", "web")
RULES = ("RL107", "RL801")
KEYS = count()

findings = st.builds(
    finding,
    st.sampled_from(("f", "g", "h")),
    st.sampled_from(RULES),
    st.sampled_from((Severity.ERROR, Severity.WARNING)),
    st.sampled_from((False, False, True)),
)
found = st.lists(findings, max_size=4, unique_by=lambda one: one.fingerprint)
teams = st.sampled_from(("", "blue", "red"))


@st.composite
def scans(draw: st.DrawFn) -> Reports:
    """What a scan finds: not every repository is there, and not every one can be judged."""
    reports = {}
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        products = draw(st.sampled_from(((), (product(),), (product(("clarity",), "draft"), product()))))
        one = judged(name, *draw(found), team=draw(teams), revision=draw(st.sampled_from("ab")), products=products)
        reports[name] = draw(st.sampled_from((one, one, one, unjudged(name, team=one.repository.team))))
    return reports


def open_in(report: RepositoryReport | None) -> set[str]:
    whole = report.report.findings if report and report.report else ()
    return {one.fingerprint for one in whole if one.suppressed is None and one.severity is Severity.ERROR}


def waived_in(report: RepositoryReport) -> set[str]:
    return {one.fingerprint for one in (report.report.findings if report.report else ()) if one.suppressed}


def news(report: RepositoryReport, before: Sequence[Reports]) -> tuple[set[str], set[str]]:
    """The findings that are new, and those that are fixed, against the last judgement."""
    if not before or report.report is None:
        return set(), set()
    name = report.repository.name
    were = open_in(next((scan[name] for scan in reversed(before) if name in scan and scan[name].report), None))
    now = open_in(report)
    return now - were, were - now - waived_in(report)


def tally(reports: Reports, before: Sequence[Reports], rules: tuple[str, ...] = RULES) -> Tally:
    """The plain count; of findings those of some rules."""
    states = Counter(report.status for report in reports.values())
    changes = [news(report, before) for report in reports.values()]
    own = [one for report in reports.values() if report.report for one in report.report.findings if one.rule in rules]
    shown = [one.severity for one in own if one.suppressed is None]
    return Tally(
        repositories=len(reports),
        with_review=sum(bool(report.products) for report in reports.values()),
        passed=states[Status.PASSED],
        failed=states[Status.FAILED],
        errors=states[Status.ERROR],
        open=shown.count(Severity.ERROR),
        told=shown.count(Severity.WARNING),
        waived=len(own) - len(shown),
        new=sum(key.startswith(rules) for new, _ in changes for key in new),
        fixed=sum(key.startswith(rules) for _, fixed in changes for key in fixed),
    )


def of_team(reports: Reports, team: str) -> Reports:
    return {name: report for name, report in reports.items() if report.repository.team == team}


def scanned(store: Store, reports: Reports, key: str) -> Scan:
    scan = store.begin(key, "terms", DAY, list(reports))
    store.add(scan, *reports.values())
    store.finish(scan)
    return scan
