"""YAML files: review files with the place of every value, and any other with its values alone.

Plain scalars have the types of the YAML 1.2 core schema; mapping keys are always their source text. Whatever the bytes,
the answer takes about a second and a few dozen megabytes at most.
"""

from typing import Any

from linter.adapters.yaml.builder import Builder
from linter.adapters.yaml.events import Kind, events
from linter.adapters.yaml.text import YamlBoundError, YamlError, decode
from linter.model.document import Document, Mark, Problem
from linter.model.finding import TOP
from linter.model.snapshot import TooLargeError, UnreadableError


def read_review(path: str, data: bytes) -> Document:
    """The review file (or policy) at `path`: RL001 as the only problem and no data, or data with marks, RL002, RL004.

    An empty file has the value None and a mark.
    """
    try:
        text = decode(data)
    except YamlError as fault:
        return Document(path, data[:_EXCERPT].decode("utf-8-sig", "replace"), problems=(_parse_error(fault),))
    try:
        builder = _read_first(text)
    except YamlError as fault:
        return Document(path, text, problems=(_parse_error(fault),))
    problems = sorted(builder.problems, key=lambda problem: problem.span.start)
    return Document(path, text, builder.data, builder.marks or {"": Mark(TOP)}, tuple(problems))


def read_yaml(data: bytes) -> tuple[Any, ...]:
    """The values of the documents of any YAML file; aliases and merge keys are resolved, tags ignored.

    Raises UnreadableError with line, column and reason, TooLargeError for what is larger or deeper than is read.
    """
    builders = []
    try:
        for event in events(decode(data)):
            if event.kind is Kind.DOCUMENT:
                builders.append(Builder())
            else:
                builders[-1].take(event)
    except YamlError as fault:
        line, column = fault.span.start
        kind = TooLargeError if isinstance(fault, YamlBoundError) else UnreadableError
        raise kind(f"line {line}, column {column}: {fault.message}", fault.hint or "") from fault
    return tuple(builder.data for builder in builders)


# Enough of an undecodable or oversized file for the source line that is shown with the finding.
_EXCERPT = 256 * 1024


def _read_first(text: str) -> Builder:
    builder = Builder()
    documents = 0
    for event in events(text):
        documents += event.kind is Kind.DOCUMENT
        if documents > 1:
            hint = "remove this line and all that follows"
            builder.problems.append(Problem("RL004", "a second document is not allowed", event.span, hint=hint))
            break
        if event.kind is not Kind.DOCUMENT:
            builder.take(event)
    return builder


def _parse_error(fault: YamlError) -> Problem:
    return Problem("RL001", fault.message, fault.span, hint=fault.hint)
