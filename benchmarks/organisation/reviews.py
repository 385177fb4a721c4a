"""What the reviews of the organisation say at each scan.

A file of `teams/` has a team's products. Each begins with a file of `bases/` and changes it as a merge patch does
(RFC 7396: mappings are merged, null takes away, all else replaces); `later` has more of these, by the number of the
scan from which they hold. Besides, in values:

- `$name`, `$team` and `$owner` stand for the product's own,
- `{first: [GLOB, ...]}` for the first glob that fits a path of the repository at that commit (`{file: [...]}`: for
  that path), because files move in ten years; for the last one if none does,
- `{day: N}` for the day N days after the last scan.

What a review cites below `review/` is added: the diagram is drawn of its dependencies, the rest is in `evidence/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import yaml

from benchmarks.organisation.days import SCANS, day_of
from benchmarks.organisation.diagrams import DRAWN
from linter.adapters.git.intact import default_commit
from linter.adapters.git.repository import open_repository
from linter.engine.governance.signing import MAX_BYTES, SnapshotFiles, substance_of
from linter.model.snapshot import Snapshot

HERE = Path(__file__).parent
CONFLICT = b"<<<<<<< HEAD\ntags: [merged]\n=======\ntags: [merging]\n>>>>>>> review\n"


class Product(NamedTuple):
    """A product in a `folder` of a repository. Its review is there `since` a scan, and from `broken_from` on it holds
    a conflict that somebody committed. `signs` are the sign-offs by scan; `entries` collects what was signed.
    """

    repository: str
    team: str
    folder: str
    review: dict[str, Any]
    later: dict[int, dict[str, Any]]
    signs: dict[int, list[dict[str, Any]]]
    entries: list[dict[str, Any]]
    since: int
    broken_from: int

    def place(self, path: str) -> str:
        return f"{self.folder}/{path}" if self.folder else path


def products() -> list[Product]:
    """All products of all teams, in the order of the files."""
    return [_product(team, raw) for team in map(_read, sorted(HERE.glob("teams/*.yaml"))) for raw in team["products"]]


def review_files(own: Sequence[Product], scan: int, paths: Sequence[str]) -> dict[str, bytes]:
    """The review files of products at a scan with what they cite, by path; `paths` are those of the repository."""
    files: dict[str, bytes] = {}
    for product in own:
        if product.since <= scan:
            review = _review(product, scan, paths)
            text = yaml.safe_dump(review, sort_keys=False, allow_unicode=True, width=110).encode()
            files[product.place("REVIEW.yaml")] = text + CONFLICT * (product.broken_from <= scan)
            for path in sorted(_cited(review)):
                files[product.place(path)] = _evidence(path, review)
    return files


def signed(own: Sequence[Product], scan: int, place: Path) -> bool:
    """Sign what is signed at a scan, as it stands in the repository at `place`; whether anything was."""
    due = [(product, entry) for product in own for entry in product.signs.get(scan, ())]
    if due:
        with open_repository(str(place)) as git:
            snapshot = default_commit(git, str(place))
            files = SnapshotFiles(snapshot)
            for product, entry in due:
                review = yaml.safe_load(_content(snapshot, product.place("REVIEW.yaml")))
                digest = substance_of(review, product.folder, entry["sections"], files).digest
                product.entries.append(_entry(entry, day_of(scan, entry.get("days", 0)), digest))
    return bool(due)


def _product(team: Mapping[str, Any], raw: dict[str, Any]) -> Product:
    review = _merged(_base(raw["base"]), raw["review"])
    facts = {"name": review["name"], "team": team["team"], "owner": review["owner"]["product_owner"]}
    review = _substituted(review, facts)
    signs: dict[int, list[dict[str, Any]]] = {}
    for entry in raw.get("signed", ()):
        signs.setdefault(entry["scan"], []).append(entry)
    later = {number: _substituted(patch, facts) for number, patch in raw.get("later", {}).items()}
    place = (raw["repository"], team["team"], raw.get("folder", ""))
    return Product(*place, review, later, signs, [], raw.get("since", 1), raw.get("broken_from", SCANS + 1))


@cache
def _base(name: str) -> dict[str, Any]:
    return _read(HERE / "bases" / f"{name}.yaml")


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _review(product: Product, scan: int, paths: Sequence[str]) -> dict[str, Any]:
    review = product.review
    for number in sorted(number for number in product.later if number <= scan):
        review = _merged(review, product.later[number])
    review = _settled(review, _seen_from(product.folder, paths))
    return {**review, "reviews": [*product.entries]} if product.entries else review


def _seen_from(folder: str, paths: Sequence[str]) -> list[str]:
    """Paths as a review file in a folder has them: first those below it, then all others."""
    if not folder:
        return list(paths)
    up = "../" * (folder.count("/") + 1)
    own = [path.removeprefix(f"{folder}/") for path in paths if path.startswith(f"{folder}/")]
    return own + [up + path for path in paths if not path.startswith(f"{folder}/")]


def _merged(value: Any, patch: Any) -> Any:
    if not isinstance(patch, dict) or not isinstance(value, dict):
        return patch
    merged = {**value, **{key: _merged(value.get(key), inner) for key, inner in patch.items()}}
    return {key: inner for key, inner in merged.items() if inner is not None}


def _substituted(value: Any, facts: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _substituted(inner, facts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_substituted(inner, facts) for inner in value]
    return Template(value).safe_substitute(facts) if isinstance(value, str) else value


def _settled(value: Any, paths: Sequence[str]) -> Any:
    """A value with the days and paths that its stand-ins are for."""
    match value:
        case {"day": days}:
            return day_of(SCANS, days)
        case {"first": globs}:
            return next((glob for glob in globs if _matching(glob, paths)), globs[-1])
        case {"file": globs}:
            return next((path for glob in globs for path in _matching(glob, paths)), globs[-1])
        case dict():
            return {key: _settled(inner, paths) for key, inner in value.items()}
        case list():
            return [_settled(inner, paths) for inner in value]
    return value


def _matching(glob: str, paths: Sequence[str]) -> list[str]:
    """Those of `paths` that a glob fits; none above the folder unless the glob begins there."""
    globs = (glob, glob.replace("**/", ""))
    near = [path for path in paths if path.startswith("../") <= glob.startswith("../")]
    return [path for path in near if any(fnmatchcase(path, one) for one in globs)]


def _cited(value: Any) -> Iterator[str]:
    """What is cited below `review/`."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _cited(inner)
    elif isinstance(value, str) and value.startswith("review/"):
        yield value.partition("#")[0]


def _evidence(path: str, review: Mapping[str, Any]) -> bytes:
    name = path.removeprefix("review/")
    if name in DRAWN:
        return DRAWN[name](review["name"], review["planning"]["dependencies"]).encode()
    text = (HERE / "evidence" / name).read_text(encoding="utf-8")
    return Template(text).safe_substitute(name=review["name"]).encode()


def _content(snapshot: Snapshot, path: str) -> bytes:
    return snapshot.read(snapshot.paths()[path], MAX_BYTES)


def _entry(entry: Mapping[str, Any], day: str, digest: str) -> dict[str, Any]:
    kept = {key: value for key, value in entry.items() if key not in ("scan", "days")}
    conditions = {"conditions": _settled(entry["conditions"], ())} if "conditions" in entry else {}
    return {"verdict": "approved", **kept, "signed_on": day, "digest": digest, **conditions}
