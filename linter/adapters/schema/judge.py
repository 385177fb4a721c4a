"""The door to jsonschema: what a schema says about a review file or a policy, as problems for people.

The schema itself is not checked here (26 ms of every commit), but by the tests.
"""

import copy
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from jsonschema.validators import extend, validator_for
from jsonschema_specifications import REGISTRY
from referencing import Registry

from linter.adapters.schema.missing import missing, missing_key
from linter.adapters.schema.unknown import unknown_keys
from linter.adapters.schema.values import invalid_values, traps, truths
from linter.adapters.schema.words import Violation, found
from linter.model.document import Document, Problem
from linter.model.finding import TOP
from linter.model.pointer import join, parent, split
from linter.model.pointer import resolve as value_at
from linter.model.schema import Schema, subschemas, types

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
    judged = document._replace(data=_changed(document.data, values))
    return _with(judged, [*filter(None, [other]), *_problems(judged, schema, texts)])


def first_violation(value: Any, schema: Schema) -> Violation | None:
    """The most telling of the first things that do not fit a schema of any draft; formats are not judged. Nothing is
    fetched. Raises RecursionError.
    """
    errors = validator_for(schema, Draft202012Validator)(schema, registry=REGISTRY).iter_errors(value)
    error = best_match(islice(errors, _MOST_COMPARED))
    return error and Violation(join("", *error.absolute_path), str(error.validator), error.instance, error.schema)


def metaschema(schema: Schema) -> Schema:
    """What a JSON schema has to fit itself: what its `$schema` names, else draft 2020-12."""
    found: Schema = validator_for(schema, Draft202012Validator).META_SCHEMA
    return found


_MOST_COMPARED = 50  # each error holds the text of the value concerned


class _Judge:
    """A schema, ready to judge values. Nothing is ever fetched: the registry is empty."""

    def __init__(self, schema: Schema) -> None:
        self._validator = _Validator(schema, registry=Registry(), format_checker=_FORMATS)

    def violations(self, data: Any) -> list[Violation]:
        """All that does not fit, in no particular order."""
        return [
            Violation(join("", *error.absolute_path), str(error.validator), error.instance, error.schema)
            for error in self._validator.iter_errors(data)
        ]

    def is_valid(self, value: Any, schema: Schema) -> bool:
        """Whether a value fits a subschema."""
        return bool(self._validator.evolve(schema=schema).is_valid(value))


def _is_number(_: object, value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


_TYPES = Draft202012Validator.TYPE_CHECKER.redefine("number", _is_number)
_Validator: Any = extend(Draft202012Validator, type_checker=_TYPES)  # type: ignore[no-untyped-call]
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    # Python 3.11 and later read 20260131 and 2026-W05-6 too.
    return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    scheme, _, rest = value.partition(":")
    is_scheme = scheme[:1].isalpha() and scheme.isascii() and not set(scheme) - _SCHEME
    return is_scheme and rest.strip("/") != "" and value.isprintable() and " " not in value


_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")


def _problems(document: Document, schema: Schema, texts: dict[str, str]) -> list[Problem]:
    judge = _Judge(schema)
    violations = judge.violations(document.data)
    unknown = unknown_keys(document, schema, violations)
    absent = {pointer: v for pointer, v in missing(violations).items() if pointer not in unknown.meant}
    mappings: dict[str, Any] = {pointer: {} for pointer in absent if "object" in types(subschemas(schema, pointer))}
    below: dict[str, list[str]] = {}
    for pointer in missing(judge.violations(_changed(document.data, mappings))) if mappings else ():
        below.setdefault(parent(pointer), []).append(split(pointer)[-1])
    return [
        *unknown.problems,
        *(missing_key(document, schema, pointer, v, below.get(pointer, [])) for pointer, v in absent.items()),
        *invalid_values(document, schema, violations, texts, judge.is_valid),
    ]


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


def _changed(data: Any, values: Mapping[str, Any]) -> Any:
    """A copy of the data with other values at some pointers."""
    changed = copy.deepcopy(data) if values else data
    for pointer, value in values.items():
        holder, key = value_at(changed, parent(pointer)), split(pointer)[-1]
        holder[int(key) if isinstance(holder, list) else key] = value
    return changed


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
