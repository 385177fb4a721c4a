"""The page about formats: none is missing, and the examples are what is really written."""

import json
import re
from pathlib import Path

import pytest

from linter.output import FORMATS, markdown_report, sarif
from tests.support.reports import GOLDEN

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```(?:text|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_has_a_row_and_a_section(format_name: str) -> None:
    anchor = "text-and-concise" if format_name in ("text", "concise") else format_name
    assert f"\n| [`{format_name}`](#{anchor}) |" in PAGE
    assert anchor.replace("-", " ") in SECTIONS


@pytest.mark.parametrize("format_name", ["concise", "github", "markdown"])
def test_examples_are_what_is_written(format_name: str) -> None:
    section = SECTIONS.get(format_name) or SECTIONS["text and concise"]
    (example,) = BLOCK.findall(section)
    assert example in (GOLDEN / f"mixed.{format_name}").read_text(encoding="utf-8")


def test_the_example_for_gitlab_is_a_finding_of_the_report() -> None:
    (text,) = re.findall(r"^```json\n(.*?)^```$", SECTIONS["gitlab"], re.MULTILINE | re.DOTALL)
    written = json.loads((GOLDEN / "mixed.gitlab").read_text())
    assert json.loads(text) == written[:1]


def test_figures_are_those_of_the_code() -> None:
    assert f"{sarif.MOST_RESULTS:,} results and {sarif.LARGEST // 1_000_000} MB" in PAGE
    assert f"At most {markdown_report.LONGEST:,}\ncharacters of the table" in PAGE
    assert f"`partialFingerprints`, `{sarif.FINGERPRINT}`" in PAGE
