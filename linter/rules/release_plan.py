"""RL701 to RL703: releases to everybody at once, stages that lead nowhere, and no way back."""

from collections.abc import Iterator
from itertools import pairwise

from linter.model.finding import Severity
from linter.model.review import Review
from linter.model.rule import Hit, rule
from linter.model.units import exact, shown

RUNNING = ("service", "website", "app", "pipeline", "job")
"""The kinds of products that run for their customers; libraries and tools go out by versions."""

PLAN = "/release_plan"


@rule("RL701", "big-bang", Severity.ERROR, Review)
def big_bang(review: Review) -> Iterator[Hit]:
    """What it checks:
        That a service, website, app, pipeline or job does not reach all its customers at once: its strategy is not
        big-bang, and its first stage is below 100 %.

    Why it matters:
        Every release may be the one that breaks something. What one customer in twenty meets is a nuisance; what all of
        them meet at the same moment is an outage.

    Example:
        strategy: big-bang

    Remedy:
        Begin with a few customers, your own people for example, watch, and go on: canary, percentage, ring, flag.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    hint = "begin with few customers, for example `strategy: canary` and a first stage of 5 %"
    if review.kind not in RUNNING:
        return
    if review.text(f"{PLAN}/strategy") == "big-bang":
        yield Hit("a release reaches all customers at once", review.at(f"{PLAN}/strategy"), hint)
    elif review.number(f"{PLAN}/stages/0/percent") == 100:
        message = "the first stage is 100 %: a release reaches all customers at once"
        yield Hit(message, review.at(f"{PLAN}/stages/0/percent"), hint)


@rule("RL702", "unsound-stages", Severity.ERROR, Review)
def unsound_stages(review: Review) -> Iterator[Hit]:
    """What it checks:
        That `percent` rises from stage to stage, and that the last stage is 100 %.

    Why it matters:
        A plan that ends below 100 % leaves some customers on an old release for ever; a stage that reaches no more of
        them than the one before proves nothing.

    Example:
        stages:
          - {name: canary, percent: 20, min_soak: 1h, gate: auto, success: no page}
          - {name: most, percent: 20, min_soak: 1d, gate: manual, success: no page}

    Remedy:
        Put the stages in the order in which they happen, each with the share of all customers that it reaches in total.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    pointers = [f"{item}/percent" for item in review.items(f"{PLAN}/stages")]
    for earlier, pointer in pairwise(pointers):
        before, share = review.number(earlier), review.number(pointer)
        if before is not None and share is not None and share <= before:
            message = f"this stage reaches {_percent(share)}, and the one before it {_percent(before)}"
            yield Hit(message, review.at(pointer), "the share of customers rises from stage to stage, up to 100")
            if pointer == pointers[-1]:
                return
    yield from _unfinished(review, pointers)


@rule("RL703", "no-way-back", Severity.ERROR, Review)
def no_way_back(review: Review) -> Iterator[Hit]:
    """What it checks:
        That migrations which cannot be undone have a `plan`, and that the rollback was tried (`rollback.tested_on`);
        the latter is a warning.

    Why it matters:
        When a release goes wrong, the way back is the fastest repair, if there is one and it works. A migration that
        cannot be undone takes it away.

    Example:
        migrations: {present: true, reversible: false}

    Remedy:
        Write down what is done when such a migration goes wrong, and name it in `plan`: a restore, a forward fix, both
        schemas side by side for a while. Try the rollback once and write down the day.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    migrations, rollback = f"{PLAN}/migrations", f"{PLAN}/rollback"
    is_irreversible = review.flag(f"{migrations}/present") and review.flag(f"{migrations}/reversible") is False
    if is_irreversible and review.lacks(f"{migrations}/plan"):
        message = "the migrations cannot be undone, and there is no plan for when they go wrong"
        yield Hit(message, review.at(f"{migrations}/plan"), "write one and add, for example, `plan: docs/migration.md`")
    if review.lacks(f"{rollback}/tested_on"):
        hint = "try it and add, for example, `tested_on: 2026-02-20`"
        yield Hit("the rollback was never tried", review.at(f"{rollback}/tested_on"), hint, Severity.WARNING)


def _unfinished(review: Review, pointers: list[str]) -> Iterator[Hit]:
    share = review.number(pointers[-1]) if pointers else None
    if share is not None and share < 100:
        message = f"the last stage reaches {_percent(share)} of the customers, and the others never"
        yield Hit(message, review.at(pointers[-1]), "end with a stage of 100")


def _percent(share: float) -> str:
    number = exact(share)
    return f"{share if number is None else shown(number)} %"
