"""A site says the same wherever scans are kept."""

from pathlib import Path

from tests.support.site_history import history, write
from tests.support.sites import build, tree


def test_a_site_from_postgresql_is_that_from_sqlite(postgresql: str, tmp_path: Path) -> None:
    for number, where in enumerate((str(tmp_path / "scans.db"), postgresql)):
        write(where, *history())
        build(where, tmp_path / f"out{number}")
    assert tree(tmp_path / "out0") == tree(tmp_path / "out1")
