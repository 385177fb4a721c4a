"""Which manifests belong to which review file, and what they say is needed."""

from collections.abc import Iterator, Mapping

from linter.engine.ground import Ground
from linter.engine.repository import places
from linter.engine.repository.needs import catalog_needs, compose_needs, product_of
from linter.engine.repository.reading import yaml_documents
from linter.engine.scope.coverage import Coverage
from linter.model.document import Document
from linter.model.glob import relative
from linter.model.need import Manifest, Need, Needs
from linter.model.review import Review
from linter.model.snapshot import Kind, Snapshot, UnreadableError

MAX_FILES = 10
"""Of the compose files of one product."""


def build(ground: Ground) -> Iterator[Needs]:
    """The manifests of every review file that lists its dependencies."""
    asked = [review for review in ground.reviews if review.has("/planning/dependencies")]
    compose = _compose_files(ground) if asked else {}
    for review in asked:
        catalogs = places.catalogs(ground.snapshot.paths(), review.document.folder)
        files = [*catalogs, *compose.get(review.document.path, ())]
        if files and ground.concerns(review.document.path, *files):
            yield Needs(review, tuple(_manifest(ground.snapshot, path, review) for path in files))


def _compose_files(ground: Ground) -> Mapping[str, list[str]]:
    """The main compose files of what each review file covers, by its path."""
    covered: dict[str, dict[str, str]] = {}
    for document, path in _covered(ground):
        covered.setdefault(document.path, {})[relative(path, document.folder) or path] = path
    return {
        review_path: [own[inner] for inner in places.main_compose_files(own)][:MAX_FILES]
        for review_path, own in covered.items()
    }


def _covered(ground: Ground) -> Iterator[tuple[Document, str]]:
    """The paths that may be compose files, each with the review file that covers it."""
    coverage = Coverage(review.document for review in ground.reviews)
    for path, entry in ground.snapshot.paths().items():
        document = coverage.document_for(path) if "compose." in path and entry.kind is Kind.FILE else None
        if document:
            yield document, path


def _manifest(snapshot: Snapshot, path: str, review: Review) -> Manifest:
    try:
        return Manifest(path, _needs(snapshot, path, review))
    except UnreadableError as error:
        return Manifest(path, fault=str(error))


def _needs(snapshot: Snapshot, path: str, review: Review) -> tuple[Need, ...]:
    documents = yaml_documents(snapshot, path)
    if "compose." in path.rpartition("/")[2]:
        return compose_needs(documents)
    return catalog_needs(product_of(documents, review.text("/name") or ""))
