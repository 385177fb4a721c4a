"""Every review file that can be read has a page in both formats and a sheet, whatever stands in it."""

import json
import random
from typing import Any

import pytest

from linter.adapters.yaml.edit import edit
from linter.model.document import FILE_NAME
from linter.model.sheet import Sheet
from linter.store.content import packed, unpacked
from tests.support.examples import files
from tests.support.pages import RENDERERS, ROOT, page_of
from tests.support.sheets import sheets_in

PAYMENTS = files(ROOT / "examples" / "payments")
DATA = edit(FILE_NAME, PAYMENTS[FILE_NAME]).data  # type: ignore[arg-type]
JUNK: tuple[Any, ...] = (
    *(None, True, 7, -1.5, 1e308, "", " ", "x", "<b>", "a\n\n# b", "2026-02-30", "9999-12-31", "1d", "@a", "https://["),
    *([], [[]], [None], ["x", {}], {}, {"a": {"b": [1]}}, {"path": []}, {"not_applicable": 3}, {"not_applicable": {}}),
    *({"count": 1, "per": 2, "metric": 3}, {"status": "draft"}, [{"name": {}, "percent": "x"}]),
    *([{"percentile": [], "for": []}], "a#b", "../../a", "/etc/passwd", "a//b/../c", "é/ü.svg", "docs"),
    *(".inf", ".nan", [{"name": "x", "percent": ".nan"}], {"count": ".inf", "per": "day", "metric": "x"}),
)  # fmt: skip
NUMBERS = {'".inf"': ".inf", '".nan"': ".nan"}
"""What YAML has and JSON has not."""


def spoilt(value: Any, source: random.Random, share: float) -> Any:
    """The value with a share of what it holds replaced."""
    if source.random() < share:
        return source.choice(JUNK)
    if isinstance(value, dict):
        return {key: spoilt(inner, source, share) for key, inner in value.items()}
    return [spoilt(inner, source, share) for inner in value] if isinstance(value, list) else value


def fuzz(seed: int, rounds: int) -> int:
    """How many pages there were."""
    source = random.Random(seed)
    for _ in range(rounds):
        data = {key: spoilt(value, source, source.choice([0.02, 0.1, 0.3])) for key, value in DATA.items()}
        text = json.dumps({**data, "version": 1})
        for word, number in NUMBERS.items():
            text = text.replace(word, number)
        try:
            page = page_of({**PAYMENTS, FILE_NAME: text})
            sizes = [len(render(page)) for render in RENDERERS.values()]
            (sheet,) = sheets_in({**PAYMENTS, FILE_NAME: text}).sheets
            assert unpacked(Sheet, packed(Sheet, sheet).data) == sheet
        except Exception as error:
            raise AssertionError(text) from error
        assert min(sizes) > 1000
        assert len(sheet.sections) == 8
    return rounds


def test_spoilt_reviews_have_pages() -> None:
    assert fuzz(seed=20260601, rounds=12)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_many_spoilt_reviews_have_pages(seed: int) -> None:
    assert fuzz(seed, rounds=100)
