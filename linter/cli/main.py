"""The argument tree and the error boundary."""


def main() -> int:
    return 0
