"""Reports and figures as bytes, and back: what is unpacked equals what was packed.

The bytes are compressed JSON. A value type whose fields are plain is an array of them, as most are in the figures of
functions, or its name and them where it is one of several; another one is an object of its fields without those that
have their defaults. So a field with a default may be added behind the others without touching what is kept.
"""

import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from linter.errors import StoreError

_FAST = 1
"""The level of zlib that takes a third of the time of the usual one, for a tenth more bytes."""

_MAX_PLAIN = 1 << 63
"""Python writes no decimal numbers of more than 4,300 digits; YAML has them in hexadecimal."""

Value = TypeVar("Value")


class Content(NamedTuple):
    """The bytes that stand for a value, and a digest that is equal for equal values."""

    data: bytes
    digest: str


def packed(kind: type[Value], value: Value) -> Content:
    """The content of a value of a type of the model (a named tuple)."""
    text = json.dumps(_codec(kind).encode(value), separators=(",", ":"), ensure_ascii=False)
    # Half characters stand for bytes of paths that are not UTF-8.
    data = text.encode("utf-8", "surrogatepass")
    return Content(zlib.compress(data, _FAST), hashlib.sha256(data).hexdigest())


def unpacked(kind: type[Value], data: bytes) -> Value:
    """The value that was packed. Raises StoreError where the bytes are damaged."""
    try:
        value: Value = _codec(kind).decode(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"a {kind.__name__} in the store is damaged", "put back a copy of the store, or scan again"
        ) from error
    return value


class _Codec(NamedTuple):
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


_CODECS: dict[Any, _Codec] = {}


def _codec(kind: Any) -> _Codec:
    """How values of a type are written and read."""
    known = _CODECS.get(kind)
    if known is None:
        known = _CODECS[kind] = _made(kind)
    return known


def _made(kind: Any) -> _Codec:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Any or origin is Mapping:
        return _Codec(_tagged, _untagged)
    if origin in (Union, types.UnionType):
        return _of_union([argument for argument in arguments if argument is not types.NoneType])
    if origin is tuple:
        return _sequence(_codec(arguments[0])) if arguments[-1] is Ellipsis else _row(tuple(map(_codec, arguments)))
    if issubclass(kind, Enum):
        return _Codec(lambda value: value.value, kind)
    if hasattr(kind, "_fields"):
        return _record(kind)
    return _PLAIN


def _of_union(kinds: list[Any]) -> _Codec:
    """Of one type or None, or of one of several types."""
    return _optional(_codec(kinds[0])) if len(kinds) == 1 else _choice({kind.__name__: kind for kind in kinds})


def _same(value: Any) -> Any:
    return value


_PLAIN = _Codec(_same, _same)
"""Of what JSON has itself."""


def _optional(inner: _Codec) -> _Codec:
    if inner is _PLAIN:
        return _PLAIN
    return _Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _choice(kinds: dict[str, Any]) -> _Codec:
    """A text, or one of several value types: an array of its name and its fields."""
    fields = {name: _fields(kind) for name, kind in kinds.items() if kind is not str}
    plain = {name for name, codecs in fields.items() if all(codec is _PLAIN for codec in codecs)}

    def encode(value: Any) -> Any:
        name = type(value).__name__
        if name == "str":
            return value
        return [name, *(codec.encode(one) for codec, one in zip(fields[name], value, strict=True))]

    def decode(value: Any) -> Any:
        if isinstance(value, str):
            return value
        name, *values = value
        if name in plain:
            return kinds[name](*values)
        # An older release may have written fewer.
        return kinds[name](*(codec.decode(one) for codec, one in zip(fields[name], values, strict=False)))

    return _Codec(encode, decode)


def _sequence(inner: _Codec) -> _Codec:
    if inner is _PLAIN:
        return _Codec(list, tuple)
    return _Codec(lambda values: list(map(inner.encode, values)), lambda values: tuple(map(inner.decode, values)))


def _row(columns: tuple[_Codec, ...]) -> _Codec:
    return _Codec(
        lambda values: [column.encode(value) for column, value in zip(columns, values, strict=True)],
        lambda values: tuple(column.decode(value) for column, value in zip(columns, values, strict=True)),
    )


def _fields(kind: Any) -> tuple[_Codec, ...]:
    hints = get_type_hints(kind)
    return tuple(_codec(hints[name]) for name in kind._fields)


def _record(kind: Any) -> _Codec:
    codecs = dict(zip(kind._fields, _fields(kind), strict=True))
    if all(codec is _PLAIN for codec in codecs.values()):
        return _Codec(_same, lambda values: kind(*values))
    defaults = kind._field_defaults
    missing = object()

    def encode(value: Any) -> dict[str, Any]:
        members = zip(kind._fields, value, strict=True)
        return {name: codecs[name].encode(inner) for name, inner in members if inner != defaults.get(name, missing)}

    decoders = [(name, codec.decode) for name, codec in codecs.items() if codec is not _PLAIN]

    def decode(value: dict[str, Any]) -> Any:
        for name, decoder in decoders:
            if name in value:
                value[name] = decoder(value[name])
        return kind(**value)

    return _Codec(encode, decode)


def _tagged(value: Any) -> Any:
    """A value of no stated type: what JSON does not tell apart is an object with one key."""
    if isinstance(value, Mapping):
        return {"mapping": [[_tagged(key), _tagged(inner)] for key, inner in value.items()]}
    if isinstance(value, tuple):
        return {"tuple": list(map(_tagged, value))}
    if isinstance(value, list):
        return list(map(_tagged, value))
    if type(value) is int and abs(value) >= _MAX_PLAIN:
        return {"integer": hex(value)}
    return value


def _untagged(value: Any) -> Any:
    if isinstance(value, list):
        return list(map(_untagged, value))
    if not isinstance(value, dict):
        return value
    ((tag, inner),) = value.items()
    if tag == "mapping":
        return {_untagged(key): _untagged(item) for key, item in inner}
    return tuple(map(_untagged, inner)) if tag == "tuple" else int(inner, 16)
