"""Which review file of an earlier tree a review file comes from."""

from collections.abc import Iterable, Mapping

from linter.model.document import Document


def origins(old: Iterable[Document], new: Iterable[Document]) -> Mapping[str, Document]:
    """The earlier review files by the paths that they stand at now: those of the same paths, else those that are gone
    and were about products of the same names. A product that moves to another folder takes its promises along.
    """
    before, now = {document.path: document for document in old}, tuple(new)
    kept = {document.path for document in now}
    gone = {_product(document): document for path, document in before.items() if path not in kept}
    found = {document.path: before.get(document.path) or gone.get(_product(document)) for document in now}
    return {path: document for path, document in found.items() if document}


def _product(document: Document) -> object:
    """What stands for the product; where the file does not name it, its path."""
    name = document.data.get("name") if isinstance(document.data, dict) else None
    return name if isinstance(name, str) else (document.path,)
