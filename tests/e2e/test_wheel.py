"""What users download: the wheel, and that it runs where only its dependencies are."""

import json
import subprocess
import zipfile
from pathlib import Path

from tests.support.repository import Repository
from tests.support.reviews import review


def names(wheel: zipfile.Path) -> list[str]:
    return wheel.root.namelist()


def test_it_holds_the_package_with_its_schemas_and_types(wheel: zipfile.Path, source: Path) -> None:
    pages = (path for kind in ("templates", "assets") for path in (source / "linter" / "site" / kind).rglob("*.*"))
    expected = {path.relative_to(source).as_posix() for path in (*(source / "linter").rglob("*.py"), *pages)}
    schemas = {f"linter/schemas/{path.name}": path.read_bytes() for path in (source / "schemas").glob("*.json")}
    scripts = {f"linter/completions/{path.name}": path.read_bytes() for path in (source / "completions").iterdir()}
    packed = {name for name in names(wheel) if ".dist-info/" not in name and not name.endswith("/")}
    (manual,) = (name for name in packed if name.endswith(".data/data/share/man/man1/review-lint.1"))
    assert packed == {*expected, *schemas, *scripts, "linter/py.typed", manual}
    assert len(schemas) >= 3
    for name, content in {**schemas, **scripts}.items():
        assert wheel.joinpath(name).read_bytes() == content


def test_its_metadata_says_what_it_is(wheel: zipfile.Path, source: Path) -> None:
    (info,) = {name.split("/")[0] for name in names(wheel) if ".dist-info/" in name}
    metadata = wheel.joinpath(info, "METADATA").read_text(encoding="utf-8")
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    assert (source / "README.md").read_text(encoding="utf-8") in metadata
    assert wheel.joinpath(info, "licenses", "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_it_runs_from_its_own_files(program: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit_files({"REVIEW.yaml": review(), "a.py": "x = 1\n"})
    result = subprocess.run([program, "--format", "json"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout)["status"] == "passed"
    where = "import linter; print(linter.__file__)"
    shown = subprocess.run([program.parent / "python", "-I", "-c", where], capture_output=True, text=True, check=True)
    assert Path(shown.stdout).is_relative_to(program.parents[1])


def test_it_shows_its_schemas(program: Path, source: Path) -> None:
    shown = subprocess.run([program, "schema", "review"], capture_output=True, text=True, check=True).stdout
    assert shown == (source / "schemas" / "review.schema.json").read_text(encoding="utf-8")
