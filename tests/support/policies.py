"""A policy with everything in it, for tests."""

from collections.abc import Mapping

FULL = """\
version: 1
name: acme
severity: {RL905: error, RL50: warning}
effective: {RL502: 2027-01-01}
tiers:
  1: {availability_percent: [99.9, 99.995], reviewers: {quality: [sre], preparation: [qa, sre]}, max_review_age: 90d}
  2: {availability_percent: [99.0, 99.95]}
waivers: {max_age: 30d, forbidden: [RL305, RL7]}
not_applicable: {forbidden: [clarity, monitoring.slis]}
locked: [RL801, RL70, limits.cyclomatic_complexity, mode]
limits: {cyclomatic_complexity: 12}
test_limits: {nesting: 4, maintainability_index_min: 15}
legacy_tolerance: 1
mode: ratchet
"""

SMALL = "version: 1\nname: acme\n"


def policy(text: str = "", changes: Mapping[str, str] | None = None) -> str:
    """The policy with everything, `text` added at its end and pieces of it replaced."""
    result = FULL
    for old, new in (changes or {}).items():
        assert result.count(old) == 1, old
        result = result.replace(old, new)
    return result + text
