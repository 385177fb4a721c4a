"""JSON pointers (RFC 6901), the addresses of values in a REVIEW.yaml. The document itself is the empty pointer."""

from collections.abc import Iterable, Mapping
from typing import Any


def join(pointer: str, *keys: str | int) -> str:
    """The pointer to what stands below `pointer` under `keys`."""
    return pointer + "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in keys)


def split(pointer: str) -> list[str]:
    """The unescaped keys of a pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def dotted(pointer: str) -> str:
    """The pointer as people write it: `/clarity/use_cases/0/actor` is `clarity.use_cases[0].actor`."""
    return "".join(f"[{key}]" if key.isdecimal() else f".{key}" for key in split(pointer)).lstrip(".")


def parent(pointer: str) -> str:
    """The pointer one level up; the document's own parent is the document."""
    return pointer.rpartition("/")[0]


def resolve(data: Any, pointer: str, default: Any = None) -> Any:
    """The value that `pointer` addresses in `data`, or `default` where there is none."""
    value = data
    for key in split(pointer):
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return default
    return value


def stable(data: Any, pointer: str) -> str:
    """The pointer with list items named by their `id` or `name` where they have one, so that it survives reordering."""
    value, keys = data, []
    for key in split(pointer):
        item = resolve(value, join("", key))
        keys.append(_name(item) if isinstance(value, list) and _name(item) else key)
        value = item
    return join("", *keys)


def _name(item: Any) -> str:
    names: Iterable[Any] = (item.get("id"), item.get("name")) if isinstance(item, dict) else ()
    return next((name for name in names if isinstance(name, str)), "")


def replaced(data: Any, values: Mapping[str, Any]) -> Any:
    """A copy of the data with other values at some pointers."""
    import copy  # noqa: PLC0415 - hardly any file has a value to replace

    changed = copy.deepcopy(data) if values else data
    for pointer, value in values.items():
        holder, key = resolve(changed, parent(pointer)), split(pointer)[-1]
        holder[int(key) if isinstance(holder, list) else key] = value
    return changed
