"""The figures of contents: each measured once, in this run or in an earlier one."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from linter.adapters.python.together import measure_ahead, measure_all
from linter.engine.known import keep_metrics, recall_metrics
from linter.model.memory import Memory
from linter.model.metrics import SourceMetrics, Unanalysable
from linter.model.progress import Progress, untold

BATCH = 4 << 20
"""Bytes of source that are measured between two words about it: half a second's work."""

_NOTHING = ((), tuple)


class Measurements:
    """By the id of the content; `with_indices`: always with the maintainability index. `progress` is told how many of
    the contents that are not known yet are measured.
    """

    def __init__(self, memory: Memory, with_indices: bool, progress: Progress = untold) -> None:
        self._memory = memory
        self._with_indices = with_indices
        self._progress = progress
        self._known: dict[str, SourceMetrics | Unanalysable] = {}
        self._awaited: tuple[Sequence[str], Callable[[], Sequence[SourceMetrics | Unanalysable]]] = _NOTHING

    def of(self, blob: str, content: bytes, with_index: bool = False) -> SourceMetrics | Unanalysable:
        self.prepare({blob: content}, with_index)
        return self._known[blob]

    def begin(self, contents: Mapping[str, bytes]) -> None:
        """Have contents measured by other cores, with their indices, while the run does something else, if they are as
        many as can be measured meanwhile.
        """
        unknown = {blob: content for blob, content in contents.items() if not self._is_known(blob, with_index=True)}
        begun = measure_ahead([*unknown.values()], with_maintainability=True)
        if begun:
            self._awaited = [*unknown], begun

    def prepare(self, contents: Mapping[str, bytes], with_index: bool = False) -> None:
        """Measure contents at once, so that asking for each of them takes no time."""
        self._collect()
        with_index = with_index or self._with_indices
        unknown = {blob: content for blob, content in contents.items() if not self._is_known(blob, with_index)}
        done = 0
        for batch in _batches(unknown):
            self._learn(batch, measure_all([unknown[blob] for blob in batch], with_index))
            done += len(batch)
            self._progress(done, len(unknown))

    def _collect(self) -> None:
        """Learn what is measured meanwhile."""
        blobs, answer = self._awaited
        self._awaited = _NOTHING
        self._learn(blobs, answer())

    def _learn(self, blobs: Sequence[str], measured: Sequence[SourceMetrics | Unanalysable]) -> None:
        for blob, metrics in zip(blobs, measured, strict=True):
            self._known[blob] = metrics
            keep_metrics(self._memory, blob, metrics)

    def _is_known(self, blob: str, with_index: bool) -> bool:
        if blob not in self._known and (recalled := recall_metrics(self._memory, blob)):
            self._known[blob] = recalled
        metrics = self._known.get(blob)
        has_no_index = isinstance(metrics, SourceMetrics) and metrics.maintainability_index is None
        return metrics is not None and not (with_index and has_no_index)


def _batches(contents: Mapping[str, bytes]) -> Iterator[list[str]]:
    """The ids of the contents, in their order, in lists of about as many bytes as a batch has."""
    batch: list[str] = []
    size = 0
    for blob, content in contents.items():
        batch.append(blob)
        size += len(content)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
