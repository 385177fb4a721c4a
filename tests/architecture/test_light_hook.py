"""A commit waits for what it imports: which modules the hook loads is a promise, and growth is noticed here.

A set of modules is stable where a stopwatch is not.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.code import function
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

EXPECTED = Path(__file__).with_name("modules_of_a_commit.txt")

NEVER = {
    *("git", "sqlalchemy", "alembic", "psycopg", "distributed", "dask", "rich", "jinja2", "ruamel", "github", "gitlab"),
    *("graphql", "openapi_spec_validator", "proto_schema_parser", "antlr4", "markdown_it", "mando", "pre_commit"),
    *("importlib.metadata", "asyncio", "concurrent", "multiprocessing", "logging", "unittest", "traceback"),
    *("email", "http", "ssl", "socket", "urllib.request", "xml", "tomllib"),
    *("linter.engine.drafting", "linter.cli.init", "linter.output.json_report", "linter.adapters.contracts"),
}
"""Nothing of these is loaded by any commit, unless the commit itself asks for it."""

ONLY_FOR_FAULTS = {
    *("jsonschema", "attr", "rpds", "referencing", "linter.adapters.schema.judge"),
    *("dataclasses", "inspect", "pathlib", "importlib.resources", "tempfile", "zipfile", "shutil"),
}
"""What comes with jsonschema: nobody pays for it whose review file fits the schema."""

START = """\
import sys
before = set(sys.modules)
sys.path.insert(0, {project!r})
from linter.__main__ import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    print(code, *sorted(set(sys.modules) - before), file=file)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    repository.stage({"legacy.py": function("old", 31), "new.py": function("new", 3)})
    return repository


def loaded(repository: Repository, *arguments: str) -> list[str]:
    """The names of the modules that a check of what is staged imports."""
    notes = repository.path.parent / "modules.json"
    start = START.format(project=str(PROJECT))
    command = [sys.executable, "-I", "-c", start, str(notes), "check", "--staged", *arguments]
    subprocess.run(command, cwd=repository.path, check=True, capture_output=True)
    code, *names = notes.read_text().split()
    assert code == "0"
    return names


def among(names: list[str], unwanted: set[str]) -> list[str]:
    """Those of the names that are unwanted, or lie inside of what is."""
    return sorted(name for name in names if unwanted.intersection(_packages(name)))


def _packages(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def test_a_commit_loads_nothing_that_it_does_not_need(repository: Repository) -> None:
    names = loaded(repository)
    assert "yaml" in names
    assert among(names, NEVER | ONLY_FOR_FAULTS) == []


def test_what_does_not_fit_the_schema_is_said_by_jsonschema(repository: Repository) -> None:
    repository.stage({"REVIEW.yaml": review("surprise: 1\n")})
    names = loaded(repository, "--exit-zero")
    assert "jsonschema" in names
    assert among(names, NEVER) == []


def test_what_is_known_is_not_computed_again(repository: Repository) -> None:
    loaded(repository)
    judging = {"linter.rules.catalogue", "linter.engine.outcome", "linter.engine.judging", "ast"}
    assert among(loaded(repository), NEVER | ONLY_FOR_FAULTS | {"yaml", "radon"} | judging) == []
    repository.stage({"new.py": function("new", 4)})
    assert among(loaded(repository), NEVER | ONLY_FOR_FAULTS | {"yaml"}) == []


def test_what_is_cited_is_not_parsed_again(tmp_path: Path) -> None:
    """A commit of code does not read runbooks, CI definitions and contracts that it leaves alone."""
    repository = Repository(tmp_path / "shop")
    alert = "{name: down, condition: none served, severity: page, runbook: docs/run.md#restart}"
    contract = "{name: drawing API, contract: {type: openapi, path: api.yaml}, version: 1.0.0}"
    planning = f"planning:\n  design_doc: {{workflow: .gitlab-ci.yml, job: test}}\n  provides: [{contract}]\n"
    text = review(f"quality: {{alerts: [{alert}]}}\n", {"planning:\n": planning})
    cited = {"docs/run.md": "# Restart\n", ".gitlab-ci.yml": "test: {script: x}\n", "api.yaml": "openapi: 3.1.0\n"}
    repository.commit_files({"REVIEW.yaml": text, **cited}, "Start")
    repository.stage({"new.py": function("new", 3)})
    assert among(loaded(repository), NEVER) == []


def test_the_review_file_costs_nothing_where_it_is_not_judged(repository: Repository) -> None:
    builders = {"linter.engine.evidence", "linter.engine.repository", "fractions"}
    assert among(loaded(repository, "--select", "RL8"), NEVER | ONLY_FOR_FAULTS | builders) == []
    assert among(loaded(repository, "--select", "RL801,RL802,RL803,RL806"), {"radon"}) == []


def test_without_a_review_file_there_is_no_reader_for_it(repository: Repository) -> None:
    repository.git("rm", "--quiet", "REVIEW.yaml")
    assert among(loaded(repository, "--select", "RL8"), NEVER | ONLY_FOR_FAULTS | {"yaml"}) == []


def test_growth_is_noticed(repository: Repository) -> None:
    allowed = set(EXPECTED.read_text().split())
    names = {name.partition(".")[0] for name in loaded(repository, "--select", "RL8")}
    new = sorted(name for name in names - allowed - {"linter"} if not name.startswith("_"))
    assert new == [], (
        f"every commit of every user now also imports {', '.join(new)}; import it inside the function that needs it "
        f"(`python -X importtime` shows what it costs), or, if each commit does need it, add it to {EXPECTED.name}"
    )
