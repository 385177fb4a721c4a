"""What others do to a store while its site is written."""

from pathlib import Path

from linter.model.scan import RepositoryReport, Status
from linter.store.store import open_store
from tests.support.scans import finding
from tests.support.site_history import write
from tests.support.sites import build, reviewed, tree


def shop(*names: str) -> RepositoryReport:
    report = reviewed("shop")
    assert report.report
    found = tuple(finding(name) for name in names)
    status = Status.FAILED if found else Status.PASSED
    return report._replace(report=report.report._replace(findings=found), status=status, revision="-".join(names))


def test_a_scan_that_runs_or_was_interrupted_changes_nothing(tmp_path: Path) -> None:
    """What it has found fixed is still open on every page: the site is that of the last scan that was finished."""
    where, before, after = str(tmp_path / "scans.db"), tmp_path / "before", tmp_path / "after"
    write(where, [shop("a")], [shop("a", "b")])
    build(where, before)
    with open_store(where) as store:
        scan = store.begin("all", "terms", "2026-12-01", ["shop"])
        store.add(scan, shop("c"))
        build(where, after)
    assert "RL801 in b.py" in (before / "team/~none/feed.atom").read_text()
    assert tree(after) == tree(before)
