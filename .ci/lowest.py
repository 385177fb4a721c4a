"""Run the fast tests with the lowest version that pyproject.toml lets in of everything that users install."""

import re
import subprocess
import sys
import tomllib
from itertools import chain

from versions import ROOT, SUPPORTED, find, run

VENV = ROOT / ".venv-lowest"
CONSTRAINTS = VENV / "constraints.txt"


def main() -> int:
    """The oldest Python: releases that are as old as these have wheels for it."""
    python = find(SUPPORTED[0])
    if python is None:
        print(f"the lowest dependencies are tested with Python {SUPPORTED[0]}: not on this machine", flush=True)
        return 0
    lowest = "\n".join(constraints((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    print(f"Python {SUPPORTED[0]} with {lowest.replace(chr(10), ', ')}", flush=True)
    subprocess.run([python, "-m", "venv", VENV], check=True)
    CONSTRAINTS.write_text(f"{lowest}\n")
    run(python, VENV, "--constraint", str(CONSTRAINTS))
    return 0


def constraints(text: str) -> list[str]:
    """Such as `radon==6.0.1` for each dependency and those of extras. Raises ValueError for one without lower bound."""
    project = tomllib.loads(text)["project"]
    found = []
    for requirement in chain(project["dependencies"], *project["optional-dependencies"].values()):
        match = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?>=([\w.]+)", requirement)
        if match is None:
            raise ValueError(f"{requirement} has no lower bound, or more than that")
        found.append(f"{match[1]}=={match[2]}")
    return found


if __name__ == "__main__":
    sys.exit(main())
