"""What is told about a store that cannot be used: one clear line, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from linter.errors import StoreError
from linter.model.scan import RepositoryReport
from linter.model.sheet import Shape, Sheet
from linter.store.content import packed
from linter.store.database import Database
from linter.store.layout import NEWEST, VERSION_TABLE
from linter.store.migration import STEPS, migrate
from linter.store.sql import sa
from linter.store.store import open_store
from linter.store.tables import key_of, metadata
from tests.support.postgresql import Server
from tests.support.repository import PROJECT
from tests.support.scans import DAY, finding, judged
from tests.support.sites import build

NEXT = f"{int(NEWEST) + 1:04}"
NEXT_STEP = f'''\
"""A step of the next release."""

from linter.store.migration import op
from linter.store.sql import sa

revision = "{NEXT}"
down_revision = "{NEWEST}"


def upgrade() -> None:
    op.add_column("scans", sa.Column("note", sa.Text))
'''

OLD_ROWS = (
    "INSERT INTO series (digest, key) VALUES (:series, 'all')",
    f"INSERT INTO scans (series_id, number, day, terms, is_finished) VALUES (1, 1, '{DAY}', 'terms', true)",
    "INSERT INTO repositories (digest, name, judged_id) VALUES (:key, 'shop', 1)",
    "INSERT INTO reports (repository_id, digest, team, status, is_judgement, revision, basis, judged_on, good_until,"
    " has_review, open, told, waived, files, functions, content)"
    f" VALUES (1, :digest, '', 'failed', true, 'a1', '', '{DAY}', '9999-12-31', false, 1, 0, 0, 3, 7, :content)",
    'INSERT INTO standings (series_id, repository_id, report_id, "first", "last", "new", fixed)'
    " VALUES (1, 1, 1, 1, 1, 0, 0)",
)
"""What the first release kept of a scan."""


def filled(where: str) -> None:
    with open_store(where) as store:
        scan = store.begin("all", "terms", DAY, ["shop"])
        store.add(scan, judged("shop", finding("f")))
        store.finish(scan)


def run_sql(where: str, statement: str) -> None:
    with closing(Database(where, must_exist=False)) as database, database.writing() as connection:
        connection.execute(sa.text(statement))


def refusal(where: str, must_exist: bool = False) -> StoreError:
    with pytest.raises(StoreError) as caught, open_store(where, must_exist):
        pass
    return caught.value


def test_the_steps_lead_to_the_tables(where: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    filled(where)
    with closing(Database(where, must_exist=True)) as database, database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_heads() == (NEWEST,)


def test_an_older_store_is_brought_forward_and_a_newer_one_refused(where: str, tmp_path: Path) -> None:
    filled(where)
    steps = shutil.copytree(STEPS, tmp_path / "50 % more steps")
    (steps / "versions" / f"v{NEXT}_note.py").write_text(NEXT_STEP)
    for _ in range(2):
        with closing(Database(where, must_exist=True)) as database, database.writing() as connection:
            migrate(connection, str(steps))
            assert connection.execute(sa.text("SELECT day, note FROM scans")).all() == [(DAY, None)]
    error = refusal(where)
    assert f"was written by a newer release (layout {NEXT}, this one knows {NEWEST})" in str(error)
    assert error.hint == "pip install --upgrade review-lint"


def test_a_store_of_the_first_release_is_brought_forward(where: str, tmp_path: Path) -> None:
    """What it keeps is there; what it did not count is not known."""
    steps = shutil.copytree(STEPS, tmp_path / "steps")
    for step in (steps / "versions").glob("v*.py"):
        if step.name != "v0001_scans.py":
            step.unlink()
    report = judged("shop", finding("f"))
    content = packed(RepositoryReport, report._replace(judged_on="", good_until=""))
    values = {"content": content.data, "digest": content.digest, "key": key_of("shop"), "series": key_of("all")}
    with closing(Database(where, must_exist=False)) as database, database.writing() as connection:
        migrate(connection, str(steps))
        for statement in OLD_ROWS:
            connection.execute(sa.text(statement), values)
    build(where, tmp_path / "out")
    assert b"2026-06-01" in (tmp_path / "out" / "product" / "shop" / "index.html").read_bytes()
    with open_store(where, must_exist=True) as store:
        assert list(store.reports(store.last())) == [report]
        (standing,) = store.standings(store.last())
        assert standing[-3:] == (None, None, None)
        scan = store.begin("all", "terms", DAY, ["shop"])
        store.add(scan, judged("shop", finding("f"), revision="b2", sheets=(Sheet("", shape=Shape(1, 12)),)))
        store.finish(scan)
        assert [standing[-3:] for standing in store.standings(scan)] == [(None, None, None), (7, 12, 0)]


def test_a_step_that_fails_leaves_the_store_as_it_was(where: str, tmp_path: Path) -> None:
    filled(where)
    steps = shutil.copytree(STEPS, tmp_path / "steps")
    (steps / "versions" / f"v{NEXT}_note.py").write_text(NEXT_STEP + "    raise OSError\n")
    with (
        pytest.raises(OSError),
        closing(Database(where, must_exist=True)) as database,
        database.writing() as connection,
    ):
        migrate(connection, str(steps))
    with open_store(where) as store:
        assert [report.repository.name for report in store.reports(store.last())] == ["shop"]


def test_two_that_make_the_same_store_do_not_disturb_each_other(where: str) -> None:
    program = "import sys; from linter.store.store import open_store; open_store(sys.argv[1]).close()"
    command = [sys.executable, "-c", program, where]
    makers = [subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(maker.communicate()[1], maker.returncode) for maker in makers] == [(b"", 0)] * 3


@pytest.mark.parametrize("name", ["customers", "scans"])
def test_a_database_of_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {name} (id INTEGER)")
    before = path.read_bytes()
    error = refusal(str(path))
    assert str(error) == f"{path} is the database of something else: it has the table {name}"
    assert path.read_bytes() == before


def test_a_database_of_postgresql_may_be_shared(postgresql: str) -> None:
    run_sql(postgresql, "CREATE TABLE customers (id INTEGER)")
    run_sql(postgresql, "CREATE TABLE alembic_version (version_num TEXT)")
    filled(postgresql)


def test_a_table_of_the_same_name_is_not_taken_over(postgresql: str) -> None:
    run_sql(postgresql, "CREATE TABLE findings (id INTEGER)")
    assert "is the database of something else: it has the table findings" in str(refusal(postgresql))


def test_who_reads_makes_no_store(where: str, tmp_path: Path) -> None:
    error = refusal(where, must_exist=True)
    if "://" in where:
        assert "holds no scans yet" in str(error)
    else:
        assert str(error) == f"there is no store {where}"
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("where", "message"), [
    ("mysql://root:secret@host/db", "scans are kept in SQLite or PostgreSQL, not in mysql"),
    ("sqlite://", "names no plain file"),
    ("sqlite:///:memory:", "names no plain file"),
    ("sqlite:///a.db?mode=ro", "names no plain file"),
    ("://", "cannot be read"),
    ("postgresql://user:secret@host:port/db", "cannot be read"),
])  # fmt: skip
def test_an_address_that_is_none_is_refused(where: str, message: str) -> None:
    error = refusal(where)
    assert message in str(error)
    assert "secret" not in f"{error}{error.hint}"
    assert "postgresql://" in error.hint


def test_a_path_is_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "50%.db", "file:a?mode=memory", "sqlite:///in the url.db"):
        filled(name)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {
        f"{name}{end}"
        for name in (":memory:", "50%.db", "file:a?mode=memory", "in the url.db")
        for end in ("", ".lock")
    }


def test_places_without_a_store_are_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all\n" * 100)
    for name, message, hint in (
        ("text.db", "file is not a database", "name another file"),
        ("no/such/folder/a.db", "unable to open database file", "folder that exists"),
        (".", "unable to open database file", "folder that exists"),
    ):
        error = refusal(str(tmp_path / name))
        assert message in str(error)
        assert hint in error.hint


def test_a_damaged_store_is_told(tmp_path: Path) -> None:
    where = tmp_path / "scans.db"
    filled(str(where))
    content = bytearray(where.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    where.write_bytes(content)
    with pytest.raises(StoreError) as caught, open_store(str(where)) as store:
        store.known(["shop"])
    assert "malformed" in str(caught.value)
    assert "put back a copy" in caught.value.hint


def test_damaged_contents_are_told(where: str) -> None:
    filled(where)
    run_sql(
        where,
        f"UPDATE reports SET content = {'X' if '://' not in where else ''}'{'00' if '://' not in where else 'no'}'",
    )
    with open_store(where) as store, pytest.raises(StoreError, match="a RepositoryReport in the store is damaged"):
        list(store.reports(store.last()))


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    error = refusal(f"postgresql://ada:secret@/scans?host={tmp_path}&password=secret")
    assert str(error).startswith("the store postgresql://ada:***@/scans: connection")
    assert "No such file or directory" in str(error)
    assert "secret" not in f"{error}{error.hint}"
    assert error.hint.startswith("look whether the server runs and the address is right")


def test_a_database_without_unicode_is_refused(server: Server) -> None:
    server.sql("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    error = refusal(server.url("latin"))
    assert "keeps texts in LATIN1" in str(error)
    assert "UTF8" in error.hint


def test_missing_rights_are_told(postgresql: str, server: Server) -> None:
    server.sql("DROP ROLE IF EXISTS guest")
    server.sql("CREATE ROLE guest LOGIN")
    error = refusal(postgresql.replace("postgres@", "guest@"))
    assert "permission denied for schema public" in str(error)
    assert error.hint == "ask for the right to use and create tables there"


def test_a_session_that_is_ended_is_told(postgresql: str, server: Server) -> None:
    store = open_store(postgresql)
    scan = store.begin("all", "terms", DAY, ["shop"])
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'process %'")
    with pytest.raises(StoreError) as caught:
        store.add(scan, judged("shop"))
    assert "what was acknowledged is safe" in caught.value.hint
    store.close()


def test_a_missing_library_is_told() -> None:
    """In a process of its own, which has none of them."""
    for hidden, where, extra in (
        ("sqlalchemy", "a.db", "org"), ("alembic", ":memory:", "org"), ("psycopg", "postgresql://host/db", "postgres"),
    ):  # fmt: skip
        program = (
            f"import sys; sys.modules[{hidden!r}] = None\n"
            "from linter.errors import MissingExtraError\n"
            "try:\n    from linter.store.store import open_store\n    open_store(sys.argv[1])\n"
            "except MissingExtraError as error:\n    print(error.hint)\n"
        )
        command = [sys.executable, "-P", "-c", program, where]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        folder = os.environ["HOME"]
        result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        assert result.stdout == f"pip install 'review-lint[{extra}]'\n"


@pytest.mark.parametrize("arguments", [["--help"], ["scan", "--help"], ["history", "--help"]])
def test_help_needs_no_extra(arguments: list[str]) -> None:
    hidden = ("sqlalchemy", "alembic", "psycopg", "rich", "github", "gitlab", "distributed")
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({hidden!r}))\n"
        "from linter.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, *arguments]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert "--help" in result.stdout
