"""A review file, a policy or another of this project's files beside its schema, as problems for people.

The schema itself is not checked here (26 ms of every commit), but by the tests.
"""

from collections.abc import Iterable

from linter.adapters.schema.fit import fits
from linter.adapters.schema.values import traps, truths
from linter.adapters.schema.words import found
from linter.model.document import Document, Problem
from linter.model.finding import TOP
from linter.model.pointer import parent, replaced
from linter.model.schema import Schema

VERSION = 1
"""The version of the format that this release reads and writes."""


def check_schema(document: Document, schema: Schema) -> Document:
    """The document with RL003, RL006, RL007, RL008 and RL010 among its problems, sorted by place.

    `schema` is a JSON schema (draft 2020-12) with `x-expected`, `x-requirement` and `x-because`. Where RL003 says that
    a text needs quotes, `data` has the text. A document that could not be read is returned as it is.
    """
    if not document.marks:
        return document
    if not isinstance(document.data, dict):
        return _with(document, [_no_mapping(document)])
    other = _other_version(document)
    if other and not other.fixable:
        return _with(document, [other])
    texts = traps(document, schema)
    values = {**texts, **truths(document, schema), **({"/version": VERSION} if other else {})}
    judged = document._replace(data=replaced(document.data, values))
    return _with(judged, [*filter(None, [other]), *_problems(judged, schema, texts)])


def _problems(document: Document, schema: Schema, texts: dict[str, str]) -> list[Problem]:
    if not texts and fits(document.data, schema):
        return []
    # jsonschema takes 60 ms to import: only those pay for it whose file has something that does not fit.
    from linter.adapters.schema.judge import problems_of  # noqa: PLC0415

    return problems_of(document, schema, texts)


def _no_mapping(document: Document) -> Problem:
    if document.data is None:
        return Problem("RL008", "the file is empty", TOP, hint="remove it, and `review-lint init` writes a first one")
    message = f"expected keys and values such as `version: 1`, found {found(document.data, document.marks[''].plain)}"
    return Problem(
        "RL008", message, document.marks[""].value, hint="`review-lint schema review` shows the whole format"
    )


def _other_version(document: Document) -> Problem | None:
    """RL010; fixable if the file can be read as it is."""
    version = document.data.get("version")
    if type(version) is not int or version < 0 or version == VERSION:
        return None
    span, pointer = document.span("/version"), "/version"
    if version < VERSION:
        hint = f"`review-lint migrate` writes `version: {VERSION}`; nothing else differs"
        message = f"version {version} is the draft of the format"
        return Problem("RL010", message, span, pointer, hint, fixable=True, data={"candidates": [VERSION]})
    message = f"this review-lint reads version {VERSION}, the file has version {version}"
    return Problem("RL010", message, span, pointer, "upgrade review-lint; until then nothing else is checked")


def _with(document: Document, problems: Iterable[Problem]) -> Document:
    refused = {problem.pointer for problem in document.problems}
    repeated = {problem.pointer for problem in document.problems if problem.rule == "RL002"}
    own = [p for p in problems if not _is_consequence(p, document, refused, repeated)]
    ordered = sorted(
        (*document.problems, *own), key=lambda problem: (problem.span.start, problem.rule, problem.message)
    )
    return document._replace(problems=tuple(ordered))


def _is_consequence(problem: Problem, document: Document, refused: set[str], repeated: set[str]) -> bool:
    """Whether it comes from what the reader refused: a repeated key, or what an alias or a merge key brought in."""
    place = parent(problem.pointer) if problem.rule == "RL007" else problem.pointer
    if place not in document.marks or (problem.rule in ("RL003", "RL008") and place in refused):
        return True
    keys = problem.pointer.split("/")
    return bool(repeated) and any("/".join(keys[:end]) in repeated for end in range(2, len(keys) + 1))
