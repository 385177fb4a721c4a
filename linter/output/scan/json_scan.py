"""A scan as JSON, for programs; `schemas/scan.schema.json` describes it. Equal scans give equal bytes."""

from collections.abc import Iterable
from textwrap import indent
from typing import Any, TextIO

import linter
from linter.adapters.terminal import Look
from linter.model.overview import Group, Overview
from linter.model.scan import Product, RepositoryReport
from linter.output.json_report import dumped, judged, tool

VERSION = 1


def render(
    overview: Overview,
    reports: Iterable[RepositoryReport],
    stream: TextIO,
    look: Look,  # noqa: ARG001 - a report for programs has no look
) -> None:
    """Write one object whose last key is `repositories`; of these only one at a time is in memory."""
    stream.write(dumped(_head(overview)).removesuffix("\n}") + ',\n  "repositories": [')
    separator = "\n"
    for report in reports:
        stream.write(separator + indent(dumped(_repository(report)), "    "))
        separator = ",\n"
    stream.write("\n  ]\n}\n")


def _head(overview: Overview) -> dict[str, Any]:
    return {
        "version": VERSION,
        "tool": tool(linter.__version__),
        "day": overview.scan.day,
        "previous": overview.previous.day if overview.previous else None,
        "total": overview.total._asdict(),
        "teams": [_group(group) for group in overview.teams],
        "guidelines": [{**_group(group), "statuses": _statuses(group, overview)} for group in overview.guidelines],
    }


def _group(group: Group) -> dict[str, Any]:
    return {"name": group.name, "counts": group.tally._asdict()}


def _statuses(group: Group, overview: Overview) -> dict[str, int]:
    return {status: count for name, status, count in overview.statuses if name == group.name}


def _repository(report: RepositoryReport) -> dict[str, Any]:
    """What a report of one repository has, as far as it could be judged."""
    own = report.repository
    nothing: dict[str, Any] = {"target": None, "summary": None, "findings": []}
    return {
        "repository": {"name": own.name, "team": report.team, "tags": own.tags},
        **(judged(report.report) if report.report else nothing),
        "status": report.status.value,
        "error": {"kind": report.failure.kind.value, "message": report.failure.message} if report.failure else None,
        "products": [_product(product) for product in report.products],
        "notes": report.report.notes if report.report else [],
    }


def _product(product: Product) -> dict[str, Any]:
    return {**product._asdict(), "guidelines": dict(product.guidelines)}
