"""What is uploaded for users: the same bytes whoever builds it, complete, and clear about what it does without."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from linter import __version__
from tests.support.installed import SHIPPED, make_environment, once
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

PAST = "1000000000"
"""A time for SOURCE_DATE_EPOCH, and for the files that are built from."""


def build(source: Path, target: Path, **environment: str) -> dict[str, bytes]:
    """The names and contents of what is built from a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(target)]
    result = subprocess.run(
        command, cwd=source, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return {path.name: path.read_bytes() for path in target.iterdir()}


@pytest.fixture
def elsewhere(source: Path, tmp_path: Path) -> Path:
    """The source as another machine may hold it: elsewhere, checked out at another time, for the eyes of one person,
    with what tools leave behind.
    """
    copy = tmp_path / "elsewhere"
    shutil.copytree(source, copy)
    for path in copy.rglob("*"):
        if ".git" not in path.relative_to(copy).parts:
            path.chmod(0o700 if path.is_dir() else 0o600)
            os.utime(path, (int(PAST), int(PAST)))
    (copy / "linter" / "__pycache__").mkdir()
    (copy / "linter" / "__pycache__" / "api.cpython-311.pyc").write_bytes(b"")
    return copy


@pytest.fixture(scope="session")
def keeping(shared: Path, wheel: zipfile.Path) -> Path:
    """The program with the extra `org` alone."""
    packed = Path(str(wheel.root.filename))
    made = once(shared, "environment-org", lambda target: make_environment(packed, target, "org"))
    return made / "bin" / "review-lint"


class TestBuild:
    def test_equal_source_gives_equal_bytes(self, source: Path, elsewhere: Path, tmp_path: Path) -> None:
        name = f"review_lint-{__version__}"
        first, second = build(source, tmp_path / "1"), build(elsewhere, tmp_path / "2")
        assert sorted(first) == [f"{name}-py3-none-any.whl", f"{name}.tar.gz"]
        assert first == second

    def test_the_time_that_is_asked_for_is_that_of_every_file(self, source: Path, tmp_path: Path) -> None:
        first = build(source, tmp_path / "1", SOURCE_DATE_EPOCH=PAST)
        assert first == build(source, tmp_path / "2", SOURCE_DATE_EPOCH=PAST)
        assert first != build(source, tmp_path / "3", SOURCE_DATE_EPOCH="1100000000")
        (packed,) = (tmp_path / "1").glob("*.tar.gz")
        with tarfile.open(packed) as archive:
            assert {member.mtime for member in archive} == {int(PAST)}

    def test_the_wheel_of_the_source_distribution_is_the_wheel(self, source: Path, tmp_path: Path) -> None:
        first = build(source, tmp_path / "1")
        (packed,) = (tmp_path / "1").glob("*.tar.gz")
        with tarfile.open(packed) as archive:
            archive.extractall(tmp_path, filter="data")
        again = build(tmp_path / packed.name.removesuffix(".tar.gz"), tmp_path / "2")
        (wheel,) = (name for name in first if name.endswith(".whl"))
        assert again[wheel] == first[wheel]

    def test_the_source_distribution_holds_what_is_shipped(self, source: Path, tmp_path: Path) -> None:
        build(source, tmp_path)
        (packed,) = tmp_path.glob("*.tar.gz")
        with tarfile.open(packed) as archive:
            held = {name.split("/")[1] for name in archive.getnames()}
        assert held >= set(SHIPPED)


class TestVersion:
    def test_it_stands_in_one_place(self, wheel: zipfile.Path, program: Path) -> None:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        assert said == f"review-lint {__version__}\n"
        assert wheel.root.filename is not None
        assert f"-{__version__}-" in Path(wheel.root.filename).name
        metadata = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert "version" not in metadata
        assert "version" in metadata["dynamic"]

    def test_the_changelog_leads_up_to_it(self) -> None:
        text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
        first, *released = re.findall(r"^## (.*)$", text, flags=re.MULTILINE)
        assert first == "[Unreleased]"
        for heading in released:
            assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading)
        assert not released or released[0].startswith(f"[{__version__}]")
        kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
        assert set(re.findall(r"^### (.*)$", text, flags=re.MULTILINE)) <= kinds


def test_the_manual_page_is_found_beside_the_program(program: Path) -> None:
    if shutil.which("man") is None:
        pytest.skip("needs man: apt-get install man-db")
    path = f"{program.parent}:{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if name != "MANPATH"}
    found = subprocess.run(
        ["man", "-w", "review-lint"], env={**environment, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()) == program.parents[1] / "share" / "man" / "man1" / "review-lint.1"


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_the_wheel_completes(program: Path, shell: str) -> None:
    shown = subprocess.run([program, "completion", shell], capture_output=True, text=True, check=True)
    assert shown.stdout == (PROJECT / "completions" / f"review-lint.{shell}").read_text(encoding="utf-8")


def test_the_wheel_carries_what_sites_are_made_of(wheel: zipfile.Path) -> None:
    for folder in ("assets", "templates"):
        source = PROJECT / "linter" / "site" / folder
        files = [path for path in source.rglob("*") if path.is_file()]
        assert files
        for path in files:
            assert (wheel / str(path.relative_to(PROJECT))).read_bytes() == path.read_bytes()


class TestWithoutExtras:
    """Whoever asks for more than is installed reads in one line how to get it."""

    @pytest.mark.parametrize(
        ("arguments", "extra"),
        [("scan .", "org"), ("history", "org"), ("scan . --executor dask=local", "dask")],
    )
    def test_nothing_but_the_wheel(self, program: Path, tmp_path: Path, arguments: str, extra: str) -> None:
        said_by(program, tmp_path, arguments, extra)

    @pytest.mark.parametrize(
        ("arguments", "extra"),
        [
            ("scan github:acme", "github"),
            ("scan gitlab:acme", "gitlab"),
            ("scan . --executor dask=local", "dask"),
            ("scan . --store postgresql://localhost/shop", "postgres"),
            ("history --store postgresql://localhost/shop", "postgres"),
        ],
    )
    def test_scans_without_the_others(self, keeping: Path, tmp_path: Path, arguments: str, extra: str) -> None:
        said_by(keeping, tmp_path, arguments, extra)

    def test_a_contract_is_looked_for_and_the_rest_is_said(self, program: Path, tmp_path: Path) -> None:
        repository = Repository(tmp_path)
        contract = "contract: {type: graphql, path: shop.graphql}"
        dependency = f"\n    - {{name: shop, kind: service, criticality: soft, mitigation: cache, {contract}}}"
        content = review(changes={"dependencies: []": f"dependencies:{dependency}"})
        repository.stage({"shop.graphql": "type Query { book: Int }\n", "REVIEW.yaml": content})
        result = subprocess.run([program, "--staged"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout
        assert "pip install 'review-lint[contracts]'" in result.stdout


def said_by(program: Path, folder: Path, arguments: str, extra: str) -> None:
    result = subprocess.run([program, *arguments.split()], cwd=folder, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.endswith(f" needs what the extra `{extra}` installs (pip install 'review-lint[{extra}]')\n")
    assert result.stderr.count("\n") == 1
