import runpy
from pathlib import Path

rota = runpy.run_path(str(Path(__file__).parents[1] / "bin" / "rota"))

SHIFTS = [{"name": "Ines", "from": "2026-06-01", "to": "2026-06-07"}]


def test_the_shift_of_the_day_is_found():
    assert rota["on_call"](SHIFTS, "2026-06-07") == "Ines"


def test_a_gap_is_nobody():
    assert rota["on_call"](SHIFTS, "2026-06-08") is None
