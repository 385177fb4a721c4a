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
    children = [os.fork() for _ in range(1)] if arguments.processes == 2 else []
    mine = files if arguments.processes == 1 else files[0 if children[0] else 1 :: 2]
    for file in mine:
        ast.parse(file.read_bytes())
    for child in children:
        if child:
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
