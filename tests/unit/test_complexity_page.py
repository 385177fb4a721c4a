"""docs/complexity.md: its examples are run, here and through Radon."""

import re
from pathlib import Path

import pytest
from radon.complexity import cc_visit

from linter.adapters.python.metrics import measure
from linter.model.metrics import SourceMetrics

PAGE = (Path(__file__).parents[2] / "docs/complexity.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```\n`(\S+)`: Radon (\d+|nothing), here (\d+)\n", PAGE, re.DOTALL)


def test_every_example_states_its_figures() -> None:
    assert len(EXAMPLES) == PAGE.count("```python") > 10


@pytest.mark.parametrize(("code", "symbol", "radon", "here"), EXAMPLES)
def test_the_figures_are_those_that_the_page_states(code: str, symbol: str, radon: str, here: str) -> None:
    metrics = measure(code.encode())
    assert isinstance(metrics, SourceMetrics)
    assert {found.symbol: found.complexity for found in metrics.functions}[symbol] == int(here)
    listed = {block.fullname: str(block.complexity) for block in cc_visit(code)}
    assert listed.get(symbol, "nothing") == radon
    assert radon != here
