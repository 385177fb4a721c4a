"""The libraries that the site carries are those that their manifest names, byte for byte."""

import shutil
import subprocess

import pytest

from tests.support.browser import missing
from tests.support.vendored import FOLDER, MANIFEST, digest, manifest, packed


def test_the_folder_holds_what_the_manifest_names() -> None:
    files = {name: file["sha256"] for library in manifest() for name, file in library["files"].items()}
    held = {path.name: digest(path.read_bytes()) for path in FOLDER.iterdir() if path != MANIFEST}
    assert held == files


def test_each_has_its_licence_beside_it() -> None:
    for library in manifest():
        (text,) = ((FOLDER / name).read_text() for name in library["files"] if "LICENSE" in name)
        assert library["licence"] == "MIT"
        assert "Permission is hereby granted, free of charge" in text


def test_each_says_its_version() -> None:
    for library in manifest():
        heads = [(FOLDER / name).read_text()[:300] for name in library["files"] if name.endswith(".js")]
        assert heads
        assert all(f"v{library['version']}" in head or f" {library['version']}" in head for head in heads)


@pytest.mark.slow
@pytest.mark.parametrize("library", manifest(), ids=lambda library: library["name"])
def test_they_are_what_npm_has(library: dict[str, object]) -> None:
    name, version, files = str(library["name"]), str(library["version"]), library["files"]
    assert isinstance(files, dict)
    if shutil.which("npm") is None:
        missing("apt-get install npm")
    try:
        members = packed(name, version)
    except subprocess.CalledProcessError as error:
        if b"E404" in error.stderr:
            raise
        missing("a way to npm")
    assert {file: digest(members[about["member"]]) for file, about in files.items()} == {
        file: about["sha256"] for file, about in files.items()
    }
