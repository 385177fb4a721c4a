"""The figures of contents: each measured once, in this run or in an earlier one."""

from collections.abc import Mapping

from linter.adapters.python.together import measure_all
from linter.engine.known import keep_metrics, recall_metrics
from linter.model.memory import Memory
from linter.model.metrics import SourceMetrics, Unanalysable


class Measurements:
    """By the id of the content; `with_indices`: always with the maintainability index."""

    def __init__(self, memory: Memory, with_indices: bool) -> None:
        self._memory = memory
        self._with_indices = with_indices
        self._known: dict[str, SourceMetrics | Unanalysable] = {}

    def of(self, blob: str, content: bytes, with_index: bool = False) -> SourceMetrics | Unanalysable:
        self.prepare({blob: content}, with_index)
        return self._known[blob]

    def prepare(self, contents: Mapping[str, bytes], with_index: bool = False) -> None:
        """Measure contents at once, so that asking for each of them takes no time."""
        with_index = with_index or self._with_indices
        unknown = {blob: content for blob, content in contents.items() if not self._is_known(blob, with_index)}
        for blob, metrics in zip(unknown, measure_all([*unknown.values()], with_index), strict=True):
            self._known[blob] = metrics
            keep_metrics(self._memory, blob, metrics)

    def _is_known(self, blob: str, with_index: bool) -> bool:
        if blob not in self._known and (recalled := recall_metrics(self._memory, blob)):
            self._known[blob] = recalled
        metrics = self._known.get(blob)
        has_no_index = isinstance(metrics, SourceMetrics) and metrics.maintainability_index is None
        return metrics is not None and not (with_index and has_no_index)
