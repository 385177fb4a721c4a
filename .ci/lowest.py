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
    """With the oldest Python that is here: releases as old as these may have no wheels for newer ones."""
    python = next(filter(None, map(find, SUPPORTED)), sys.executable)
    lowest = constraints((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    print(f"{python} with {', '.join(lowest)}", flush=True)
    subprocess.run([python, "-m", "venv", VENV], check=True)
    CONSTRAINTS.write_text("\n".join([*lowest, ""]))
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
