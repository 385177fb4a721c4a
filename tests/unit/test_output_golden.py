"""Every format shows every report of `tests.support.reports` exactly as its golden file does."""

import pytest

from tests.support.reports import CASES, GOLDEN, rendered

SHOWN = [(name, format_name) for name, case in CASES.items() for format_name in case.formats]


@pytest.mark.parametrize(("name", "format_name"), SHOWN)
def test_report_looks_as_agreed(name: str, format_name: str) -> None:
    expected = (GOLDEN / f"{name}.{format_name}").read_bytes()
    assert rendered(CASES[name], format_name).decode() == expected.decode()


def test_every_golden_file_has_a_case() -> None:
    files = {path.name for path in GOLDEN.iterdir() if path.is_file()}
    assert files == {f"{name}.{format_name}" for name, format_name in SHOWN}
