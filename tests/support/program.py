"""A console script of review-lint, to be called by hooks."""

import sys
from pathlib import Path

from tests.support.repository import PROJECT


def make_program(folder: Path) -> Path:
    """A console script as an installation makes it, running this very project. Its folder may have any name."""
    start = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from linter.__main__ import main; sys.exit(main())"
    folder.mkdir(parents=True)
    program = folder / "review-lint"
    program.write_text(f"#!{sys.executable} -I\n{start}\n")
    program.chmod(0o755)
    return program
