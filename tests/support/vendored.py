"""The libraries that the site carries: as npm has them, in the versions that their manifest names.

python -m tests.support.vendored                  # fetch them again
python -m tests.support.vendored uplot@1.6.32     # go to a version of one
"""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from tests.support.repository import PROJECT

FOLDER = PROJECT / "linter" / "site" / "assets" / "vendor"
MANIFEST = FOLDER / "manifest.json"
"""Libraries: npm `name`, `version`, `licence` (SPDX), and `files`: name -> member of npm's package, SHA-256."""

NPM = {
    "NPM_CONFIG_USERCONFIG": os.environ.get("NPM_CONFIG_USERCONFIG") or str(Path.home() / ".npmrc"),
    "NPM_CONFIG_CACHE": os.environ.get("NPM_CONFIG_CACHE") or str(Path.home() / ".npm"),
}
"""What npm needs to fetch as this person does, in tests whose home is another."""


def manifest() -> list[dict[str, Any]]:
    libraries: list[dict[str, Any]] = json.loads(MANIFEST.read_text())
    return libraries


def packed(name: str, version: str) -> dict[str, bytes]:
    """The members of npm's package of a library, by path."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{name}@{version}", "--silent", "--pack-destination", folder]
        subprocess.run(command, cwd=folder, env={**os.environ, **NPM}, check=True, capture_output=True, timeout=300)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as members:
            return {
                member.name.removeprefix("package/"): content.read()
                for member in members
                if (content := members.extractfile(member)) is not None
            }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def renew(versions: dict[str, str]) -> None:
    """Write the files of all libraries and their digests; `versions` are those to go to, by name."""
    libraries = manifest()
    for library in libraries:
        library["version"] = versions.get(library["name"], library["version"])
        members = packed(library["name"], library["version"])
        for name, file in library["files"].items():
            content = members[file["member"]]
            (FOLDER / name).write_bytes(content)
            file["sha256"] = digest(content)
    MANIFEST.write_text(json.dumps(libraries, indent=2) + "\n")


if __name__ == "__main__":
    renew(dict(word.rsplit("@", 1) for word in sys.argv[1:]))
