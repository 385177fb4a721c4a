"""RL905 to RL907: waivers and debts past their day, waivers that should not have been granted, and needless ones."""

from collections.abc import Iterator

from linter.model.day import days_between, shifted
from linter.model.finding import Location, Severity
from linter.model.pointer import resolve
from linter.model.quote import listed, shown
from linter.model.rule import Fix, Hit, rule
from linter.model.suppression import JUDGES_CHANGES, Flaw, FlawKind, Governance, Use, Waiver, is_waiver
from linter.model.words import closest

NOTICE_DAYS = 14
"""So many days before its end a waiver or debt is spoken of."""


@rule("RL905", "expired-waiver", Severity.WARNING, Governance)
def expired_waiver(governance: Governance) -> Iterator[Hit]:
    """What it checks:
        Which waivers are past the day in `expires`, and which debts past that in `until`.

        On that day itself they still work. In the 14 days before, this rule says so as advice; afterwards it is a
        warning, and what they hid is reported again, each finding with its own severity.

    Why it matters:
        A waiver is a promise to come back. Without an end nobody does, and exceptions become the rule.

    Example:
        A waiver with `expires: "2026-03-31"`, and today is 2026-04-01.

    Remedy:
        Put right what was waived and remove the entry. Where that has to wait longer, agree on it anew: another
        `expires`, with `created` and `approved_by` of the new decision.

    Options:
        `--today` judges as on another day. Waivers cannot hide this rule; only a policy sets its severity.
    """
    for waiver in governance.waivers:
        if waiver.expires:
            name = f"waiver {shown(waiver.id)}".rstrip()
            yield from _ending(governance, name, waiver.pointer + "/expires", waiver.expires)
    for debt in governance.debts:
        if debt.until:
            yield from _ending(governance, f"debt {shown(debt.symbol)}".rstrip(), debt.pointer + "/until", debt.until)


@rule("RL906", "malformed-waiver", Severity.ERROR, Governance)
def malformed_waiver(governance: Governance) -> Iterator[Hit]:
    """What it checks:
        That every waiver is approved by someone other than its owner, lasts no longer than 180 days from `created` to
        `expires`, is not dated in the future, and names the codes of rules that exist and can be waived.

        RL001 to RL005 (a file that cannot be read) and RL903 to RL908 (the rules about reviews and waivers) cannot be.
        A waiver with any of these faults hides nothing.

    Why it matters:
        A waiver sets a guideline aside. That takes two people, an end in sight, and no doubt about what is meant.

    Example:
        A waiver with `owner: "@ada"` and `approved_by: "@ada"`.

    Remedy:
        Ask someone else to approve it; choose an earlier day and renew it when the time comes; name each rule by its
        code, as `review-lint rules` lists them.

    Options:
        A policy may allow more or fewer days (`waivers.max_age`), and name more rules that cannot be waived
        (`waivers.forbidden`). Waivers cannot hide this rule; only a policy sets its severity.
    """
    for waiver in governance.waivers:
        for flaw in governance.flaws(waiver):
            message, hint = _WORDS[flaw.kind](governance, waiver, flaw)
            yield Hit(message, _location(governance, flaw.pointer), hint)


@rule("RL907", "unused-waiver", Severity.WARNING, Use, Fix.APPLY)
def unused_waiver(use: Use) -> Iterator[Hit]:
    """What it checks:
        In runs over the whole tree: that every waiver that works hides something.

        Nothing is said of a waiver for a rule that this run did not ask, nor of one for a rule that is silent about
        what was there before the change. One for RL801 or RL802 is used as long as a function that it is about is above
        the limit.

    Why it matters:
        What was put right needs no excuse. A waiver that stays behind hides the next finding of its kind, which nobody
        approved.

    Example:
        A waiver with `rules: [RL303]`, and the load test has reached its target by now.

    Remedy:
        Remove the waiver; `review-lint fix` does so. Where it names the wrong path or symbol, mend that.

    Options:
        Waivers cannot hide this rule; only a policy sets its severity.
    """
    exemption = use.exemption
    if is_waiver(exemption) and not use.hidden and JUDGES_CHANGES.isdisjoint(exemption.rules):
        codes = listed([*dict.fromkeys(exemption.rules)], "or")
        hint = "remove it, or mend the paths or the symbol that it names"
        yield Hit(f"{exemption.by} hides nothing that {codes} finds", exemption.location, hint, fixable=True)


def _ending(governance: Governance, name: str, pointer: str, day: str) -> Iterator[Hit]:
    if day < governance.terms.today:
        message = f"{name} ended on {day}: what it hid is reported again"
        yield Hit(message, _location(governance, pointer), "put right what it hid and remove it, or agree on it anew")
    elif shifted(day, -NOTICE_DAYS) <= governance.terms.today:
        left = days_between(governance.terms.today, day)
        when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
        message = f"{name} ends {when}: afterwards what it hides is reported again"
        hint = "put right what it hides, or agree on it anew"
        yield Hit(message, _location(governance, pointer), hint, Severity.ADVICE)


def _self_approved(_governance: Governance, waiver: Waiver, _flaw: Flaw) -> tuple[str, str]:
    return (
        f"waiver {shown(waiver.id)} is approved by its own owner, {shown(waiver.owner)}",
        "ask somebody else to approve it",
    )


def _too_long(governance: Governance, waiver: Waiver, _flaw: Flaw) -> tuple[str, str]:
    days, most = days_between(waiver.created, waiver.expires), governance.terms.max_waiver_days
    message = f"waiver {shown(waiver.id)} lasts {days} days from {waiver.created}; at most {most} are allowed"
    return message, "choose an earlier day, and agree on it anew when that comes"


def _not_yet_created(_governance: Governance, waiver: Waiver, _flaw: Flaw) -> tuple[str, str]:
    return (
        f"waiver {shown(waiver.id)} says that it is created on {waiver.created}, which is yet to come",
        "give the real day",
    )


def _unknown_code(governance: Governance, waiver: Waiver, flaw: Flaw) -> tuple[str, str]:
    code = _code(governance, flaw)
    meant = closest(code, governance.terms.known_codes)
    hint = (
        f"did you mean {meant[0]}?" if len(meant) == 1 else "name each rule by its code; `review-lint rules` lists them"
    )
    return f"waiver {shown(waiver.id)} names {code}, and there is no such rule", hint


def _unwaivable(governance: Governance, waiver: Waiver, flaw: Flaw) -> tuple[str, str]:
    return (
        f"waiver {shown(waiver.id)} names {_code(governance, flaw)}, which cannot be waived",
        "mend what the rule says",
    )


def _forbidden(governance: Governance, waiver: Waiver, flaw: Flaw) -> tuple[str, str]:
    message = (
        f"waiver {shown(waiver.id)} names {_code(governance, flaw)}, which the organisation's policy lets nobody waive"
    )
    return message, "mend what the rule says; `review-lint policy --explain` shows the policy"


_WORDS = {
    FlawKind.SELF_APPROVED: _self_approved,
    FlawKind.TOO_LONG: _too_long,
    FlawKind.NOT_YET_CREATED: _not_yet_created,
    FlawKind.UNKNOWN_CODE: _unknown_code,
    FlawKind.UNWAIVABLE: _unwaivable,
    FlawKind.FORBIDDEN: _forbidden,
}


def _code(governance: Governance, flaw: Flaw) -> str:
    return shown(str(resolve(governance.document.data, flaw.pointer)))


def _location(governance: Governance, pointer: str) -> Location:
    return Location(governance.document.path, governance.document.span(pointer), pointer)
