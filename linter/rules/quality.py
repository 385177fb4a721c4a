"""RL501 to RL503: backups that were never restored, pages that leave people alone, data without protection."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.quote import named, quoted
from linter.model.review import Review
from linter.model.rule import Fix, Hit, rule

BACKUP, SECURITY = "/quality/backup", "/quality/security"

CONTROLS = ("encryption_in_transit", "encryption_at_rest", "secret_store")
"""What secret or personal data need; the first of them is what internal data need."""


@rule("RL501", "untested-restore", Severity.WARNING, Review)
def untested_restore(review: Review) -> Iterator[Hit]:
    """What it checks:
        Where there are stores (`planning.data.stores`), that the day of a restore stands beside the backup
        (`restored_on`); and that restoring takes no longer (`backup.rto`) than the SLA allows (`sla.rto`).

    Why it matters:
        Backups are easy; it is restoring that fails, and the first try should not be on the worst day.

    Example:
        backup: {rpo: 15m, rto: 4h}

    Remedy:
        Restore a backup into an empty place, see that the product works with it, and write down the day and how long
        it took.

    Options:
        A section with `status: draft` is advice only.
    """
    if any(review.items("/planning/data/stores")) and review.lacks(f"{BACKUP}/restored_on"):
        hint = "restore one and add, for example, `restored_on: 2026-02-01`"
        yield Hit("there is a backup, and no day on which it was restored", review.at(f"{BACKUP}/restored_on"), hint)
    takes, allowed = review.seconds(f"{BACKUP}/rto"), review.seconds("/clarity/sla/rto")
    if takes is not None and allowed is not None and takes > allowed:
        texts = review.text(f"{BACKUP}/rto"), review.text("/clarity/sla/rto")
        message = f"restoring the backup takes up to {texts[0]}; the SLA allows {texts[1]}"
        yield Hit(message, review.at(f"{BACKUP}/rto"), "restore faster, or promise less")


@rule("RL502", "page-without-runbook", Severity.ERROR, Review, Fix.SUGGEST)
def page_without_runbook(review: Review) -> Iterator[Hit]:
    """What it checks:
        That every alert of severity `page` has a `runbook`.

    Why it matters:
        A page wakes somebody at three in the morning who may not have built the product. What to do then has to stand
        somewhere, and the alert has to say where.

    Example:
        alerts:
          - {name: OrdersUnavailable, condition: error budget burns too fast, severity: page}

    Remedy:
        Write down what to look at and what to try, and name it: `runbook: docs/runbook.md#unavailable`. What nobody can
        do anything about at night is a ticket.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    for item in review.items("/quality/alerts"):
        if review.text(f"{item}/severity") == "page" and review.lacks(f"{item}/runbook"):
            name = review.text(f"{item}/name")
            alert = f"the alert {quoted(name)}" if name else "this alert"
            hint = "add, for example, `runbook: docs/runbook.md#unavailable`, or make it a ticket"
            yield Hit(f"{alert} wakes somebody and has no runbook", review.at(f"{item}/runbook"), hint)


@rule("RL503", "security-control-missing", Severity.WARNING, Review)
def security_control_missing(review: Review) -> Iterator[Hit]:
    """What it checks:
        That confidential, restricted and personal data are encrypted in transit and at rest and have a `secret_store`,
        and that internal data are encrypted in transit.

    Why it matters:
        What is read along the way or copied from a disk cannot be called back. For personal data it is the law in most
        countries, too.

    Example:
        data: {stores: [orders-db], classification: confidential, personal_data: true}
        security: {authentication: OIDC, authorisation: roles per tenant, encryption_in_transit: true}

    Remedy:
        Switch the encryption on and keep keys and passwords in a secret store; then say so in `quality.security`.

    Options:
        A section with `status: draft` is advice only.
    """
    kind = _kind_of_data(review)
    for control in {"": (), "internal": CONTROLS[:1]}.get(kind, CONTROLS):
        pointer = f"{SECURITY}/{control}"
        if review.lacks(pointer) or review.flag(pointer) is False:
            message = f"{kind} data need {named(control)}"
            yield Hit(message, review.at(pointer), "see to it and say so here")


def _kind_of_data(review: Review) -> str:
    """What makes the product's data worth protecting; "" where nothing does."""
    classification = review.text("/planning/data/classification")
    if classification in ("confidential", "restricted"):
        return classification
    if review.flag("/planning/data/personal_data"):
        return "personal"
    return "internal" if classification == "internal" else ""
