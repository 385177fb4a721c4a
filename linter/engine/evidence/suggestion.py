"""What a path that does not exist was probably meant to be."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from linter.engine.evidence.naming import written
from linter.model.snapshot import Entry, Snapshot, UnreadableError, blob_id
from linter.model.words import closest

MOST = 3
"""How many paths are suggested for one."""

_MOST_GUESSES = 50
"""For how many missing paths of one tree something is suggested: more are no misspellings."""

_MOST_ADDED = 10_000
_LARGEST_MOVED = 1 << 20
"""How many new files of how many bytes are looked at when a file seems to have been moved."""

_MOST_COMPARED = 500
"""With how many names of one folder a name is compared; of more, only those that begin or end like it are."""


class Suggestions:
    """Asked only about paths that are missing; what it needs is computed then."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._guesses = 0

    def moved(self, path: str, folder: str) -> str | None:
        """Where the change moved the file that some base had at `path`, as a file in `folder` writes it."""
        name = path.rpartition("/")[2]
        olds = filter(None, (base.paths().get(path) for base in self._snapshot.bases))
        places = [place for old in olds if old.blob for place in self._added.get(old.blob, ())]
        same_name = [place for place in places if place.rpartition("/")[2] == name]
        return next((written(place, folder) for place in [*same_name, *places]), None)

    def near(self, path: str, folder: str) -> tuple[str, ...]:
        """Paths that `path` was probably meant to be, as a file in `folder` writes them."""
        self._guesses += 1
        if self._guesses > _MOST_GUESSES:
            return ()
        corrected = self._corrected(path)
        found = [corrected] if corrected else self._of_that_name(path)
        return tuple(written(one, folder) for one in found)

    @cached_property
    def _added(self) -> Mapping[str, list[str]]:
        """The paths that no base has, by blob."""
        places: dict[str, list[str]] = {}
        added = [change.entry for change in self._snapshot.changes() if change.entry and not any(change.old)]
        for entry in added[:_MOST_ADDED]:
            places.setdefault(self._blob(entry), []).append(entry.path)
        return places

    def _blob(self, entry: Entry) -> str:
        """The object id of a file, which a new one in a working tree does not have yet; "" where it is not known."""
        if entry.blob is not None:
            return entry.blob
        like = next((base.revision for base in self._snapshot.bases if base.revision), "")
        try:
            return blob_id(self._snapshot.read(entry, _LARGEST_MOVED), like)
        except UnreadableError:
            return ""

    @cached_property
    def _children(self) -> Mapping[str, Mapping[str, None]]:
        """The names in every folder, each once and sorted."""
        children: dict[str, dict[str, None]] = {}
        for path in self._snapshot.paths():
            inner = path
            while inner:
                folder, _, name = inner.rpartition("/")
                known = children.setdefault(folder, {})
                if name in known:
                    break
                known[name] = None
                inner = folder
        return children

    def _corrected(self, path: str) -> str | None:
        """The path with every name that its folder does not have replaced by the closest one that it has."""
        place = ""
        for name in path.split("/"):
            known = self._children.get(place, {})
            right = name if name in known else next(iter(closest(name, _comparable(name, known))), None)
            if right is None:
                return None
            place = f"{place}/{right}" if place else right
        return place

    def _of_that_name(self, path: str) -> list[str]:
        name = "/" + path.rpartition("/")[2].lower()
        entries: Mapping[str, Entry] = self._snapshot.paths()
        return [other for other in entries if ("/" + other.lower()).endswith(name)][:MOST]


def _comparable(name: str, known: Mapping[str, None]) -> Iterable[str]:
    if len(known) <= _MOST_COMPARED:
        return known
    first, last = name[:1].lower(), name[-4:].lower()
    return [other for other in known if other[:1].lower() == first and other[-4:].lower() == last][:_MOST_COMPARED]
