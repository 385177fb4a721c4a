"""Any value against any JSON schema, and schemas against their own: the first thing that does not fit, in words."""

from typing import Any

from linter.adapters.schema.judge import first_violation, metaschema
from linter.adapters.schema.words import Violation, expected, found
from linter.model.quote import listed, named, shown
from linter.model.schema import Schema
from linter.model.snapshot import TooLargeError, UnreadableError


def check_value(value: Any, schema: Schema) -> None:
    """Raise UnreadableError with a JSON pointer for what does not fit, TooLargeError for what is nested too deeply."""
    try:
        violation = first_violation(value, schema)
    except RecursionError as error:
        raise TooLargeError("it is nested too deeply") from error
    if violation is not None:
        raise UnreadableError(f"at {shown(violation.pointer) or 'its top'}: {_said(violation)}")


def check_metaschema(value: Any) -> None:
    """Raise UnreadableError or TooLargeError like `check_value` for what is no JSON schema."""
    if isinstance(value, bool):
        return
    if not isinstance(value, dict) or not isinstance(value.get("$schema", ""), str):
        raise UnreadableError(f"at its top: expected a JSON schema, found {found(value, None)}")
    check_value(value, metaschema(value))


def _said(violation: Violation) -> str:
    if violation.keyword == "required" and isinstance(violation.value, dict):
        return (
            f"{listed([named(key) for key in violation.schema['required'] if key not in violation.value])} is missing"
        )
    if violation.keyword == "additionalProperties" and isinstance(violation.value, dict):
        return f"{listed([named(key) for key in violation.unknown()][:3])} does not belong there"
    if violation.keyword == "unevaluatedProperties":
        return "it has a key that does not belong there"
    if not _TELLING.intersection(violation.schema):
        return f"{found(violation.value, None)} does not fit there"
    return f"expected {expected(violation.schema)}, found {found(violation.value, None)}"


_TELLING = frozenset(("enum", "type", "x-expected"))
"""Keywords from which it can be told what is expected."""
