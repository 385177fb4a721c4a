"""A store with three scans of an organisation in which everything occurs that pages tell about."""

import hashlib
from collections.abc import Iterable

from linter.engine.page.guide import title
from linter.model.finding import Finding, Severity
from linter.model.page import Table
from linter.model.scan import RepositoryReport
from linter.model.sheet import Complex, Diagram, Shape, Sheet
from linter.store.store import open_store
from tests.support.scans import finding, judged, unjudged
from tests.support.sites import reviewed, sheet

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="3" height="4"/></svg>'
PICTURES = ((hashlib.sha256(PICTURE).hexdigest(), PICTURE),)
DRAWN = Diagram("docs/a.svg", "svg", "", PICTURES[0][0])

LIBS = "libs/pay/REVIEW.yaml"


def found(rule: str, *places: str, severity: Severity = Severity.ERROR, is_hidden: bool = False) -> list[Finding]:
    """Findings with fingerprints as real ones have them."""
    plain = (finding(place, rule, severity, is_hidden) for place in places)
    return [one._replace(fingerprint=hashlib.sha256(one.fingerprint.encode()).hexdigest()) for one in plain]


def with_findings(report: RepositoryReport, findings: Iterable[Finding]) -> RepositoryReport:
    other = judged(report.repository.name, *findings)
    return report._replace(report=other.report, status=other.status)


def quiet(path: str = "REVIEW.yaml", **more: object) -> Sheet:
    """A review file that says nothing of other files or products."""
    return sheet(path, text="words", **{"header": (), "dependencies": (), **more})


def shop(*places: str, complexity: int = 18) -> RepositoryReport:
    shape = Shape(2, 30, (1, 0, 1, 0, 0, 0), (Complex("shop.py", "buy", 7, complexity, 40),))
    needs = ("pay libs/pay/REVIEW.yaml", "mail")
    table = Table(title("/planning/dependencies"), ("Name",), tuple((((name,),),) for name in needs))
    sheets = (quiet(dependencies=needs, header=(table,), shape=shape), quiet(LIBS, diagram=DRAWN))
    products = reviewed("pay", *sheets).products
    report = reviewed("shop", *sheets, products=products, pictures=PICTURES, revision=f"c{complexity}")
    all_of_it = [*found("RL801", *places), *found("RL902", "REVIEW"), *found("RL107", "libs/pay/x", is_hidden=True)]
    report = with_findings(report, all_of_it)
    repository = report.repository._replace(url="https://github.com/acme/shop.git", team="blue")
    return report._replace(repository=repository)


def write(where: str, *scans: list[RepositoryReport], key: str = "all") -> None:
    """Finished scans, a day apart."""
    with open_store(where) as store:
        for number, reports in enumerate(scans, 1):
            scan = store.begin(key, "terms", f"2026-06-{number:02}", [report.repository.name for report in reports])
            store.add(scan, *reports)
            store.finish(scan)


def history() -> list[list[RepositoryReport]]:
    many = [f"big{number:03}" for number in range(230)]
    big = with_findings(reviewed("Group/big", quiet()), [*found("RL801", *many), *found("RL803", "z")])
    plain = judged("plain", *found("RL801", "a", severity=Severity.WARNING), team="red")
    others = [big, plain, unjudged("gone", team="red"), reviewed("unread", Sheet("REVIEW.yaml")), judged("group/big")]
    old = judged("old", products=reviewed("old", quiet()).products)
    return [
        [shop("f", complexity=14), *others, old, judged("short")],
        [shop("f", "g", complexity=16), *others, old],
        [shop("g", "h", "i", complexity=18), *others, old, judged("new", *found("XY999", "q"))],
    ]
