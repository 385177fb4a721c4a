"""The entry of the console script."""

INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run the command line (by default the process's own); returns the exit code.

    An interrupt while that is still being loaded shows no traceback.
    """
    try:
        from linter.cli.main import main as run  # noqa: PLC0415

        return run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
