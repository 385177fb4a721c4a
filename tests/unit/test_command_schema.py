"""`review-lint schema`: the schemas that the package carries."""

import json
from pathlib import Path

import pytest

from linter.cli.main import main

SCHEMAS = Path(__file__).parents[2] / "schemas"
NAMES = sorted(path.name.removesuffix(".schema.json") for path in SCHEMAS.iterdir())


def test_the_schema_of_the_review_file_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == (SCHEMAS / "review.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_can_be_asked_for_by_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", ["revew", "../schemas/review", ""])
def test_another_name_is_answered_with_those_that_exist(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert ", ".join(NAMES) in captured.err
    assert captured.err.count("\n") == 1
