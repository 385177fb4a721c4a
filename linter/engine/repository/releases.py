"""When a product was released, by the tags of its repository."""

import re
from collections.abc import Iterable, Iterator

from linter.engine.ground import Ground
from linter.engine.repository.shapes import slug
from linter.model.history import Tag
from linter.model.past import Releases
from linter.model.review import Review

CADENCE = "/iterating/release_cadence"

# A version has a dot: `v4` is what moves along with v4.1.2. What is behind a final version makes a pre-release of it.
_VERSION = re.compile(
    r"(?P<prefix>(?:.*[-_/@])?)v?[0-9]+(?:\.[0-9]+)+(?:[.+-]?(?:final|ga|release|post[.]?[0-9]+))?(?:\+[0-9a-z.-]+)?",
    re.IGNORECASE,
)
_GENERAL = ("", "v", "version", "rel", "release", "releases")


def build(ground: Ground) -> Iterator[Releases]:
    """The releases of every product that promises a rhythm."""
    asked = [review for review in ground.reviews if _has_rhythm(review) and ground.concerns(review.document.path)]
    if not asked or ground.history is None:
        return
    tags = ground.history.tags()
    for review in asked:
        days = release_days(tags, review.text("/name") or "", review.today)
        yield Releases(review, days, ground.history.is_shallow)


def release_days(tags: Iterable[Tag], product: str, today: str) -> tuple[str, ...]:
    """The days until today that a version of the product is tagged on, sorted, each once.

    `1.2.3`, `v1.2.3` and `release-1.2.3` are versions of every product, `orders-1.2.3`, `orders/v1.2.3` and
    `@acme/orders@1.2.3` of `orders`. Pre-releases are no releases.
    """
    return tuple(sorted({tag.day for tag in tags if tag.day <= today and _is_version_of(product, tag.name)}))


def _has_rhythm(review: Review) -> bool:
    return review.text(CADENCE) not in (None, "on-demand")


def _is_version_of(product: str, name: str) -> bool:
    found = _VERSION.fullmatch(name)
    return found is not None and slug(found["prefix"].strip("-_/@").rpartition("/")[2]) in (*_GENERAL, product)
