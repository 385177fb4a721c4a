"""Text of a linted file as it appears inside messages: short, on one line, visible."""

LONGEST = 60
"""How many characters of a text are shown."""


def shown(text: str, longest: int = LONGEST) -> str:
    """The text cut and with escapes for what cannot be seen."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return short if short.isprintable() else "".join(map(_visible, short))


def quoted(text: str) -> str:
    """The text in double quotes."""
    return f'"{shown(text)}"'


def named(key: str) -> str:
    """A key or name in backticks."""
    return f"`{shown(key)}`"


def listed(words: list[str], last: str = "and") -> str:
    """The words as a person lists them: a, b and c."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def some(words: list[str], most: int = 5) -> str:
    """The words as a person lists many: the first few, and how many more there are."""
    more = len(words) - most
    return listed([*words[:most], f"{more} more"] if more > 1 else words)


def _visible(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
