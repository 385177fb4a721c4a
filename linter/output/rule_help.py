"""The documentation of a rule as Markdown."""

from collections.abc import Iterable, Iterator

from linter.engine.page.findings import spoken
from linter.model.rule import Rule
from linter.output.page_markdown import line
from linter.rules.documentation import sections


def chapters(rule: Rule) -> Iterator[tuple[str, str]]:
    """Its headings, each with the Markdown of what stands below it."""
    return ((heading, "\n\n".join(paragraphs(text))) for heading, text in sections(rule).items())


def paragraphs(text: str) -> Iterator[str]:
    """Prose as prose; what does not end like a sentence is a piece of a file."""
    for paragraph in text.split("\n\n"):
        is_prose = paragraph.rstrip().endswith((".", ":"))
        yield prose(paragraph) if is_prose else fenced("yaml", paragraph.splitlines())


def prose(text: str) -> str:
    """Running text whose `backticks` set names apart."""
    return line(spoken(" ".join(text.split())))


def fenced(language: str, lines: Iterable[str]) -> str:
    """A piece of a file."""
    return "\n".join([f"```{language}", *(one.replace("```", "` ` `") for one in lines), "```"])
