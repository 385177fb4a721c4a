"""What an organisation asks of its repositories: the policy."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.model.finding import Severity
from linter.model.policy import FAMILY_PREFIX
from linter.model.simplicity import Simplicity
from linter.model.suppression import MAX_WAIVER_DAYS

MAX_REVIEW_DAYS = 365
"""How long a sign-off lasts, unless a policy says otherwise for the tier."""


class TierTerms(NamedTuple):
    """What is asked of the products of one tier: the band that the availability of an SLA lies in (percent, both ends
    included), the roles that have to sign each section, and how many days a sign-off lasts.
    """

    availability_percent: tuple[float, float] | None = None
    reviewers: Mapping[str, tuple[str, ...]] = {}
    max_review_days: int = MAX_REVIEW_DAYS


class Policy(NamedTuple):
    """An organisation's policy; the default is that of the tool itself. `source` is the path it was read from.

    `severity` holds codes or prefixes; `effective` the day (YYYY-MM-DD) before which a rule is advice, by code or
    prefix; `unwaivable` the codes or prefixes of rules whose findings nothing hides; `never_not_applicable` sections
    and keys (with dots); `locked` what a repository may tighten and not loosen: codes or prefixes, and settings such as
    `limits.nesting`; `simplicity` the defaults, and the bounds, that the review files of the organisation start from;
    `digest` identifies the content ("" for the default); `lines` has the line of every key by its JSON pointer.
    """

    name: str = ""
    source: str | None = None
    severity: Mapping[str, Severity] = {}
    effective: Mapping[str, str] = {}
    tiers: Mapping[int, TierTerms] = {}
    max_waiver_days: int = MAX_WAIVER_DAYS
    unwaivable: tuple[str, ...] = ()
    never_not_applicable: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    simplicity: Simplicity = Simplicity()
    digest: str = ""
    lines: Mapping[str, int] = {}

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"the policy {self.name}"

    def terms(self, tier: int | None) -> TierTerms:
        """What is asked of a tier."""
        return self.tiers.get(tier, TierTerms()) if tier else TierTerms()

    def severity_of(self, code: str, today: str) -> Severity | None:
        """What the policy makes of a rule on that day, None where it says nothing; the longest prefix counts."""
        start = longest_fit(self.effective, code)
        if start and today < self.effective[start]:
            return Severity.ADVICE
        prefix = longest_fit(self.severity, code)
        return self.severity[prefix] if prefix else None

    def locks(self, name: str) -> bool:
        """Whether a repository may only tighten the rule or setting of that name."""
        return any(name.startswith(item) if item.startswith(FAMILY_PREFIX) else name == item for item in self.locked)

    def forbids_waiving(self, code: str) -> bool:
        """Whether nothing may hide the findings of a rule."""
        return code.startswith(self.unwaivable)


NO_POLICY = Policy()


def longest_fit(prefixes: Mapping[str, Any], code: str) -> str:
    """The longest of the prefixes that begins the code, "" where none does."""
    return max((prefix for prefix in prefixes if code.startswith(prefix)), key=len, default="")
