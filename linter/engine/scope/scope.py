"""What is asked of each source of a tree, from the review files and .gitattributes."""

from functools import cached_property

from linter.engine.scope.coverage import Coverage
from linter.engine.scope.generated import GeneratedAttributes, is_marked
from linter.engine.scope.simplicity import settings_of
from linter.model.comparison import PathLimits
from linter.model.document import Document
from linter.model.simplicity import Simplicity
from linter.model.snapshot import Kind, Snapshot, UnreadableError

ATTRIBUTES = ".gitattributes"
ATTRIBUTES_LIMIT = 1024 * 1024
"""Bytes; git itself ignores larger ones up to 100 MB, but nobody writes such a file by hand."""


class Scope:
    """Asked about one path or source at a time; what it needs is read when it is first needed."""

    def __init__(self, snapshot: Snapshot, coverage: Coverage, defaults: Simplicity) -> None:
        """`defaults` are the settings that the review files start from."""
        self._snapshot = snapshot
        self._coverage = coverage
        self._defaults = defaults
        self._settings: dict[str, Simplicity] = {}

    def document_for(self, path: str) -> Document | None:
        """The review file that covers `path`."""
        return self._coverage.document_for(path)

    def settings(self, path: str) -> Simplicity:
        """What the review file that covers `path` says about its code."""
        document = self._coverage.document_for(path)
        key = document.path if document else ""
        if key not in self._settings:
            self._settings[key] = settings_of(document, self._defaults)
        return self._settings[key]

    def review_path(self, path: str) -> str:
        """The review file that covers `path`; empty where none does."""
        document = self._coverage.document_for(path)
        return document.path if document else ""

    def limits(self, path: str) -> PathLimits:
        settings = self.settings(path)
        return PathLimits(settings.limits_for(path), settings.legacy_tolerance, settings.mode == "absolute")

    def is_generated(self, path: str, text: str) -> bool:
        """Whether a tool wrote the source: `simplicity.generated`, an `@generated` marker, or `linguist-generated`."""
        return is_marked(text) or self.attributes.match(path) or self.settings(path).is_generated(path)

    @cached_property
    def attributes(self) -> GeneratedAttributes:
        """What the .gitattributes files say."""
        files = []
        for path, entry in self._snapshot.paths().items():
            if path.endswith(ATTRIBUTES) and entry.kind is Kind.FILE:
                folder, _, name = path.rpartition("/")
                if name == ATTRIBUTES:
                    files.append((folder, self._text(path)))
        return GeneratedAttributes(files)

    def _text(self, path: str) -> str:
        try:
            return self._snapshot.read(self._snapshot.paths()[path], ATTRIBUTES_LIMIT).decode("utf-8", "replace")
        except UnreadableError:
            return ""
