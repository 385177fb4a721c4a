"""RL810: what is held off although nothing is there any more to be held off."""

from collections.abc import Iterable, Iterator
from math import floor

from linter.model.finding import Severity
from linter.model.holding import FIGURES_OF, Figure, Holding
from linter.model.metrics import COMPLEXITY, MAINTAINABILITY
from linter.model.quote import listed, named
from linter.model.rule import Fix, Hit, rule
from linter.model.suppression import Exemption


@rule("RL810", "slack-suppression", Severity.WARNING, Holding, Fix.APPLY)
def slack_suppression(holding: Holding) -> Iterator[Hit]:
    """What it checks:
        That every inline ignore and every entry of `simplicity.debt` is about a function that is still there and still
        beyond its limit, and that no ceiling is above today's value.

        This is asked where every file is looked at: of the working tree and of `--rev`, not of a change.

    Why it matters:
        An exemption that nothing needs any more is room to become worse again without anybody noticing.

    Example:
        A debt with a `ceiling` of 31 for a function whose complexity is 24 by now.

    Remedy:
        Take the ignore or the entry away, or lower the ceiling to today's value. `review-lint fix` does it.

    Options:
        Whether a function is beyond a limit depends on `simplicity.limits` and `simplicity.overrides`.
    """
    exemption, figures = holding.exemption, holding.figures
    if figures is None:
        message = f"{exemption.by} is about `{exemption.symbol}` in {exemption.path}, which is not there"
        if holding.near:
            names = listed([named(symbol) for symbol in holding.near], "or")
            yield Hit(message, exemption.location, f"did you mean {names}? Else {_REMOVE}")
        else:
            yield Hit(message, exemption.location, _REMOVE, fixable=True, data={"remove": True})
    elif all(_is_in_vain(code, figures) for code in exemption.rules):
        message = f"{exemption.by} hides nothing any more: {_within(exemption, figures)}"
        yield Hit(message, exemption.location, _REMOVE, fixable=True, data={"remove": True})
    elif exemption.ceiling is not None:
        yield from _loose(exemption.ceiling, holding, figures)
    else:
        yield from _in_vain(exemption, figures)


_REMOVE = "take it away, so that what it hid cannot come back unseen"


def _loose(ceiling: float, holding: Holding, figures: Iterable[Figure]) -> Iterator[Hit]:
    """A ceiling with room to the worst figure that it holds. What is beyond the ceiling is reported anyway."""
    held = [_today(figure) for figure in figures if figure.is_beyond and figure.is_within(ceiling)]
    if held and ceiling not in held:
        today = max(held)
        message = f"the ceiling of {holding.exemption.by} is {ceiling:g}, and today's value is {today:g}"
        hint = f"write {today:g}, so that what has been won is kept"
        yield Hit(message, holding.ceiling_location, hint, fixable=True, data={"ceiling": today})


def _today(figure: Figure) -> float:
    """What a ceiling for the figure would be; maintainability indices (a ceiling is for one file) in whole points."""
    return floor(figure.value) if figure.metric == MAINTAINABILITY else figure.value


def _in_vain(exemption: Exemption, figures: tuple[Figure, ...]) -> Iterator[Hit]:
    """The codes of an ignore that some other code of it keeps from being taken away as a whole."""
    codes = [code for code in exemption.rules if _is_in_vain(code, figures)]
    if codes:
        needless = [figure for code in codes for figure in figures if figure.metric in FIGURES_OF[code]]
        message = f"{exemption.by} names {', '.join(codes)} in vain: {_within(exemption, needless)}"
        yield Hit(message, exemption.location, f"take {', '.join(codes)} away", fixable=True, data={"codes": codes})


def _is_in_vain(code: str, figures: Iterable[Figure]) -> bool:
    return code in FIGURES_OF and not any(figure.is_beyond for figure in figures if figure.metric in FIGURES_OF[code])


def _within(exemption: Exemption, figures: Iterable[Figure]) -> str:
    said = ", ".join(dict.fromkeys(_WORDS[figure.metric].format(figure) for figure in figures))
    return f"`{exemption.symbol}` is within its limits ({said})" if said else f"`{exemption.symbol}` has no such figure"


_WORDS = {
    COMPLEXITY: "complexity {0.value:g} of {0.limit}",
    MAINTAINABILITY: "maintainability index {0.value:.1f}, at least {0.limit}",
    "function_lines": "{0.value:g} of {0.limit} lines",
    "arguments": "{0.value:g} of {0.limit} arguments",
    "nesting": "nesting {0.value:g} of {0.limit}",
    "file_lines": "{0.value:g} of {0.limit} lines of the file",
}
