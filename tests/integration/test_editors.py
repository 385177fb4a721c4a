"""The schema in editors: yaml-language-server, which most of them use, says the right things about a REVIEW.yaml."""

import functools
import http.server
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from linter.cli.main import main
from linter.model.document import FILE_NAME
from linter.model.review import SECTIONS
from tests.support import language_server
from tests.support.language_server import Editor
from tests.support.repository import PROJECT, Repository
from tests.support.review_schema import DATA, load, valid
from tests.support.reviews import review

pytestmark = pytest.mark.slow

SCHEMA = (PROJECT / "schemas" / "review.schema.json").as_uri()
ENTRY: dict[str, Any] = json.loads((PROJECT / "docs" / "schemastore.json").read_text(encoding="utf-8"))

PAGE = (PROJECT / "docs" / "how-to" / "editor.md").read_text(encoding="utf-8")

NOT_SEEN = {"preparation-no-such-day"}
"""What the server does not see: it looks at the form of a day, not at the calendar."""


@pytest.fixture(scope="module")
def server() -> str:
    program = language_server.program()
    if program is None:
        pytest.skip(f"needs yaml-language-server: {language_server.INSTALL}")
    return program


@pytest.fixture(scope="module")
def opened(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor whose settings name the schema."""
    path = tmp_path_factory.mktemp("shop") / FILE_NAME
    with language_server.editor(server, path, {SCHEMA: FILE_NAME}) as opened:
        yield opened


def messages(diagnostics: list[dict[str, Any]]) -> list[str]:
    """`line: message` of each."""
    return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in diagnostics]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are served."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        threading.Thread(target=files.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{files.server_port}"
        finally:
            files.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


class TestDiagnostics:
    @pytest.mark.parametrize("path", sorted((DATA / "valid").iterdir()), ids=lambda path: path.stem)
    def test_nothing_is_wrong_with_what_is_valid(self, opened: Editor, path: Path) -> None:
        assert opened.open(path.read_text()) == []

    @pytest.mark.parametrize("path", sorted((DATA / "invalid").iterdir()), ids=lambda path: path.stem)
    def test_one_thing_is_wrong_with_what_is_invalid(self, opened: Editor, path: Path) -> None:
        case = load(path)
        content = {**valid(case["base"]), **case.get("with", {})}
        for key in case.get("without", ()):
            del content[key]
        found = opened.open(json.dumps(content, indent=1))
        assert len(found) == (path.stem not in NOT_SEEN), messages(found)

    @pytest.mark.parametrize("path", sorted(PROJECT.glob("examples/*/REVIEW.yaml")), ids=lambda path: path.parent.name)
    def test_nothing_is_wrong_with_the_examples(self, opened: Editor, path: Path) -> None:
        assert opened.open(path.read_text()) == []

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("experimental", "experimentel", '5: Value is not accepted. Valid values: "experimental", "beta", '),
            ("priority: must", "prioriti: must", "10: Property prioriti is not allowed."),
            ("ada@example.org", "Ada", "6: expected a handle as in CODEOWNERS: @name, @org/team or an e-mail address"),
        ],
    )
    def test_what_is_wrong_is_said_where_it_stands(self, opened: Editor, old: str, new: str, expected: str) -> None:
        assert any(text.startswith(expected) for text in messages(opened.open(review(changes={old: new}))))

    def test_what_production_asks_for_is_missed(self, opened: Editor) -> None:
        text = review(changes={"lifecycle: experimental": "lifecycle: production\ntier: 1"})
        missed = {message.split('"')[1] for message in messages(opened.open(text)) if "Missing property" in message}
        assert missed >= {"preparation", "iterating", "quality", "monitoring", "release_plan"}


class TestHover:
    @pytest.mark.parametrize(
        ("marked", "expected"),
        [
            ("life|cycle: ", "How far the product has come."),
            ("  wh|y: ", "Why the product is built: whose problem it solves"),
            ("kind: ap|p", "What the product is"),
        ],
    )
    def test_a_key_is_explained(self, opened: Editor, marked: str, expected: str) -> None:
        assert expected in opened.hover(review(changes={marked.replace("|", ""): marked}))

    def test_an_example_is_shown(self, opened: Editor) -> None:
        assert "Example:" in opened.hover(review(changes={"  why:": "  w|hy:"}))


class TestCompletion:
    def test_keys_that_are_not_there_yet(self, opened: Editor) -> None:
        offered = opened.completions(review("|"))
        assert offered.keys() >= {*SECTIONS} - {"clarity", "planning"}
        assert not offered.keys() & {"clarity", "planning", "lifecycle"}
        assert offered["tier"].startswith("How much harm its failure does")

    def test_keys_of_a_section(self, opened: Editor) -> None:
        assert opened.completions(review("quality:\n  |")).keys() >= {"backup", "security", "alerts", "status"}

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (review(changes={"experimental": "|"}), {"experimental", "beta", "production", "deprecated", "retired"}),
            (review("quality:\n  status: |"), {"draft", "proposed", "adopted"}),
            (review("quality:\n  scaling:\n    strategy: |"), {"horizontal", "vertical", "fixed"}),
        ],
    )
    def test_values(self, opened: Editor, text: str, expected: set[str]) -> None:
        assert opened.completions(text).keys() >= expected


class TestWhereTheSchemaIsFound:
    SPOILT = review(changes={"experimental": "experimentel"})

    def test_without_a_schema_nothing_is_found(self, server: str, tmp_path: Path) -> None:
        with language_server.editor(server, tmp_path / FILE_NAME, {}) as opened:
            assert opened.open(self.SPOILT) == []

    @pytest.mark.parametrize("folder", ["", "parts/till"])
    def test_by_the_line_that_is_written(self, server: str, tmp_path: Path, folder: str) -> None:
        repository = Repository(tmp_path)
        path = repository.write(f"{folder}/{FILE_NAME}".removeprefix("/"), self.SPOILT)
        assert main(["schema", "--write", "--path", str(tmp_path)]) == 0
        with language_server.editor(server, path, {}) as opened:
            assert "6: Value is not accepted" in messages(opened.open(path.read_text()))[0]

    def test_by_settings_that_name_the_copy(self, server: str, tmp_path: Path) -> None:
        (settings,) = re.findall(r"^```json\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
        Repository(tmp_path).write(FILE_NAME, review())
        assert main(["schema", "--write", "--path", str(tmp_path)]) == 0
        with language_server.editor(server, tmp_path / FILE_NAME, json.loads(settings)["yaml.schemas"]) as opened:
            assert "5: Value is not accepted" in messages(opened.open(self.SPOILT))[0]

    def test_by_the_entry_of_the_catalogue(self, server: str, tmp_path: Path) -> None:
        with served(tmp_path) as address:
            (tmp_path / "review.json").write_bytes((PROJECT / "schemas" / "review.schema.json").read_bytes())
            catalogue = {"version": 1, "schemas": [{**ENTRY, "url": f"{address}/review.json"}]}
            (tmp_path / "catalog.json").write_text(json.dumps(catalogue))
            store = {"enable": True, "url": f"{address}/catalog.json"}
            with language_server.editor(server, tmp_path / "shop" / FILE_NAME, {}, store) as opened:
                assert messages(opened.open(self.SPOILT))[0].startswith("5: Value is not accepted")
            with language_server.editor(server, tmp_path / "shop" / "other.yaml", {}, store) as opened:
                assert opened.open(self.SPOILT) == []


def test_the_entry_has_the_form_of_the_catalogue() -> None:
    assert ENTRY.keys() == {"name", "description", "fileMatch", "url"}
    assert ENTRY["fileMatch"] == [FILE_NAME]
    assert ENTRY["url"].startswith("https://")
