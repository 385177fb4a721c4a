"""What another policy would do: every repository judged twice, and the judgements compared."""

from collections.abc import Iterable, Mapping
from contextlib import closing

from linter.model.finding import Finding
from linter.model.report import Report
from linter.model.rollout import Effect, Hit, Rollout
from linter.model.scan import RepositoryReport
from linter.scan.runner import Hands, Order, judge_all
from linter.scan.session import Tell, state_of

LIMITS = ("RL801", "RL802", "RL803", "RL805")
"""The rules that a function breaks that is beyond a limit."""


def roll_out(order: Order, hands: Hands, tell: Tell, policy: str) -> Rollout:
    """Compare what the second request of the plan finds with what the first one does. Nothing is kept."""
    effects, hit = [], []
    with closing(judge_all(order.repositories, order.plan, hands)) as results:
        for now, then in (judged.reports for judged in results if judged):
            tell(state_of(then))
            effects.append(_effect(now, then))
            if effects[-1].newly_failing:
                hit.append(Hit(now.repository.name, now.team, effects[-1].findings))
    by_team = {name: _sum(name, effects) for name in sorted({effect.name for effect in effects})}
    return Rollout(
        policy, order.plan.requests[0].today, _sum("", effects, True), tuple(by_team.values()), tuple(sorted(hit))
    )


def _effect(now: RepositoryReport, then: RepositoryReport) -> Effect:
    if now.report is None or then.report is None:
        return Effect(now.team, repositories=1, errors=1)
    new = _failing(then.report).keys() - _failing(now.report).keys()
    return Effect(
        name=now.team,
        repositories=1,
        failing=int(now.report.is_failed),
        newly_failing=int(then.report.is_failed and not now.report.is_failed),
        freed=int(now.report.is_failed and not then.report.is_failed),
        findings=len(new),
        functions=len(_beyond(then.report) - _beyond(now.report)),
    )


def _failing(report: Report) -> Mapping[str, Finding]:
    """What fails the run, by fingerprint."""
    open_ones = (finding for finding in report.findings if finding.suppressed is None)
    return {finding.fingerprint: finding for finding in open_ones if finding.severity >= report.fail_on}


def _beyond(report: Report) -> set[tuple[str, str | None]]:
    """The functions and files that are beyond a limit, whether they were so before or not."""
    found = (one for one in report.findings if one.rule in LIMITS and one.suppressed is None)
    return {(finding.location.path, finding.location.symbol) for finding in found}


def _sum(name: str, effects: Iterable[Effect], is_total: bool = False) -> Effect:
    counted = [effect[1:] for effect in effects if is_total or effect.name == name]
    return Effect(name, *map(sum, zip(*counted, strict=True))) if counted else Effect(name)
