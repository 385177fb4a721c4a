"""Texts that say nothing: they stand where something should be said, and satisfy whoever counts characters."""

from linter.model.document import PLACEHOLDER


def is_placeholder(text: str) -> bool:
    """Whether `init` left the text for a person to replace: it begins with the word TODO (`TODO.md` and TODOs are other
    words), or is @TODO or todo-name.
    """
    rest = text.strip().removeprefix("@")
    is_marked = rest.startswith(PLACEHOLDER) and rest[len(PLACEHOLDER) :][:1] in _ENDS_THE_WORD
    return is_marked or text == PLACEHOLDER_NAME


def is_hollow(text: str) -> bool:
    """Whether nothing is left of the text without the likes of TBD, n/a and idem, however often they are repeated."""
    bare = _bare(text)
    return bare in _HOLLOW or all(_bare(word) in _HOLLOW for word in bare.split())


def folded(text: str) -> str:
    """The text without regard to case and white space: equal for texts that say the same in the same words."""
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    around = {char for char in text if not char.isalnum()} - _MEANT
    return folded(text).strip("".join(around))


PLACEHOLDER_NAME = "todo-name"
"""What stands for a name, which has no capitals."""

_ENDS_THE_WORD = ("", " ", "\n", ":", ",", "(")

_MEANT = frozenset("/*#")
"""Signs that may be all that there is to say: the operation `/`, the scope `*`."""

_HOLLOW = frozenset(
    [
        *("", "tbd", "t.b.d", "tba", "t.b.a", "tbc", "t.b.c", "to be defined", "to be determined", "to be decided"),
        *("to be discussed", "to be clarified", "to be confirmed", "to be announced", "to be added", "to be done"),
        *("to be specified", "to be described", "to be documented", "to be written", "to be completed", "to come"),
        *("to be filled", "to be filled in", "to be provided", "to follow", "will follow", "coming soon", "later"),
        *("not yet", "none yet", "nothing yet", "not defined", "not yet defined", "not defined yet", "undefined"),
        *("unknown", "not known", "not yet known", "not known yet", "no idea", "n/a", "n / a", "n.a", "n. a", "na"),
        *("not applicable", "not available", "not specified", "todo", "to do", "to-do", "fixme", "fix me", "wip"),
        *("work in progress", "fill in", "fill in later", "fill me in", "change me", "changeme", "placeholder", "xxx"),
        *("lorem ipsum", "blah", "some text", "insert text here", "idem", "ditto", "dito", "same", "the same"),
        *("same here", "same as above", "same as before", "as above", "as before", "see above", "see below"),
    ]
)
