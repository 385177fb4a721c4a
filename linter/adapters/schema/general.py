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
    if isinstance(violation.value, dict):
        about_keys = _missing(violation) or _unknown(violation)
        if about_keys:
            return about_keys
    if not _TELLING.intersection(violation.schema):
        return f"{found(violation.value, None)} does not fit there"
    return f"expected {expected(violation.schema)}, found {found(violation.value, None)}"


def _missing(violation: Violation) -> str:
    if violation.keyword == "required":
        keys = [named(key) for key in violation.schema["required"] if key not in violation.value]
        return f"{listed(keys)} {'is' if len(keys) == 1 else 'are'} missing"
    if violation.keyword == "anyOf" and all(list(choice) == ["required"] for choice in violation.schema["anyOf"]):
        choices = [listed([named(key) for key in choice["required"]]) for choice in violation.schema["anyOf"]]
        return f"{listed(choices, 'or')} is missing"
    return ""


def _unknown(violation: Violation) -> str:
    if violation.keyword == "additionalProperties":
        keys = [named(key) for key in violation.unknown()][:3]
        return f"{listed(keys)} {'does' if len(keys) == 1 else 'do'} not belong there"
    return "it has a key that does not belong there" if violation.keyword == "unevaluatedProperties" else ""


_TELLING = frozenset(("enum", "type", "x-expected"))
"""Keywords from which it can be told what is expected."""
