"""RL809: inline ignores that say too little, or are past their day."""

from collections.abc import Iterator

from linter.model.finding import Location, Severity
from linter.model.rule import Hit, rule
from linter.model.suppression import MIN_REASON, UNIGNORABLE, IgnoreFault, PlacedIgnore
from linter.model.words import closest


@rule("RL809", "bad-suppression", Severity.ERROR, PlacedIgnore)
def bad_suppression(placed: PlacedIgnore) -> Iterator[Hit]:
    """What it checks:
        That every inline ignore names rules that exist, gives a reason of 10 characters and more, stands in the
        signature of a function or class, and is not past its day.

        What is not written in that way is an error. Past its day an ignore hides nothing any more; that is an error
        where the change touches the function, and a warning elsewhere.

    Why it matters:
        An ignore without a reason cannot be judged by the next reader, so it stays for ever. One that the tool
        does not understand gives a false sense of safety.

    Example:
        `def parse(text):  # review-lint: ignore[RL802]` says which rule is ignored, and not why.

    Remedy:
        Write `# review-lint: ignore[RL802] why it has to be so until 2027-03-31` anywhere from `def` (or `class`) to
        the line with the signature's colon. Several codes are separated by commas; the day is the last on which the
        ignore works, stands at the end, and may be left out. Past that day mend the function, or agree on another.

    Options:
        A policy may name rules that nothing hides (`waivers.forbidden`). An ignore hides findings about the function in
        whose signature it stands. This rule itself, and what is wrong with a REVIEW.yaml, cannot be ignored; for what
        concerns whole files there are `waivers` in REVIEW.yaml.
    """
    if placed.fault:
        yield _FAULTS[placed.fault](placed)
    elif placed.is_expired:
        yield Hit(
            f"this inline ignore ended on {placed.ignore.until} and hides nothing any more",
            _location(placed),
            "mend what it hid and remove it, or agree on another day",
            Severity.ERROR if placed.is_touched else Severity.WARNING,
        )


def _unreadable(placed: PlacedIgnore) -> Hit:
    return Hit(
        "review-lint does not understand this comment, which is addressed to it", _location(placed), _form(placed)
    )


def _no_code(placed: PlacedIgnore) -> Hit:
    return Hit("this inline ignore names no rule", _location(placed), _form(placed))


def _unknown_code(placed: PlacedIgnore) -> Hit:
    codes = ", ".join(placed.unknown_codes)
    return Hit(f"this inline ignore names {codes}, and there is no such rule", _location(placed), _meant(placed))


def _unignorable(placed: PlacedIgnore) -> Hit:
    codes = ", ".join(code for code in placed.ignore.codes if code in UNIGNORABLE)
    return Hit(f"{codes} cannot be ignored in the code", _location(placed), "mend what it says")


def _forbidden(placed: PlacedIgnore) -> Hit:
    codes = ", ".join(code for code in placed.ignore.codes if code in placed.terms.forbidden)
    return Hit(f"the organisation's policy does not let anything hide {codes}", _location(placed), "mend what it says")


def _no_reason(placed: PlacedIgnore) -> Hit:
    return Hit(
        f"this inline ignore gives no reason of at least {MIN_REASON} characters", _location(placed), _form(placed)
    )


def _no_day(placed: PlacedIgnore) -> Hit:
    message = f"'{placed.ignore.until}' is no day on which this inline ignore could end"
    return Hit(message, _location(placed), "put a day that exists at the very end, as in `until 2027-03-31`")


def _misplaced(placed: PlacedIgnore) -> Hit:
    hint = "move it into a signature: from `def` or `class` to the end of the line with the colon"
    return Hit("this inline ignore belongs to no function, so it hides nothing", _location(placed), hint)


_FAULTS = {
    IgnoreFault.UNREADABLE: _unreadable,
    IgnoreFault.NO_CODE: _no_code,
    IgnoreFault.UNKNOWN_CODE: _unknown_code,
    IgnoreFault.UNIGNORABLE: _unignorable,
    IgnoreFault.FORBIDDEN: _forbidden,
    IgnoreFault.NO_REASON: _no_reason,
    IgnoreFault.NO_DAY: _no_day,
    IgnoreFault.MISPLACED: _misplaced,
}


def _form(placed: PlacedIgnore) -> str:
    codes = ", ".join(placed.ignore.codes or ("RL802",))
    return f"write `# review-lint: ignore[{codes}] why it has to be so`, and `until 2027-03-31` at its end if it ends"


def _meant(placed: PlacedIgnore) -> str:
    meant = closest(placed.unknown_codes[0], placed.terms.known_codes)
    is_clear = len(placed.unknown_codes) == len(meant) == 1
    return f"did you mean {meant[0]}?" if is_clear else "name each rule by its code; `review-lint rules` lists them"


def _location(placed: PlacedIgnore) -> Location:
    return Location(placed.path, placed.ignore.span, symbol=placed.function.symbol if placed.function else None)
