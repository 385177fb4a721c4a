"""A rule: a code, a severity, and a pure generator over one kind of subject."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from linter.model.finding import NO_DATA, Location, Severity

FAMILIES = {
    "0": "file",
    "1": "clarity",
    "2": "planning",
    "3": "preparation",
    "4": "iterating",
    "5": "quality",
    "6": "monitoring",
    "7": "release-plan",
    "8": "simplicity",
    "9": "governance",
}
"""The family of a rule by the first digit of its number: the eight guidelines, the file itself, and governance."""


class Fix(Enum):
    """What the tool can do about a finding: apply it safely, suggest it, or nothing."""

    APPLY = "F"
    SUGGEST = "S"
    NONE = "\u2013"


class Hit(NamedTuple):
    """What a check yields. `severity` only where it differs from the rule's own."""

    message: str
    location: Location
    hint: str | None = None
    severity: Severity | None = None
    fixable: bool = False
    data: Mapping[str, Any] = NO_DATA


Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterator[Hit]]


class Rule(NamedTuple):
    """One rule. `check` takes a value of the type `subject`; its docstring is the rule's documentation, with the
    headings What it checks, Why it matters, Example, Remedy, Options.
    """

    code: str
    name: str
    severity: Severity
    fix: Fix
    subject: type
    check: Check[Any]

    @property
    def family(self) -> str:
        return FAMILIES[self.code[2]]


def rule(
    code: str, name: str, severity: Severity, subject: type[Subject], fix: Fix = Fix.NONE
) -> Callable[[Check[Subject]], Rule]:
    """Make a rule of the generator function below it."""

    def make(check: Check[Subject]) -> Rule:
        return Rule(code, name, severity, fix, subject, check)

    return make
