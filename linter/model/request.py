"""What a run is asked for."""

from collections.abc import Mapping
from typing import NamedTuple

from linter.model.finding import Severity


class PolicyFile(NamedTuple):
    """The file of an organisation's policy, wherever it was found; `path` is what messages call it."""

    path: str
    content: bytes


class Request(NamedTuple):
    """What a run is asked for beside the tree: the day (YYYY-MM-DD), what the command line changes in the
    configuration, whether the figures of every file are wanted, the policy that counts instead of the one that the
    configuration names, and values at the top of the review files that are judged instead of their own.
    """

    today: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    with_metrics: bool = False
    policy: PolicyFile | None = None
    supposed: Mapping[str, str | int] = {}
