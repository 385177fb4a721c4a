"""RL908: what was promised before a change, and is promised no more."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.promise.change import WAIVER, Weakening
from linter.model.rule import Hit, rule

_HINT = "take it back, or agree on it with those who rely on it and say why in the message of the commit"
_HINTS = {
    WAIVER: "take it back, or have it approved anew: `approved_by` and `created` of the new decision",
    "status": "keep it adopted, or say in the message of the commit what is open about it again",
}


@rule("RL908", "weakened-promise", Severity.WARNING, Weakening)
def weakened_promise(weakening: Weakening) -> Iterator[Hit]:
    """What it checks:
        What a change promises less than every base did. Each is named: a limit or ceiling of `simplicity` raised, its
        `mode` loosened, `generated` widened; a section that is adopted no more; `tier`, `lifecycle` or `kind` lowered;
        `not_applicable` added; a figure of the SLA loosened or dropped; in the configuration `exclude`, `ignore` (or
        `select`) and `per-path-ignore` widened, a severity or `fail-on` lowered, the policy dropped.

        Where a review file is new or gone, or its `covers` changes, what it asks of code is compared with what the file
        asked that covered the same code before, or with the defaults. And code that was judged is named when it counts
        as generated now, by an `@generated` marker or by `linguist-generated` in .gitattributes.

        Those are warnings. An error is a waiver that lasts longer or hides more than it did, while `approved_by` and
        `created` are those of the old decision.

    Why it matters:
        The easiest way to pass a check is to lower it. That may be right, and then it is a decision that others should
        see: those who rely on the product, and those who approved.

    Example:
        A commit that changes `cyclomatic_complexity: 15` to `cyclomatic_complexity: 25`, beside the function that needs
        it.

    Remedy:
        Take it back, or agree on it with those who rely on it. A waiver is approved anew: another `approved_by` or
        `created`.

    Options:
        Without a base (`--rev`) there is nothing to compare with, nor is there for the first review file of a
        repository. A product that moves to another folder is compared
        with itself, and a change of the configuration that leaves this rule out is told of once. Waivers cannot hide
        this rule; only a policy sets its severity. `review-lint diff A B` names every promise that changed between two
        revisions.
    """
    change = weakening.change
    severity = Severity.ERROR if change.kind == WAIVER else None
    data = {"kind": change.kind, "pointer": change.pointer}
    yield Hit(change.sentence, weakening.location, _HINTS.get(change.kind, _HINT), severity, data=data)
