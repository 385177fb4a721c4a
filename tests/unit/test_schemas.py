"""The schemas that the package carries."""

import json
from pathlib import Path

import pytest

from linter.adapters.schema.files import load_schema, schema_names, schema_text
from linter.errors import UsageError

FOLDER = Path(__file__).parents[2] / "schemas"


def test_all_files_are_known_by_name() -> None:
    assert schema_names() == tuple(sorted(path.name.removesuffix(".schema.json") for path in FOLDER.iterdir()))
    assert "review" in schema_names()


def test_text_and_value_are_those_of_the_file() -> None:
    assert schema_text("review") == (FOLDER / "review.schema.json").read_text(encoding="utf-8")
    assert load_schema("review") == json.loads(schema_text("review"))


@pytest.mark.parametrize("name", ["revue", "../pyproject", ""])
def test_an_unknown_name_says_what_there_is(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_schema(name)
    assert "review" in caught.value.hint
