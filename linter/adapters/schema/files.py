"""The JSON schemas that the package carries."""

import json
import os
from functools import cache
from typing import Any

from linter.adapters.files import carried_folder
from linter.errors import UsageError

_SUFFIX = ".schema.json"


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The schema of that name ("review", "report", …), shared: not to be changed. Raises UsageError."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


def schema_text(name: str) -> str:
    """The text of the schema of that name. Raises UsageError when there is none."""
    if name not in schema_names():
        raise UsageError(f"there is no schema {name!r}", f"there are: {', '.join(schema_names())}")
    with open(os.path.join(carried_folder("schemas"), name + _SUFFIX), encoding="utf-8") as file:
        return file.read()


@cache
def schema_names() -> tuple[str, ...]:
    """The names of all schemas, sorted."""
    files = sorted(os.listdir(carried_folder("schemas")))
    return tuple(file.removesuffix(_SUFFIX) for file in files if file.endswith(_SUFFIX))
