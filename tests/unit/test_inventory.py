"""Inventory files: what they say, and where they are wrong."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.adapters.schema.files import load_schema
from linter.errors import InventoryError, ReviewLintError
from linter.model.inventory import TRANSPORTS, Repository
from linter.model.scan import Trouble
from linter.scan.inventory.listing import read_listing
from linter.scan.inventory.table import COLUMNS

SCHEMA = load_schema("inventory")
PAGE = (Path(__file__).parents[2] / "docs" / "inventory.md").read_text(encoding="utf-8")
HEAD = "version: 1\nrepositories:\n"


def written(tmp_path: Path, text: str | bytes, name: str = "inventory.yaml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(tmp_path: Path, text: str | bytes, name: str = "inventory.yaml") -> list[Repository]:
    return read_listing(str(written(tmp_path, text, name)), TRANSPORTS)


def refusal(tmp_path: Path, text: str | bytes, name: str = "inventory.yaml") -> str:
    """The message, with the hint in brackets, after the path of the file."""
    path = written(tmp_path, text, name)
    with pytest.raises(ReviewLintError) as caught:
        read_listing(path.name, TRANSPORTS)
    assert "\n" not in f"{caught.value}{caught.value.hint}"
    return f"{caught.value} ({caught.value.hint})"


@pytest.fixture(autouse=True)
def same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:review-lint:schema:inventory:1"
    for properties in (SCHEMA["properties"], SCHEMA["$defs"]["repository"]["properties"]):
        for member in properties.values():
            assert {"title", "description", "examples"} <= set(member)
            for example in member["examples"]:
                Draft202012Validator({**member, "$defs": SCHEMA["$defs"]}).validate(example)
    assert set(COLUMNS) == set(SCHEMA["$defs"]["repository"]["properties"])


def test_its_example_is_an_inventory(tmp_path: Path) -> None:
    (example,) = SCHEMA["examples"]
    assert read(tmp_path, json.dumps(example)) == [
        Repository("acme/shop", "https://git.example.org/acme/shop.git", "", "@acme/shop", ("python",)),
        Repository("acme/tools", "", str(tmp_path / "checkouts" / "tools")),
    ]


def test_the_page_shows_the_same_inventory_twice(tmp_path: Path) -> None:
    listed = read(tmp_path, PAGE.partition("```yaml\n")[2].partition("```")[0])
    table = read(tmp_path, PAGE.partition("```csv\n")[2].partition("```")[0], "inventory.csv")
    assert [repository.name for repository in listed] == ["acme/shop", "acme/web", "acme/tools"]
    assert table == [listed[0]._replace(tags=("python", "tier-1")), listed[2]]


def test_the_page_explains_every_state() -> None:
    shown = {line.split("`")[1] for line in PAGE.partition("| state |")[2].splitlines()[2:] if line.startswith("| `")}
    assert shown == {trouble.value for trouble in Trouble}


def test_the_same_in_a_table(tmp_path: Path) -> None:
    head = "name,url,path,team,tags,x-cost\n"
    text = f"{head}shop,git@git.example.org:shop,,@shop,python tier-1,7\n\ntools,,./in/../tools,,,\n"
    assert read(tmp_path, "\ufeff" + text, "inventory.csv") == [
        Repository("shop", "git@git.example.org:shop", "", "@shop", ("python", "tier-1")),
        Repository("tools", "", str(tmp_path / "tools")),
    ]


def test_patterns_choose_names(tmp_path: Path) -> None:
    names = ("acme/shop", "acme/old-archive", "acme/web/site", "other/shop")
    entries = "".join(f"- {{name: {name}, url: 'https://h/{name}'}}\n" for name in names)

    def chosen(patterns: str) -> list[str]:
        return [repository.name for repository in read(tmp_path, f"{patterns}\n{HEAD}{entries}")]

    assert chosen("") == list(names)
    assert chosen("include: [acme/*]") == ["acme/shop", "acme/old-archive"]
    assert chosen("include: [acme]") == list(names[:3])
    assert chosen("exclude: ['*/*-archive', other]") == ["acme/shop", "acme/web/site"]
    assert chosen("include: [acme/**]\nexclude: ['**/shop']") == ["acme/old-archive", "acme/web/site"]


@pytest.mark.parametrize(("text", "place", "words"), [
    ("", "1:1", "expected keys and values"),
    ("- a\n", "1:1", "expected keys and values"),
    ("version: 2\nrepositories: []\n", "1:10", "reads version 1"),
    ("version: 1\n", "1:1", "`repositories` is missing"),
    ("version: 1\nrepositories: []\n", "2:15", "a list of repositories"),
    ("version: 1\nrepos: []\n", "2:1", "`repos` is no key"),
    (HEAD + "- {name: a, url: https://h/a}\n- {name: a, url: https://h/b}\n", "4:10", "another repository, in line 3"),
    (HEAD + "- {name: a}\n", "3:3", "either `url` or `path`, found neither"),
    (HEAD + "- {name: a, url: https://h/a, path: a}\n", "3:3", "found both"),
    (HEAD + "- {url: https://h/a}\n", "3:3", "`name` is missing"),
    (HEAD + "- {name: a b, url: https://h/a}\n", "3:10", "without spaces"),
    (HEAD + "- {name: /a, url: https://h/a}\n", "3:10", "separated by single slashes"),
    (HEAD + "- {name: a, url: http://h/a}\n", "3:18", "by http, not by https, ssh or file"),
    (HEAD + "- {name: a, url: 'https://ada:secret@h/a'}\n", "3:18", "holds a name or a password"),
    (HEAD + "- {name: a, path: ../a}\n", "3:19", "not in the folder of this file"),
    (HEAD + "- {name: a, path: /etc}\n", "3:19", "not in the folder of this file"),
    (HEAD + "- {name: a, url: https://h/a, teem: b}\n", "3:31", "`teem` is no key"),
    (HEAD + "- {name: a, url: https://h/a, tags: python}\n", "3:37", "a list of words"),
    (HEAD + "- a\n", "3:3", "a mapping such as"),
    (HEAD + "- {name: a, url: https://h/a\n", "3:3", "never closed"),
    (HEAD + "- &x {name: a, url: https://h/a}\n", "3:3", "anchor"),
])  # fmt: skip
def test_what_is_wrong_has_a_place(tmp_path: Path, text: str, place: str, words: str) -> None:
    message = refusal(tmp_path, text)
    assert message.startswith(f"inventory.yaml:{place}: ")
    assert words in message
    assert "secret" not in message


@pytest.mark.parametrize(("text", "place", "words"), [
    (b"", "", "the file is empty"),
    (b"\n \n", "", "the file is empty"),
    (b"name,url\n", ":1:1", "no repository is listed"),
    (b"nam,url\n", ":1:1", "did you mean `name`?"),
    (b"name;url\na;b\n", ":1:1", "with commas between them"),
    (b"name,team\n", ":1:1", "one of `url` and `path`"),
    (b"name,url,name\n", ":1:1", 'two columns are called "name"'),
    (b"name,url\na,https://h/a\nb\n", ":3:1", "1 cells where the first line names 2 columns"),
    (b"name,url\na,https://h/a,c\n", ":2:1", "3 cells"),
    (b'name,url\na,"https://h/a\n', ":2:1", "the line is no CSV"),
    (b'name,url\n"a"b,https://h/a\n', ":2:1", "the line is no CSV"),
    (b"name,url\n\xff,https://h/a\n", ":2:1", "0xff is not UTF-8"),
    (b'name,url,team\na,https://h/a,"x\ny"\n', ":2:1", "the name of a team"),
    (b'name,url,x-note\na,https://h/a,"x\ny"\na,https://h/b,\n', ":4:1", "another repository, in line 2"),
    (b"name,url,path\na,https://h/a,b\n", ":2:1", "found both"),
    (b"name,path\na,../b\n", ":2:1", "not in the folder of this file"),
    (b"name,path\na,b\0c\n", ":2:1", "not in the folder of this file"),
    (b"name,url\na\x1b,https://h/a\n", ":2:1", "a name such as"),
    (b"name,url\na," + b"a" * 200_000 + b"\n", ":2:1", "the line is no CSV"),
])  # fmt: skip
def test_what_is_wrong_in_a_table_has_a_line(tmp_path: Path, text: bytes, place: str, words: str) -> None:
    message = refusal(tmp_path, text, "inventory.csv")
    assert message.startswith(f"inventory.csv{place}: ")
    assert words in message


def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")
    os.chdir(tmp_path)
    path = written(tmp_path / "in", HEAD + "- {name: a, path: link}\n")
    with pytest.raises(InventoryError, match="not in the folder"):
        read_listing(str(path), TRANSPORTS)


def test_long_files_are_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "make a CSV file of it" in refusal(tmp_path, HEAD + "# " + "x" * (256 << 10))
    monkeypatch.setattr("linter.scan.inventory.listing.MAX_TABLE", 20)
    assert "make several files of it" in refusal(tmp_path, "name,url\n" * 9, "inventory.csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReviewLintError, match="cannot read"):
        read_listing(str(tmp_path / "none.yaml"), TRANSPORTS)


REPOSITORIES = st.builds(
    Repository,
    path=st.just(""),
    name=st.from_regex(r"[a-zäß0-9.,\"'-]{1,8}(/[a-z;#:]{1,5})?", fullmatch=True),
    url=st.from_regex(r"https://h/[a-z,\"]{1,5}", fullmatch=True),
    team=st.from_regex(r"([!-~ä]([ -~]{0,6}[!-~])?)?", fullmatch=True),
    tags=st.lists(st.from_regex(r"[!-~]{1,5}", fullmatch=True), max_size=3).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(REPOSITORIES, min_size=1, max_size=6, unique_by=lambda repository: repository.name))
def test_what_is_written_is_read_from_both(tmp_path: Path, repositories: list[Repository]) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["name", "url", "team", "tags"])
    for name, url, _, team, tags in repositories:
        writer.writerow([name, url, team, " ".join(tags)])
    assert read(tmp_path, table.getvalue(), "inventory.csv") == repositories
    entries = [{key: value for key, value in repository._asdict().items() if value} for repository in repositories]
    assert read(tmp_path, json.dumps({"version": 1, "repositories": entries}, ensure_ascii=False)) == repositories


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.binary(max_size=60) | st.text(alphabet='name,url\n"x:/{}[]-& ', max_size=60).map(str.encode))
def test_whatever_a_file_holds_is_read_or_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("any.yaml", "any.csv"):
        for head in (b"", b"name,url\n", b"version: 1\nrepositories:\n- "):
            try:
                read(tmp_path, head + data, name)
            except ReviewLintError as error:
                assert "\n" not in str(error)
