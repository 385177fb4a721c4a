"""Whether what a review file cites was judged before: a base has the same file, and cites it just so."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from linter.engine.evidence.citation import Citation, citations
from linter.engine.ground import Ground
from linter.engine.reviews import read_document
from linter.model.pointer import resolve, split
from linter.model.review import OWES_EVERYTHING, Review
from linter.model.snapshot import Entry, Kind, Snapshot, is_whole


class Before:
    """The bases of a run, each asked for its review files once. Whole runs ask for everything anew."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._cited: dict[tuple[int, str], Sequence[Any]] = {}

    def has_judged(self, entry: Entry, citation: Citation) -> bool:
        if is_whole(self._ground.snapshot):
            return False
        return any(
            self._entry(base, entry.path) == entry and _terms(citation) in self._cited_in(index, base, citation.review)
            for index, base in enumerate(self._ground.snapshot.bases)
        )

    def _entry(self, base: Snapshot, path: str) -> Entry | None:
        """What a base has at a path. What differs from the only base is known without listing that."""
        if len(self._ground.snapshot.bases) > 1:
            return base.paths().get(path)
        return self._changed[path] if path in self._changed else self._ground.snapshot.paths().get(path)

    @cached_property
    def _changed(self) -> dict[str, Entry | None]:
        return {change.path: change.old[0] for change in self._ground.snapshot.changes()}

    def _cited_in(self, index: int, base: Snapshot, review: Review) -> Sequence[Any]:
        key = (index, review.document.path)
        if key not in self._cited:
            old = self._review(base, review)
            self._cited[key] = [_terms(citation) for citation in citations(old)] if old else []
        return self._cited[key]

    def _review(self, base: Snapshot, review: Review) -> Review | None:
        """What the review file was in a base; the same one where it did not change."""
        path = review.document.path
        entry, now = self._entry(base, path), self._ground.snapshot.paths().get(path)
        if entry is None or entry.kind is not Kind.FILE:
            return None
        if entry == now:
            return review
        document = read_document(base, entry, True, memory=self._ground.memory)
        return Review(document, review.today, review.policy) if document.is_readable else None


def _terms(citation: Citation) -> Any:
    """What is cited and in which form, by what kind of product, and how binding its section is."""
    data = citation.review.document.data
    section = split(citation.pointer)[0]
    return (
        citation.form,
        resolve(data, citation.pointer),
        citation.review.document.status(f"/{section}"),
        [data.get(key) for key in OWES_EVERYTHING],
    )
