"""The entry of the console script."""

INTERRUPTED = 130


def main() -> int:
    """Run the command line; returns the exit code. An interrupt while that is still being loaded shows no traceback."""
    try:
        from linter.cli.main import main as run  # noqa: PLC0415

        return run()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
