"""The measured versions of source files, each read and measured once per run."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from linter.adapters.python.decoding import decode
from linter.engine.code.measurements import Measurements
from linter.engine.code.sources import SHEBANG, SIZE_LIMIT, is_python_by_name, is_python_script, may_be_script
from linter.model.comparison import Source
from linter.model.duplicates import Likeness
from linter.model.memory import NO_MEMORY, Memory
from linter.model.metrics import Shape, SourceMetrics, Unanalysable
from linter.model.progress import Progress, untold
from linter.model.snapshot import Entry, Snapshot, TooLargeError, UnreadableError, blob_id

UNKNOWN_BLOB = ""

MOST_AHEAD = 100
"""Files; so many are more than other cores measure while a run is busy otherwise."""


class Library:
    """Sources by path and content: a version that several bases hold is measured once."""

    def __init__(
        self, like: str = "", with_indices: bool = False, memory: Memory = NO_MEMORY, progress: Progress = untold
    ) -> None:
        """`like` is any object id of the repository: it tells the kind of its hashes. `with_indices`: every file is
        measured with its maintainability index. `memory` knows what earlier runs measured, `progress` hears of
        what is measured now.
        """
        self._like = like
        self._measurements = Measurements(memory, with_indices, progress)
        self._ahead: dict[Entry, bytes] = {}
        self._sources: dict[tuple[str, str], Source | None] = {}
        self._contents: dict[tuple[str, str], bytes] = {}
        self._likenesses: dict[tuple[str, str], Mapping[str, Likeness]] = {}
        self._shapes: dict[tuple[str, str], Mapping[str, Shape]] = {}

    def begin(self, snapshot: Snapshot, entries: Iterable[Entry]) -> None:
        """Have files measured by other cores, with their maintainability indices, while the run does something else; or
        not, where that would not be worth its while.
        """
        entries = list(entries)
        if len(entries) <= MOST_AHEAD:
            self._measurements.begin(self._read_ahead(snapshot, entries))

    def prepare(self, snapshot: Snapshot, entries: Iterable[Entry], with_index: bool = False) -> None:
        """Read and measure many files at once, so that asking for each of them takes no time."""
        self._measurements.prepare(self._read_ahead(snapshot, entries), with_index)

    def source(self, snapshot: Snapshot, entry: Entry, with_index: bool = False) -> Source | None:
        """The measured file behind an entry (with its maintainability index); None when it is no Python source."""
        if not (is_python_by_name(entry) or may_be_script(entry)):
            return None
        if entry.blob is None or (entry.path, entry.blob) not in self._sources:
            return self._read(snapshot, entry, with_index)
        return self._sources[entry.path, entry.blob]

    def index(self, source: Source) -> float | None:
        """The maintainability index of a source, None for what cannot be analysed; measured again if need be."""
        if isinstance(source.metrics, SourceMetrics) and source.metrics.maintainability_index is None:
            measured = self._measurements.of(source.blob, self._contents[source.path, source.blob], with_index=True)
        else:
            measured = source.metrics
        return measured.maintainability_index if isinstance(measured, SourceMetrics) else None

    def text(self, snapshot: Snapshot, entry: Entry) -> str:
        """The text of a file, without measuring it; empty for what cannot be read or decoded."""
        key = (entry.path, entry.blob or UNKNOWN_BLOB)
        if key in self._contents:
            return decode(self._contents[key])
        try:
            content = snapshot.read(entry, SIZE_LIMIT)
        except UnreadableError:
            return ""
        if entry.blob:
            self._contents[key] = content
        return decode(content)

    def python_text(self, snapshot: Snapshot, entry: Entry) -> str | None:
        """The text of a Python source, without measuring it; None for what is none."""
        is_named = is_python_by_name(entry)
        text = self.text(snapshot, entry) if is_named or may_be_script(entry) else ""
        return text if is_named or is_python_script(text) else None

    def shapes(self, source: Source) -> Mapping[str, Shape]:
        """The shapes of a source's functions, by symbol."""
        key = (source.path, source.blob)
        if key not in self._shapes:
            # Most runs have nothing above a limit, and nothing that may be a copy.
            from linter.adapters.python.shape import shapes  # noqa: PLC0415

            self._shapes[key] = shapes(self._contents[key])
        return self._shapes[key]

    def likenesses(self, source: Source) -> Mapping[str, Likeness]:
        """The likenesses of a source's functions, by symbol."""
        key = (source.path, source.blob)
        if key not in self._likenesses:
            from linter.adapters.python.likeness import likenesses  # noqa: PLC0415

            self._likenesses[key] = likenesses(self._contents[key]) if key in self._contents else {}
        return self._likenesses[key]

    def _read_ahead(self, snapshot: Snapshot, entries: Iterable[Entry]) -> dict[str, bytes]:
        """The contents that nobody has asked for yet, by their ids."""
        for entry in entries:
            is_new = entry not in self._ahead and (entry.path, entry.blob) not in self._sources
            if is_new and is_python_by_name(entry):
                # What cannot be read is told to whoever asks for it.
                with suppress(UnreadableError):
                    self._ahead[entry] = snapshot.read(entry, SIZE_LIMIT)
        return {self._blob(entry, content): content for entry, content in self._ahead.items()}

    def _read(self, snapshot: Snapshot, entry: Entry, with_index: bool) -> Source | None:
        try:
            content = self._ahead.pop(entry, None) or snapshot.read(entry, SIZE_LIMIT)
        except UnreadableError as error:
            return self._unreadable(entry, error)
        if not entry.blob and not is_python_by_name(entry) and not _is_script(content):
            return None  # without its name: a hash takes longer than a look at the first line
        blob = self._blob(entry, content)
        key = (entry.path, blob)
        if key not in self._sources:
            self._sources[key] = self._measure(entry, blob, content, with_index)
        return self._sources[key]

    def _measure(self, entry: Entry, blob: str, content: bytes, with_index: bool) -> Source | None:
        if not is_python_by_name(entry) and not _is_script(content):
            return None
        self._contents[entry.path, blob] = content
        return Source(entry.path, blob, decode(content), self._measurements.of(blob, content, with_index))

    def _blob(self, entry: Entry, content: bytes) -> str:
        return entry.blob or blob_id(content, self._like)

    def _unreadable(self, entry: Entry, error: UnreadableError) -> Source | None:
        if not is_python_by_name(entry):
            return None
        reason = f"is larger than {SIZE_LIMIT >> 20} MiB" if isinstance(error, TooLargeError) else str(error)
        return Source(entry.path, entry.blob or UNKNOWN_BLOB, "", Unanalysable(reason))


def _is_script(content: bytes) -> bool:
    return is_python_script(content[:SHEBANG].decode("latin-1"))
