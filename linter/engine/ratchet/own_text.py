"""The text of each function without that of the functions and classes inside it."""

from collections.abc import Mapping

from linter.engine.ratchet.matching import Block
from linter.model.comparison import Source
from linter.model.metrics import FunctionMetrics, SourceMetrics

OwnText = tuple[str, ...]


def own_texts(source: Source) -> Mapping[str, OwnText]:
    """The own lines of every function by its symbol, decorators included, without blank lines and without the
    indentation of its first line: equal texts are the same code, wherever it stands.
    """
    if not isinstance(source.metrics, SourceMetrics):
        return {}
    lines = source.text.split("\n")
    owned: dict[str, list[str]] = {function.symbol: [] for function in source.metrics.functions}
    indents = {function.symbol: _indent(lines, function) for function in source.metrics.functions}
    for line, owner in zip(lines, _owners(source.metrics, len(lines)), strict=True):
        if owner and line.strip():
            owned[owner].append(line.removeprefix(indents[owner]))
    return {symbol: tuple(text) for symbol, text in owned.items()}


class Texts:
    """The own texts of the functions of many files, each file looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Mapping[str, OwnText]] = {}

    def differ(self, new: Block, old: Block | None) -> bool:
        """Whether the own text of a function differs from that of the one it comes from; yes if it comes from none."""
        if old is None:
            return True
        if new.source.blob == old.source.blob and new.metrics == old.metrics:
            return False
        return self._of(new) != self._of(old)

    def _of(self, block: Block) -> OwnText:
        key = (block.source.path, block.source.blob)
        if key not in self._known:
            self._known[key] = own_texts(block.source)
        return self._known[key][block.metrics.symbol]


def _owners(metrics: SourceMetrics, count: int) -> list[str | None]:
    """The innermost function of every line; functions come in the order of their text, so that inner ones overwrite."""
    owners: list[str | None] = [None] * count
    for function in metrics.functions:
        stretch = range(function.first_line - 1, min(function.end_line, count))
        owners[stretch.start : stretch.stop] = [function.symbol] * len(stretch)
    return owners


def _indent(lines: list[str], function: FunctionMetrics) -> str:
    line = lines[function.line - 1] if function.line <= len(lines) else ""
    return line[: len(line) - len(line.lstrip())]
