"""The digest of a sign-off: what exactly was signed, so that a change of substance shows.

`sha256:` and the hexadecimal SHA-256 of the RFC 8785 canonical JSON of `{"sections": {name: value}, "evidence": {path:
id}}`. A section's value is as written, less its `status` and, at any depth, the keys of REPEATED; an absent section is
null. An id is the hexadecimal SHA-256 of a file's bytes, null where the file is missing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

REPEATED = frozenset(("ran_on", "restored_on", "tested_on", "checked", "achieved", "p99_ms"))
"""What a repeated test brings: it makes no sign-off stale."""

_MAX_PLAIN_DIGITS = 21
_MIN_PLAIN_POINT = -6
"""Between 1e-7 and 1e21, both excluded, ECMAScript writes numbers without an exponent (Number::toString)."""


def digest(sections: Mapping[str, Any], evidence: Mapping[str, str | None]) -> str:
    """The digest of the substance of some sections and the ids of the files that they cite.

    Raises ValueError for a value that JSON does not have.
    """
    text = canonical({"sections": dict(sections), "evidence": dict(evidence)})
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def substance(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What of some sections of a review file is signed."""
    return {name: _less(data.get(name), REPEATED | {"status"}) for name in names}


def file_id(content: bytes) -> str:
    """What stands for a file's content."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: Any) -> str:
    """A value of JSON as RFC 8785 writes it.

    Raises ValueError for numbers that are not finite or beyond the range of a double, for half a character (UTF-8 has
    no such thing), and for what is no value of JSON.
    """
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(inner)}" for key, inner in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        value.encode()
        return _text(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return _number(value)
    raise ValueError(f"{type(value).__name__} is no value of JSON")


def _text(value: str) -> str:
    # json takes 6 ms to import, which a commit without sign-offs need not pay.
    import json  # noqa: PLC0415

    return json.dumps(value, ensure_ascii=False)


def _less(section: Any, keys: frozenset[str]) -> Any:
    """A value without some keys; below it only those of REPEATED are left out."""
    if isinstance(section, dict):
        return {key: _less(value, REPEATED) for key, value in section.items() if key not in keys}
    return [_less(item, REPEATED) for item in section] if isinstance(section, list) else section


def _number(value: float) -> str:
    """A number as ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20) writes the double nearest to it."""
    try:
        double = float(value)
    except OverflowError as error:
        raise ValueError("a number beyond the range of a double") from error
    if not isfinite(double):
        raise ValueError(f"{double} is no number of JSON")
    if double == 0:
        return "0"
    # Both repr and ECMAScript take the shortest digits that lead back to the double.
    mantissa, _, exponent = repr(abs(double)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) if whole != "0" else len(digits) - len(fraction) + int(exponent or 0)
    return "-" * (double < 0) + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Digits whose decimal point stands behind so many of them."""
    if len(digits) <= point <= _MAX_PLAIN_DIGITS:
        return digits.ljust(point, "0")
    if 0 < point <= _MAX_PLAIN_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if _MIN_PLAIN_POINT < point <= 0:
        return "0." + "0" * -point + digits
    rest = "." + digits[1:] if digits[1:] else ""
    return f"{digits[0]}{rest}e{point - 1:+}"
