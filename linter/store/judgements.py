"""Reports of repositories, each kept once for as long as it stays the same."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from linter.errors import StoreError
from linter.model.finding import Finding
from linter.model.overview import Known
from linter.model.report import Report
from linter.model.scan import Product, RepositoryReport
from linter.store.content import packed, unpacked
from linter.store.pictures import drop_pictures, keep_pictures
from linter.store.rows import chunks, inserted
from linter.store.sql import sa
from linter.store.tables import guidelines, key_of, products, reports, repositories, tallies

_MAX_TIER = 1 << 15
"""A number above it is a mistake in a review file, and no SMALLINT of PostgreSQL."""


def repository_id(connection: "sa.Connection", name: str) -> int:
    """The id of the repository of that name, which is made if need be."""
    digest = key_of(name)
    known = connection.execute(sa.select(repositories.c.id).where(repositories.c.digest == digest)).scalar()
    return known or inserted(connection, repositories, {"digest": digest, "name": name})


def keep(connection: "sa.Connection", owner: int, report: RepositoryReport) -> int:
    """Keep the report of a repository (by its id), less the figures of sources and how long it took, with its pictures
    apart; its own id.
    """
    content = packed(RepositoryReport, _lasting(report))
    values = {
        "judged_on": report.judged_on,
        "good_until": report.good_until,
        "content": content.data,
        **_complexities(report),
    }
    is_same = sa.and_(reports.c.repository_id == owner, reports.c.digest == content.digest)
    columns = (reports.c.id, reports.c.content.is_(None).label("is_outline"))
    same = connection.execute(sa.select(*columns).where(is_same)).first()
    if same is None:
        row = {**values, "repository_id": owner, "digest": content.digest, **_columns(report)}
        report_id = inserted(connection, reports, row)
    else:
        report_id = same.id
        connection.execute(reports.update().where(reports.c.id == report_id).values(values))
    if same is None or same.is_outline:
        _keep_parts(connection, report_id, report)
    return report_id


def known(connection: "sa.Connection", names: Iterable[str]) -> dict[str, Known]:
    """What the last judgements of repositories say about themselves, by name."""
    columns = [reports.c[name] for name in Known._fields]
    found: dict[str, Known] = {}
    for chunk in chunks(names):
        question = (
            sa.select(repositories.c.name, *columns)
            .join(reports, reports.c.id == repositories.c.judged_id)
            .where(repositories.c.digest.in_(map(key_of, chunk)))
        )
        found.update((name, Known(*values)) for name, *values in connection.execute(question))
    return found


def load(connection: "sa.Connection", report_ids: Iterable[int]) -> dict[int, RepositoryReport]:
    """Reports by their ids. Raises StoreError for those that are kept in outline only."""
    columns = (reports.c.id, reports.c.content, reports.c.judged_on, reports.c.good_until)
    question = sa.select(*columns).where(reports.c.id.in_(report_ids))
    return {row.id: _read(row) for row in connection.execute(question)}


def outline(connection: "sa.Connection", report_ids: Iterable[int]) -> None:
    """Forget what the reports say, but for their counts."""
    for ids in chunks(report_ids):
        connection.execute(reports.update().where(reports.c.id.in_(ids)).values(content=None))
        for part in (tallies, products):
            connection.execute(part.delete().where(part.c.report_id.in_(ids)))
        drop_pictures(connection, ids)


def open_findings(report: RepositoryReport) -> dict[str, str]:
    """The rules of what is at or above the fail level and not hidden, by fingerprint."""
    return {finding.fingerprint: finding.rule for finding in _findings(report) if _is_open(finding, report.report)}


def waived_findings(report: RepositoryReport) -> set[str]:
    """The fingerprints of what something hides."""
    return {finding.fingerprint for finding in _findings(report) if finding.suppressed}


def _lasting(report: RepositoryReport) -> RepositoryReport:
    inner = report.report and report.report._replace(metrics=None, duration_ms=0)
    return report._replace(report=inner, blobs=(), judged_on="", good_until="", pictures=())


def _read(row: Any) -> RepositoryReport:
    if row.content is None:
        raise StoreError("the reports of that scan are kept in outline only", "`review-lint history` shows its counts")
    report = unpacked(RepositoryReport, row.content)
    return report._replace(judged_on=row.judged_on, good_until=row.good_until)


def _columns(report: RepositoryReport) -> dict[str, Any]:
    counts = [_weight(finding, report.report) for finding in _findings(report)]
    return {
        "team": report.team,
        "status": report.status.value,
        "failure": report.failure and report.failure.kind.value,
        "is_judgement": report.report is not None,
        "revision": report.revision,
        "basis": report.basis,
        "has_review": bool(report.products),
        "files": report.report.summary.files if report.report else 0,
        "functions": report.report.summary.functions if report.report else 0,
        **{weight: counts.count(weight) for weight in ("open", "told", "waived")},
    }


def _complexities(report: RepositoryReport) -> dict[str, int | None]:
    """The complexities of all functions added, and how many functions are complex."""
    shapes = [sheet.shape for sheet in report.sheets]
    if not shapes:
        return {"complexity": None, "complex": None}
    return {
        "complexity": sum(shape.complexity for shape in shapes),
        "complex": sum(shape.complex for shape in shapes),
    }


def _keep_parts(connection: "sa.Connection", report_id: int, report: RepositoryReport) -> None:
    weights = Counter((finding.rule, _weight(finding, report.report)) for finding in _findings(report))
    rows = [
        {"report_id": report_id, "rule": rule, **{name: weights[rule, name] for name in ("open", "told", "waived")}}
        for rule in sorted({rule for rule, _ in weights})
    ]
    if rows:
        connection.execute(tallies.insert(), rows)
    for product in report.products:
        _keep_product(connection, report_id, product)
    keep_pictures(connection, report_id, report)


def _keep_product(connection: "sa.Connection", report_id: int, product: Product) -> None:
    names = ("path", "name", "team", "kind", "lifecycle")
    tier = product.tier if product.tier is not None and abs(product.tier) < _MAX_TIER else None
    row = {"report_id": report_id, "tier": tier, **{name: getattr(product, name) for name in names}}
    product_id = inserted(connection, products, row)
    rows = [{"product_id": product_id, "guideline": name, "status": status} for name, status in product.guidelines]
    if rows:
        connection.execute(guidelines.insert(), rows)


def _findings(report: RepositoryReport) -> tuple[Finding, ...]:
    return report.report.findings if report.report else ()


def _weight(finding: Finding, report: Report | None) -> str:
    if finding.suppressed:
        return "waived"
    return "open" if _is_open(finding, report) else "told"


def _is_open(finding: Finding, report: Report | None) -> bool:
    return report is not None and finding.suppressed is None and finding.severity >= report.fail_on
