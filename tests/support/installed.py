"""The project as its users get it: a repository to install hooks from, a wheel, an environment that holds the wheel.

Each is made once per run of the tests, however many processes share the work.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.repository import PROJECT

SHIPPED = (
    *("linter", "schemas", "completions", "man"),
    *("LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", ".pre-commit-hooks.yaml"),
)

BESIDE = ("action.yml",)
"""What is used from a checkout alone."""

PIP = {
    "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR") or str(Path.home() / ".cache" / "pip"),
    "PIP_CONFIG_FILE": os.environ.get("PIP_CONFIG_FILE") or str(Path.home() / ".config" / "pip" / "pip.conf"),
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
}
"""What pip needs to install as this person does, in tests whose home is another."""


def once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """What `make` puts at `folder / name`: by the first process that asks, while the others wait."""
    target, done = folder / name, folder / f"{name}.done"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(target)
            done.touch()
    return target


def make_source(target: Path) -> None:
    """A git repository of the project as it stands in the working tree, less its tests and pages."""
    for name in (*SHIPPED, *BESIDE):
        place = PROJECT / name
        if place.is_dir():
            shutil.copytree(place, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(exist_ok=True)
            shutil.copy2(place, target / name)
    git = ["git", "-C", str(target), "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["commit", "--quiet", "--no-verify", "--message", "All of it"],
    ):
        run([*git, *words])


def make_wheel(source: Path, target: Path) -> None:
    """The one wheel of the source, in a folder."""
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(source)])


def make_environment(wheel: Path, target: Path, extra: str = "") -> None:
    """A virtual environment with the wheel, what it (and one of its extras) depends on, and nothing else."""
    run([sys.executable, "-m", "venv", "--without-pip", str(target)])
    pip = [sys.executable, "-m", "pip", "--python", str(target / "bin" / "python")]
    run([*pip, "install", "--quiet", "--no-compile", f"{wheel}[{extra}]" if extra else str(wheel)])


def run(command: list[str], env: Mapping[str, str] | None = None) -> None:
    """Run a command that has to succeed, out of reach of whatever hook the tests may run in."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_DIR", "GIT_INDEX", "GIT_WORK"))
    }
    result = subprocess.run(command, env={**plain, **PIP, **(env or {})}, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{' '.join(command)}\n{result.stdout}{result.stderr}"
