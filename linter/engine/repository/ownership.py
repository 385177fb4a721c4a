"""From CODEOWNERS and the catalogues to what they say about the teams of review files."""

from collections.abc import Iterator

from linter.engine.ground import Ground
from linter.engine.repository import places
from linter.engine.repository.needs import product_of
from linter.engine.repository.reading import is_file, yaml_documents
from linter.engine.repository.shapes import line
from linter.engine.scope.coverage import Coverage
from linter.model.document import PLACEHOLDER
from linter.model.owners import MAX_BYTES, PLACES, BrokenLine, CodeOwners, parse_code_owners
from linter.model.ownership import Claim, Ownership, Standing
from linter.model.review import Review
from linter.model.snapshot import Snapshot, UnreadableError


def build(ground: Ground) -> Iterator[Ownership]:
    """The teams that review files name, beside what others say, where the run concerns one of these files."""
    snapshot = ground.snapshot
    place = next((path for path in PLACES if is_file(snapshot, path)), "")
    asked = [review for review in ground.reviews if _is_asked(review, place, ground)]
    if asked:
        code_owners = _code_owners(snapshot, place) if place else None
        coverage = Coverage(review.document for review in ground.reviews)
        claims = tuple(_claim(review, code_owners, coverage, snapshot) for review in asked)
        yield Ownership(claims, code_owners)


def _team(review: Review) -> str:
    """The team, unless it is left out as by `init`."""
    team = review.text("/owner/team") or ""
    return "" if team.startswith(f"@{PLACEHOLDER}") else team


def _is_asked(review: Review, place: str, ground: Ground) -> bool:
    catalogs = places.catalogs(ground.snapshot.paths(), review.document.folder)
    return bool(_team(review)) and ground.concerns(review.document.path, place, *catalogs)


def _code_owners(snapshot: Snapshot, path: str) -> CodeOwners:
    try:
        data = snapshot.read(snapshot.paths()[path], MAX_BYTES)
    except UnreadableError as error:
        return CodeOwners(path, (), (BrokenLine(1, "", f"the file {error}"),))
    return parse_code_owners(path, data.decode("utf-8-sig", "replace"))


def _claim(review: Review, code_owners: CodeOwners | None, coverage: Coverage, snapshot: Snapshot) -> Claim:
    team, path = _team(review), review.document.path
    catalog = _catalog_owner(review, snapshot)
    if code_owners is None or (code_owners.broken and not code_owners.rules):
        return Claim(review, team, Standing.UNKNOWN, catalog=catalog)
    if not code_owners.is_named(team):
        standing = Standing.UNNAMED
    elif code_owners.owns_any(team, _covered(path, coverage, snapshot)):
        standing = Standing.OWNER
    else:
        standing = Standing.POWERLESS
    return Claim(review, team, standing, code_owners.owners_of(path), catalog)


def _covered(review_path: str, coverage: Coverage, snapshot: Snapshot) -> Iterator[str]:
    """The review file and the paths that it covers."""
    yield review_path
    for path in snapshot.paths():
        document = coverage.document_for(path)
        if document is not None and document.path == review_path:
            yield path


def _catalog_owner(review: Review, snapshot: Snapshot) -> tuple[str, str] | None:
    for path in places.catalogs(snapshot.paths(), review.document.folder):
        try:
            product = product_of(yaml_documents(snapshot, path), review.text("/name") or "")
        except UnreadableError:  # RL203 speaks of it
            return None
        owner = line(product.spec.get("owner"))
        return (path, owner) if owner else None
    return None
