"""Run the fast tests, and those of the wheel, on every other supported Python of this machine, each in a virtual
environment of its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUPPORTED = ("3.11", "3.12", "3.13")


def main() -> int:
    current = f"{sys.version_info.major}.{sys.version_info.minor}"
    for version in SUPPORTED:
        python = find(version) if version != current else None
        if python is None:
            print(f"Python {version}: {'tested already' if version == current else 'not on this machine'}", flush=True)
            continue
        print(f"Python {version}: {python}", flush=True)
        run(python, ROOT / f".venv-{version}")
    return 0


def find(version: str) -> str | None:
    """An interpreter of that version that starts; pyenv's shims exist for versions that do not."""
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    for candidate in (shutil.which(f"python{version}"), *map(str, pyenv)):
        if candidate and subprocess.run([candidate, "-c", ""], check=False, capture_output=True).returncode == 0:
            return candidate
    return None


def run(python: str, venv: Path, *options: str) -> None:
    """The tests in a virtual environment, which is made with these options of pip unless it is there."""
    ready = venv / ".ready"
    if not ready.exists() or ready.stat().st_mtime < (ROOT / "pyproject.toml").stat().st_mtime:
        subprocess.run([python, "-m", "venv", venv], check=True)
        pip = [venv / "bin" / "python", "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--upgrade", "pip>=25.1"], check=True)
        subprocess.run([*pip, "--editable", str(ROOT), "--group", "dev", *options], check=True, cwd=ROOT)
        ready.touch()
    tests = [venv / "bin" / "python", "-m", "pytest", "-n", "auto", "-q"]
    subprocess.run([*tests, "-m", "not slow"], check=True, cwd=ROOT)
    subprocess.run([*tests, "tests/e2e/test_wheel.py"], check=True, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
