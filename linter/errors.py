"""The one base error: whatever inherits from it ends a run with exit code 2 and one line on stderr."""


class ReviewLintError(Exception):
    """Something keeps the run from being trustworthy.

    `hint` says what to do next; the message says what and where, in one line.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(ReviewLintError):
    """The command line asks for something that does not exist or cannot be combined."""


class ConfigurationError(ReviewLintError):
    """The configuration of the linted tree is broken."""


class RepositoryError(ReviewLintError):
    """No repository, an unknown revision, a broken object, or git itself failed."""


class StoreError(ReviewLintError):
    """The store of scans cannot be used: not there, damaged, of a newer release, full, or in use by another scan."""


class MissingExtraError(ReviewLintError):
    """Something that only an extra of the package installs is asked for."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(f"{purpose} needs what the extra `{extra}` installs", f"pip install 'review-lint[{extra}]'")


class InventoryError(ReviewLintError):
    """It cannot be told which repositories there are: a broken inventory, a forge that does not answer."""
