"""What a rule says about itself: its docstring, whose headings are fixed."""

from textwrap import dedent

from linter.model.rule import Rule

HEADINGS = ("What it checks", "Why it matters", "Example", "Remedy", "Options")


def sections(rule: Rule) -> dict[str, str]:
    """The texts of a rule's documentation by heading, in its order and without indentation.

    A heading is a line at the margin that ends with a colon. Empty under `python -OO`, which strips docstrings.
    """
    texts: dict[str, list[str]] = {}
    body: list[str] = []
    first, _, rest = (rule.check.__doc__ or "").partition("\n")
    for line in [first, *dedent(rest).splitlines()]:
        if line[:1].strip() and line.endswith(":"):
            body = texts.setdefault(line[:-1], [])
        else:
            body.append(line)
    return {heading: dedent("\n".join(lines)).strip("\n") for heading, lines in texts.items()}


def summary(rule: Rule) -> str:
    """The first sentence of what the rule checks, in one line."""
    paragraph = " ".join(sections(rule).get(HEADINGS[0], "").partition("\n\n")[0].split())
    sentence, stop, _ = paragraph.partition(". ")
    return sentence + stop.rstrip()
