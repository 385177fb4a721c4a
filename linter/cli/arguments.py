"""What several commands read from their arguments."""

import os
import time
from argparse import ArgumentTypeError, Namespace, _ArgumentGroup
from collections.abc import Callable, Iterable, Mapping

from linter.adapters.files import read_file
from linter.errors import UsageError
from linter.model.day import is_day
from linter.model.document import FILE_NAME
from linter.model.finding import Severity
from linter.model.policy import is_known
from linter.model.request import PolicyFile, Request
from linter.model.words import closest
from linter.rules.codes import CODES

POLICY_LIMIT = 256 * 1024
"""Bytes; whoever reads a policy refuses more."""

LEVELS = {severity.label: severity for severity in sorted(Severity, reverse=True)}


def add_rules(group: _ArgumentGroup) -> None:
    """The arguments that say by which rules something is judged; `request_of` reads them."""
    group.add_argument("--select", metavar="CODES", action="append", help="only rules with these codes or prefixes")
    group.add_argument("--ignore", metavar="CODES", action="append", help="not the rules with these codes or prefixes")
    group.add_argument("--fail-on", choices=LEVELS, help="the level from which findings fail the run (default: error)")
    group.add_argument("--policy", metavar="FILE", help="an organisation's policy, instead of the configured one")
    group.add_argument("--no-cache", action="store_true", help="compute everything anew, and keep nothing")
    group.add_argument(
        "--today", metavar="YYYY-MM-DD", help="the day that rules about dates go by (default: today, UTC)"
    )


def request_of(arguments: Namespace) -> Request:
    """What the arguments of `add_rules` ask for. Raises UsageError for what does not exist."""
    return Request(
        today=day(arguments.today),
        select=codes("--select", arguments.select or ()),
        ignore=codes("--ignore", arguments.ignore or ()),
        fail_on=LEVELS.get(arguments.fail_on),
        policy=policy_file(arguments.policy),
    )


def day(text: str | None) -> str:
    """The day that is asked for, today (UTC) where none is. Raises UsageError for what is no day."""
    today = text or time.strftime("%Y-%m-%d", time.gmtime())
    if not is_day(today):
        raise UsageError(f"--today {today} is no day", "write it as YYYY-MM-DD")
    return today


def codes(option: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The codes and prefixes of codes that an option lists. Raises UsageError for those that no rule has."""
    found = tuple(code.strip() for text in texts for code in text.split(",") if code.strip())
    for code in found:
        if not is_known(code, CODES):
            near = closest(code, CODES)
            hint = f"did you mean {' or '.join(near)}?" if near else "`review-lint rules` lists them"
            raise UsageError(f"{option}: there is no rule {code}", hint)
    return found


def folder_of(path: str) -> str:
    """The folder of that path, or the one that holds the file of that path. Raises UsageError where there is none."""
    place = os.path.realpath(path)
    if not os.path.exists(place):
        raise UsageError(f"there is no {path}", f"name a folder, or a {FILE_NAME}")
    return place if os.path.isdir(place) else os.path.dirname(place)


def policy_file(path: str | None) -> PolicyFile | None:
    """The policy at a path of this machine. Raises UsageError when it cannot be read."""
    if path == "":
        raise UsageError("--policy names no file", "write --policy policy.yaml, or leave it out")
    return PolicyFile(path, read_file(path, POLICY_LIMIT + 1)) if path is not None else None


def supposed(text: str | None) -> Mapping[str, str | int]:
    """What a review file is to be judged as: `production,1`, or one of the two. Raises UsageError for anything else."""
    values: dict[str, str | int] = {}
    for word in text.split(",") if text is not None else ():
        key, value = _supposition(word.strip())
        if key in values:
            raise UsageError(f"--as {text} says two things about the {key}", "write, for example, --as production,1")
        values[key] = value
    return values


def _supposition(word: str) -> tuple[str, str | int]:
    # json takes 6 ms to import, which a commit need not pay.
    from linter.adapters.schema.files import load_schema  # noqa: PLC0415

    lifecycles = load_schema("review")["properties"]["lifecycle"]["enum"]
    if word in lifecycles:
        return "lifecycle", word
    if word in ("1", "2", "3", "4"):
        return "tier", int(word)
    near = closest(word, lifecycles)
    hint = f"did you mean {near[0]}?" if near else f"a lifecycle ({', '.join(lifecycles)}) and a tier from 1 to 4"
    raise UsageError(f"--as: {word!r} is neither a lifecycle nor a tier", hint)


def at_least(least: int) -> Callable[[str], int]:
    """The type of an argument that is a number of that size or larger."""

    def number(text: str) -> int:
        if not text.isdecimal() or len(text) > 9 or int(text) < least:
            raise ArgumentTypeError(f"{text!r} is no number from {least} up")
        return int(text)

    return number
