"""What the files of a repository say that a product needs to run."""

from typing import NamedTuple

from linter.model.review import Review


class Need(NamedTuple):
    """One thing that is needed: the slugs that it may be declared under, its own name first, the kind of dependency it
    seems to be, and in words what the file says (`starts the service ...`).
    """

    names: tuple[str, ...]
    kind: str
    words: str

    @property
    def name(self) -> str:
        return self.names[0]


class Manifest(NamedTuple):
    """A file at `path` that says what is needed, or the reason why it cannot be read."""

    path: str
    needs: tuple[Need, ...] = ()
    fault: str = ""


class Needs(NamedTuple):
    """A review file that lists its dependencies, and the manifests of what it covers."""

    review: Review
    manifests: tuple[Manifest, ...]
