"""What a rule says about itself: its docstring, whose headings are fixed."""

from linter.model.rule import Rule

HEADINGS = ("What it checks", "Why it matters", "Example", "Remedy", "Options")


def sections(rule: Rule) -> dict[str, str]:
    """The texts of a rule's documentation by heading, in its order and without indentation.

    A heading is a line at the margin that ends with a colon. Empty under `python -OO`, which strips docstrings.
    """
    texts: dict[str, list[str]] = {}
    body: list[str] = []
    for line in _at_margin((rule.check.__doc__ or "").splitlines()):
        if line[:1].strip() and line.endswith(":"):
            body = texts.setdefault(line[:-1], [])
        else:
            body.append(line)
    return {heading: "\n".join(_at_margin(lines)).strip("\n") for heading, lines in texts.items()}


def summary(rule: Rule) -> str:
    """The first paragraph of what the rule checks, in one line."""
    return " ".join(sections(rule).get(HEADINGS[0], "").partition("\n\n")[0].split())


def _at_margin(lines: list[str]) -> list[str]:
    """The lines less what they all are indented by; the first line of a docstring never is (PEP 257)."""
    texts = [line.rstrip() for line in lines]
    rest = texts[1:] if texts and not texts[0].startswith(" ") else texts
    margin = min((len(line) - len(line.lstrip()) for line in rest if line), default=0)
    return [line[margin:] if line.startswith(" " * margin) else line for line in texts]
