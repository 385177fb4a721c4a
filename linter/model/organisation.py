"""What an organisation asks of its repositories: the policy."""

from collections.abc import Mapping
from typing import NamedTuple

from linter.model.finding import Severity
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

    `severity` holds codes or prefixes; `effective` the day (YYYY-MM-DD) before which a rule is advice; `locked` what a
    repository may tighten and not loosen: rule codes and `limits.<name>` and the like; `simplicity` the defaults that
    the review files of the organisation start from; `digest` identifies the content ("" for the default).
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

    def terms(self, tier: int | None) -> TierTerms:
        """What is asked of a tier."""
        return self.tiers.get(tier, TierTerms()) if tier else TierTerms()


NO_POLICY = Policy()
