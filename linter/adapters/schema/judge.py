"""The door to jsonschema: what a schema says about a review file or a policy, as problems for people.

The schema itself is not checked here (26 ms of every commit), but by the tests.
"""

from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from jsonschema.validators import extend, validator_for
from jsonschema_specifications import REGISTRY
from referencing import Registry

from linter.adapters.schema.formats import FORMATS, is_number
from linter.adapters.schema.missing import missing, missing_key
from linter.adapters.schema.unknown import unknown_keys
from linter.adapters.schema.values import invalid_values
from linter.adapters.schema.words import Violation
from linter.model.document import Document, Problem
from linter.model.pointer import join, parent, replaced, split
from linter.model.schema import Schema, subschemas, types


def problems_of(document: Document, schema: Schema, texts: dict[str, str]) -> list[Problem]:
    """What a schema says about a document that could be read, in no particular order: RL003, RL006, RL007, RL008.

    `schema` is a JSON schema (draft 2020-12) with `x-expected`, `x-requirement` and `x-because`. Where RL003 says that
    a text (one of `texts`, by pointer) needs quotes, `data` has the text.
    """
    judge = _Judge(schema)
    violations = judge.violations(document.data)
    unknown = unknown_keys(document, schema, violations)
    absent = {pointer: v for pointer, v in missing(violations).items() if pointer not in unknown.meant}
    mappings: dict[str, Any] = {pointer: {} for pointer in absent if "object" in types(subschemas(schema, pointer))}
    below: dict[str, list[str]] = {}
    for pointer in missing(judge.violations(replaced(document.data, mappings))) if mappings else ():
        below.setdefault(parent(pointer), []).append(split(pointer)[-1])
    return [
        *unknown.problems,
        *(missing_key(document, schema, pointer, v, below.get(pointer, [])) for pointer, v in absent.items()),
        *invalid_values(document, schema, violations, texts, judge.is_valid),
    ]


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


_TYPES = Draft202012Validator.TYPE_CHECKER.redefine("number", lambda _, value: is_number(value))
_Validator: Any = extend(Draft202012Validator, type_checker=_TYPES)  # type: ignore[no-untyped-call]
_FORMATS = FormatChecker(formats=())
for _name, _check in FORMATS.items():
    _FORMATS.checks(_name)(_check)
