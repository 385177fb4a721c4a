"""What review files say about the products that they are about."""

from collections.abc import Iterable

from linter.model.document import Document
from linter.model.review import SECTIONS, Review
from linter.model.scan import Product


def products_of(documents: Iterable[Document]) -> tuple[Product, ...]:
    """One product for each review file, also for one that cannot be read."""
    return tuple(_product(document) for document in documents)


def _product(document: Document) -> Product:
    review = Review(document, "")
    held = [section for section in SECTIONS if review.mapping(f"/{section}")]
    return Product(
        path=document.path,
        name=review.text("/name") or "",
        team=review.text("/owner/team") or "",
        kind=review.kind,
        lifecycle=review.lifecycle,
        tier=review.tier,
        guidelines=tuple((section, document.status(f"/{section}")) for section in held),
    )
