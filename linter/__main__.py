"""The entry of the console script."""

from linter.cli.main import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
