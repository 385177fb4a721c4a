"""Small programs of a chosen complexity, and versions of files measured as the tool measures them."""

import hashlib
from collections.abc import Iterable, Mapping

from linter.adapters.python.decoding import decode
from linter.adapters.python.metrics import measure
from linter.adapters.python.shape import shapes
from linter.engine.ratchet.judge import judge
from linter.model.comparison import BaseSide, JudgedFunction, PathLimits, Source
from linter.model.metrics import COMPLEXITY, Shape


def branches(count: int, key: str = "a", indent: str = "    ") -> str:
    """`count` decision points, two statements each; two keys have no statement in common."""
    return "".join(f"{indent}if {key} == {i}:\n{indent}    {key} = '{key}{i}'\n" for i in range(count))


def function(name: str, complexity: int, key: str = "a") -> str:
    """A function at module level of that complexity."""
    return f"def {name}({key}):\n{branches(complexity - 1, key)}    return {key}\n"


def source(path: str, text: str | bytes) -> Source:
    """One measured version of a file."""
    data = text.encode() if isinstance(text, str) else text
    return Source(path, hashlib.sha1(data, usedforsecurity=False).hexdigest(), decode(data), measure(data))


def shapes_of(version: Source) -> Mapping[str, Shape]:
    """The shapes of a version made by `source` from text."""
    return shapes(version.text.encode())


def side(files: Mapping[str, str | bytes], revision: str = "base") -> BaseSide:
    """A base with those files."""
    return BaseSide(revision, {path: source(path, text) for path, text in files.items()})


def default_limits(path: str) -> PathLimits:
    """The limits that apply without a review file, the same everywhere."""
    return PathLimits()


def judged(
    change: Mapping[str, str | bytes],
    *bases: Mapping[str, str | bytes],
    limits: PathLimits | None = None,
    metric: str = COMPLEXITY,
) -> dict[str, JudgedFunction]:
    """The functions of a change by `path:symbol`, judged by one figure, modules left out where they are within the
    limit.
    """
    allowed = limits or PathLimits()
    sources = [source(path, text) for path, text in sorted(change.items())]
    sides = [side(files, f"base{index}") for index, files in enumerate(bases)]
    found = [item for item in judge(sources, sides, lambda path: allowed, shapes_of, change) if item.metric == metric]
    return {f"{item.path}:{item.metrics.symbol}": item for item in _without_plain_modules(found)}


def _without_plain_modules(functions: Iterable[JudgedFunction]) -> Iterable[JudgedFunction]:
    return (item for item in functions if item.metrics.kind == "function" or item.is_above)
