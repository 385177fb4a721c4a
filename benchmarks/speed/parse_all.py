"""Parse Python files, the collector on, and do nothing else: the floor under every analysis.

python parse_all.py [--processes N] [FILE...]; without files, all of the current folder.
"""

import argparse
import ast
import os
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    files = arguments.files or sorted(path for path in Path().rglob("*.py") if path.is_file())
    if arguments.processes == 1:
        parse(files)
    elif child := os.fork():
        parse(files[::2])
        os.waitpid(child, 0)
    else:
        parse(files[1::2])


def parse(files: list[Path]) -> None:
    for file in files:
        ast.parse(file.read_bytes())


if __name__ == "__main__":
    main()
