"""The door to openapi-spec-validator: it carries the schemas of the OpenAPI specification.

Its validator is not used: it would follow references to files and servers (0.9.0).
"""

from typing import Any

from openapi_spec_validator import schemas

from linter.adapters.schema.general import check_value
from linter.model.quote import quoted
from linter.model.snapshot import UnreadableError

_SCHEMAS = {"2.0": "schema_v2", "3.0": "schema_v30", "3.1": "schema_v31", "3.2": "schema_v32"}


def check_openapi(value: Any) -> None:
    """Raise UnreadableError with a place for what is no OpenAPI document of a known version."""
    version = value.get("openapi", value.get("swagger")) if isinstance(value, dict) else None
    if version is None:
        raise UnreadableError("it has no `openapi` with the version of the format")
    minor = ".".join(str(version).split(".")[:2])
    if minor not in _SCHEMAS:
        raise UnreadableError(f"its format {quoted(str(version))} is none of {', '.join(_SCHEMAS)}")
    check_value(value, dict(getattr(schemas, _SCHEMAS[minor])))
