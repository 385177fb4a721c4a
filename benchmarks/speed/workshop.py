"""What is measured and with what: virtual environments, a corpus of named source distributions, repositories.

Everything is made once, in one folder, and used again; removing the folder has it made anew.
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path

PROJECT = Path(__file__).parents[2]

PEERS = (
    "check-jsonschema==0.39.0",
    "radon==6.0.1",
    "xenon==0.9.3",
    "lizard==1.24.3",
    "complexipy==8.3.0",
    "ruff==0.17.5",
    "flake8==7.5.0",
    "mccabe==0.7.0",
    "pre-commit==4.7.0",
)

SOURCES = ("Django==5.2.19", "ansible-core==2.19.14")
"""About 3,500 Python files, 27 MB."""

IDENTITY = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org", "-c", "gc.auto=0")


class Workshop:
    """Makes in `home` what the scenarios ask for."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        self.home.mkdir(parents=True, exist_ok=True)
        self._tool = self._environment("tool", str(PROJECT))
        self._peers = self._environment("peers", *PEERS)

    def tool(self, name: str = "review-lint") -> str:
        """A command of the environment that the project is installed in, as users install it."""
        return str(self._tool / "bin" / name)

    def peer(self, name: str) -> str:
        """A command of the environment of the peers."""
        return str(self._peers / "bin" / name)

    def corpus(self) -> list[Path]:
        """The Python files of the source distributions that this Python can parse, sorted."""
        folder = self.home / "corpus"
        if not folder.exists():
            part = self.home / "corpus.part"
            shutil.rmtree(part, ignore_errors=True)
            self._download(part / "archives")
            for archive in sorted((part / "archives").iterdir()):
                with tarfile.open(archive) as opened:
                    opened.extractall(part, filter="data")
            part.rename(folder)
        return [path for path in sorted(folder.rglob("*.py")) if path.is_file() and _parses(path)]

    def repository(self, name: str, files: Iterable[Path]) -> Path:
        """A fresh repository with copies of corpus files in one commit."""
        folder = self.home / "repositories" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file in files:
            target = folder / file.relative_to(self.home / "corpus")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        git(folder, "init", "--quiet", "--initial-branch=main")
        commit(folder, "Start")
        return folder

    def _environment(self, name: str, *packages: str) -> Path:
        folder = self.home / name
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, *packages], check=True)
            (folder / "ready").touch()
        elif name == "tool":
            pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"]
            subprocess.run([*pip, "--disable-pip-version-check", *packages], check=True)
        return folder

    def _download(self, folder: Path) -> None:
        command = [self.peer("python"), "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", folder, *SOURCES], check=True)


def git(folder: Path, *arguments: str) -> str:
    """What git prints."""
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    """Commit everything, past any hook."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)


def touch(folder: Path, paths: Sequence[str], mark: str) -> None:
    """Change Python files as commits do: one more small function in each."""
    for path in paths:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(f"\n\ndef added_by_{mark}(value):\n    return value if value else None\n")


def by_size(folder: Path, paths: Sequence[str], low: int, high: int) -> list[str]:
    """Those of some files that have between `low` and `high` lines."""
    return [path for path in paths if low <= (folder / path).read_bytes().count(b"\n") <= high]


def python_files(folder: Path) -> list[str]:
    return [path for path in git(folder, "ls-files", "-z", "*.py").split("\0") if path]


def described() -> str:
    """The machine and what runs on it, in a line."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line), "unknown")
    version = subprocess.run(["git", "version"], check=True, capture_output=True, text=True).stdout.strip()
    return f"{os.cpu_count()} × {model}, Python {sys.version.split()[0]}, {version}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if os.path.exists(path) else []


def _parses(path: Path) -> bool:
    try:
        compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
