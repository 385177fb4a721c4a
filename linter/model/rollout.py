"""What another policy would do to an organisation."""

from typing import NamedTuple


class Effect(NamedTuple):
    """What it would do to the repositories of a team ("" for those that have none), or to all. `functions` are those
    that no limit stops today and one would stop then, `findings` those that would fail their repository anew, `freed`
    the repositories that fail today and would pass.
    """

    name: str = ""
    repositories: int = 0
    failing: int = 0
    newly_failing: int = 0
    freed: int = 0
    findings: int = 0
    functions: int = 0
    errors: int = 0


class Hit(NamedTuple):
    """A repository that would fail anew, with so many findings that fail it."""

    name: str
    team: str
    findings: int


class Rollout(NamedTuple):
    """The effects of the policy called `policy` by team, on all, and the repositories that would fail anew."""

    policy: str
    day: str
    total: Effect
    teams: tuple[Effect, ...]
    hit: tuple[Hit, ...]
