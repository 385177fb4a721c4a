"""What holds for a repository, and who said so."""

from enum import Enum
from typing import Any, NamedTuple


class Source(Enum):
    """Who may say what holds."""

    BUILT_IN = "built-in"
    POLICY = "policy"
    CONFIGURATION = "configuration"
    REVIEW = "review"
    COMMAND_LINE = "command line"


class Origin(NamedTuple):
    """Where a setting comes from. The line is None where it is not known (the configuration) or there is no file."""

    source: Source = Source.BUILT_IN
    path: str | None = None
    line: int | None = None


class Setting(NamedTuple):
    """One thing that holds: a name, a value that JSON can say, where it comes from, whether a repository may only
    tighten it, and what else is to be known about it.
    """

    name: str
    value: Any
    origin: Origin = Origin()
    is_locked: bool = False
    remark: str = ""


class Explanation(NamedTuple):
    """Everything that holds for a folder, and the files that say so; None where there is none. `title` and `digest` are
    the policy's name and what identifies its content. `is_unread`: the review file cannot be read, so that nothing
    comes of it.
    """

    title: str | None
    policy: str | None
    digest: str | None
    configuration: str | None
    review: str | None
    settings: tuple[Setting, ...]
    is_unread: bool = False
