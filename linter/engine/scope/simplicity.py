"""The settings for code that a review file holds. Only what is valid counts; the rest is found fault with elsewhere."""

from typing import Any

from linter.model.document import Document
from linter.model.glob import Globs
from linter.model.policy import Limits
from linter.model.simplicity import LIMITS_OF_CODE, LIMITS_OF_TESTS, MODES, Override, Simplicity

DEFAULTS = Simplicity()

MAY_BE_ZERO = ("maintainability_index_min", "arguments", "nesting")
"""Every other limit is 1 or more, as the schema has it."""

TOLERANCE, MODE = "legacy_tolerance", "mode"


def settings_of(document: Document | None, defaults: Simplicity = DEFAULTS) -> Simplicity:
    """The settings of a review file; what it does not say, or says in an invalid way, is as in `defaults`, and so is
    what exceeds their bounds. None (no file covers the code) and a file that could not be read leave the defaults.
    """
    if document is None:
        return defaults
    section = document.section("simplicity")
    given = given_by(document)
    return Simplicity(
        folder=document.folder,
        limits=defaults.limits._replace(**_limits(section.get("limits"))),
        test_limits=defaults.test_limits._replace(**_limits(section.get("test_limits"))),
        overrides=tuple(_override(item) for item in _items(section.get("overrides"))),
        legacy_tolerance=defaults.bounded(TOLERANCE, given.get(TOLERANCE, defaults.legacy_tolerance)),
        mode=defaults.bounded(MODE, given.get(MODE, defaults.mode)),
        tests=_tests(document) or defaults.tests,
        generated=globs_of(section.get("generated")) or defaults.generated,
        bounds=defaults.bounds,
    )


def given_by(document: Document) -> dict[str, Any]:
    """The valid settings of a review file's own, by their names in `simplicity`: `limits.nesting`, `mode` and so on."""
    section = document.section("simplicity")
    kinds = (LIMITS_OF_CODE, LIMITS_OF_TESTS)
    given: dict[str, Any] = {f"{kind}.{key}": v for kind in kinds for key, v in _limits(section.get(kind)).items()}
    tolerance, mode = _whole(section.get(TOLERANCE), 0, -1), section.get(MODE)
    if tolerance >= 0:
        given[TOLERANCE] = tolerance
    if mode in MODES:
        given[MODE] = mode
    return given


def globs_of(value: Any) -> Globs | None:
    """The globs of a list, without what is no text; None where nothing is left."""
    patterns = tuple(item for item in value if isinstance(item, str) and item) if isinstance(value, list) else ()
    return Globs(patterns) if patterns else None


def _tests(document: Document) -> Globs | None:
    unit_tests = document.section("preparation").get("unit_tests")
    return globs_of(unit_tests.get("paths")) if isinstance(unit_tests, dict) else None


def _override(item: dict[str, Any]) -> Override:
    return Override(globs_of(item.get("paths")) or Globs(), tuple(_limits(item.get("limits")).items()))


def _limits(value: Any) -> dict[str, int]:
    """The valid limits that a mapping gives."""
    if not isinstance(value, dict):
        return {}
    given = {key: _whole(value.get(key), int(key not in MAY_BE_ZERO), -1) for key in Limits._fields}
    return {key: limit for key, limit in given.items() if limit >= 0}


def _whole(value: Any, least: int, default: int) -> int:
    """`value` if it is a whole number (1.0 is one, as in JSON Schema; a boolean is none) of at least `least`."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    return int(value) if is_whole and value >= least else default


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
