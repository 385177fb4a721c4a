"""Every rule's examples: small repositories in which it finds nothing (`pass`) or exactly what is expected (`fail`).

A case is a folder `tests/examples/<code>/<pass|fail>/<name>`; all its files are the tree. In a failing case
`expected.txt` has the findings of that rule alone, one `path:line:column: code` a line, sorted.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.adapters.schema.files import load_schema
from linter.adapters.schema.judge import check_schema
from linter.adapters.yaml.reader import read_review
from linter.model.document import FILE_NAME, Document
from linter.rules import file

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPECTED = "expected.txt"
RULES = {
    rule.code: rule
    for rule in (
        file.parse_error,
        file.duplicate_key,
        file.yaml11_trap,
        file.unsafe_yaml,
        file.unknown_key,
        file.missing_key,
        file.invalid_value,
        file.other_version,
    )
}
FOLDERS = {code: sorted(path for path in EXAMPLES.glob(f"{code}/*/*") if path.is_dir()) for code in RULES}


def documents(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob(FILE_NAME)):
        document = read_review(path.relative_to(folder).as_posix(), path.read_bytes())
        yield check_schema(document, load_schema("review"))


def findings(code: str, folder: Path) -> list[str]:
    hits = [hit.location for document in documents(folder) for hit in RULES[code].check(document)]
    places = sorted((place.path, *place.span.start) for place in hits)
    return [f"{path}:{line}:{column}: {code}" for path, line, column in places]


@pytest.mark.parametrize(
    ("code", "folder"),
    [
        pytest.param(code, folder, id=folder.relative_to(EXAMPLES).as_posix())
        for code, folders in FOLDERS.items()
        for folder in folders
    ],
)
def test_example(code: str, folder: Path) -> None:
    expected = folder / EXPECTED
    assert expected.exists() == (folder.parent.name == "fail")
    assert findings(code, folder) == (expected.read_text().splitlines() if expected.exists() else [])


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_examples_of_both_kinds(code: str) -> None:
    kinds = [folder.parent.name for folder in FOLDERS[code]]
    assert set(kinds) == {"pass", "fail"}
    assert kinds.count("fail") >= 2
    assert all((folder / EXPECTED).read_text() for folder in FOLDERS[code] if folder.parent.name == "fail")
