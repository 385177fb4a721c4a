"""What of the findings of a tree can be put right, and the files that do it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from linter.adapters.yaml.edit import EditError
from linter.engine.code.sources import SIZE_LIMIT
from linter.engine.fixing.edits import edit_for, place
from linter.engine.fixing.overlay import Overlay
from linter.engine.fixing.rewriting import rewritten
from linter.model.document import MAX_BYTES as REVIEW_LIMIT
from linter.model.edit import Edit, Rewrite
from linter.model.finding import Finding, Severity
from linter.model.snapshot import Snapshot, TargetKind, UnreadableError

Judge = Callable[[Snapshot], Sequence[Finding]]
"""The findings of a tree."""

LIMIT = max(REVIEW_LIMIT, SIZE_LIMIT)


class Fix(NamedTuple):
    """A finding and what puts it right."""

    finding: Finding
    edit: Edit


class LeftOut(NamedTuple):
    """A finding that could be put right by itself, and why it is not."""

    finding: Finding
    reason: str


class Plan(NamedTuple):
    """`rewrites` put right what is `fixed`; `remaining` is what is found afterwards, less what is suppressed."""

    rewrites: tuple[Rewrite, ...]
    fixed: tuple[Fix, ...]
    left_out: tuple[LeftOut, ...]
    remaining: tuple[Finding, ...]


def plan(snapshot: Snapshot, judge: Judge, is_wanted: Callable[[Finding], bool]) -> Plan:
    """Put right what is wanted and safely fixable, and judge the result in memory.

    A fix counts only if its finding is gone afterwards, and none of severity warning and above has come. Where all
    fixes together do not, the largest halves that do are sought.
    """
    before = _open(judge(snapshot))
    fixes = [Fix(finding, edit) for finding in before if is_wanted(finding) and (edit := edit_for(finding))]
    trial = _Trial(snapshot, judge, before)
    fixed = trial.sound([], fixes)
    return Plan(trial.rewrites, tuple(fixed), tuple(trial.left_out), trial.remaining)


class _Trial:
    """Fixes tried out in memory. `rewrites` and `remaining` are those of the last ones that were sound."""

    def __init__(self, snapshot: Snapshot, judge: Judge, before: Sequence[Finding]) -> None:
        self.rewrites: tuple[Rewrite, ...] = ()
        self.remaining = tuple(before)
        self.left_out: list[LeftOut] = []
        self._snapshot = snapshot
        self._judge = judge
        self._before = _Known(before)

    def sound(self, accepted: list[Fix], offered: list[Fix]) -> list[Fix]:
        """The accepted fixes, with those of the offered ones that can be made beside them."""
        if not offered:
            return accepted
        objection = self._objection([*accepted, *offered])
        if objection is None:
            return [*accepted, *offered]
        if len(offered) == 1:
            self.left_out.append(LeftOut(offered[0].finding, objection))
            return accepted
        middle = len(offered) // 2
        return self.sound(self.sound(accepted, offered[:middle]), offered[middle:])

    def _objection(self, fixes: list[Fix]) -> str | None:
        groups = groupby(sorted(fixes, key=_path), key=_path)
        try:
            rewrites = tuple(_rewrite(self._snapshot, path, group) for path, group in groups)
        except (EditError, UnreadableError) as error:
            return str(error)
        contents = {rewrite.path: rewrite.new for rewrite in rewrites}
        after = _open(self._judge(Overlay(self._snapshot, contents)))
        objection = self._before.objection(fixes, after)
        if objection is None:
            self.rewrites, self.remaining = rewrites, after
        return objection


class _Known:
    """What was found before, to compare with what is found after."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._counts = Counter(map(_kind, findings))
        self._severities: dict[object, Severity] = {}
        for finding in findings:
            for name in _names(finding):
                self._severities[name] = max(finding.severity, self._severities.get(name, Severity.ADVICE))

    def objection(self, fixes: Iterable[Fix], after: Sequence[Finding]) -> str | None:
        """Why the fixes are not sound; None if they are."""
        counts = Counter(map(_kind, after))
        for kind, number in Counter(_kind(fix.finding) for fix in fixes).items():
            if counts[kind] > self._counts[kind] - number:
                return "afterwards it would still be found"
        new = [finding for finding in after if self._is_new(finding)]
        if not new:
            return None
        first = f"{new[0].location.path}:{new[0].location.span.start.line}: {new[0].rule} {new[0].message}"
        return f"it would bring {len(new)} new {'finding' if len(new) == 1 else 'findings'}: {first}"

    def _is_new(self, finding: Finding) -> bool:
        """By its fingerprint or, because items of a list move up when another goes, by its words."""
        known = max((self._severities[name] for name in _names(finding) if name in self._severities), default=None)
        return finding.severity >= Severity.WARNING and (known is None or known < finding.severity)


def _rewrite(snapshot: Snapshot, path: str, fixes: Iterable[Fix]) -> Rewrite:
    """A file after some fixes. Raises EditError where one of them cannot be made."""
    entry = snapshot.paths()[path]
    edits = [fix.edit for fix in sorted(fixes, key=lambda fix: place(fix.finding), reverse=True)]
    if snapshot.kind is TargetKind.WORKTREE and entry.blob is not None:
        raise EditError(f"{path} is not checked out here")
    content = snapshot.read(entry, LIMIT)
    return Rewrite(path, content, rewritten(path, content, edits))


def _open(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.suppressed is None)


def _path(fix: Fix) -> str:
    return fix.finding.location.path


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.location.path


def _names(finding: Finding) -> tuple[object, object]:
    return finding.fingerprint, (finding.rule, finding.location.path, finding.message)
