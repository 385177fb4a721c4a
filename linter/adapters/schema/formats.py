"""What the formats and numbers of this project's schemas are."""

from datetime import date
from math import isfinite


def is_number(value: object) -> bool:
    """Whether a value is a number that JSON can write."""
    return not isinstance(value, bool) and (isinstance(value, int) or (isinstance(value, float) and isfinite(value)))


def is_date(value: object) -> bool:
    """Whether a text is a day, YYYY-MM-DD; anything else but a text is none of the format's business."""
    # Python 3.11 and later read 20260131 and 2026-W05-6 too.
    try:
        return not isinstance(value, str) or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    scheme, _, rest = value.partition(":")
    is_scheme = scheme[:1].isalpha() and scheme.isascii() and not set(scheme) - _SCHEME
    return is_scheme and rest.strip("/") != "" and value.isprintable() and " " not in value


_SCHEME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.")

FORMATS = {"date": is_date, "uri": is_uri}
