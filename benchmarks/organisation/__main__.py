"""An organisation to look at: `python -m benchmarks.organisation MIRROR... --home FOLDER --store FILE [--scans 6]`.

Each MIRROR is a bare repository of a public project, in a folder called OWNER+NAME (with or without `/repo` below).
FOLDER gets a bare clone of each that borrows its objects, and the inventory of an organisation with teams. Most of the
clones get a REVIEW.yaml: **these reviews are made up over real code**, by nobody of those projects (`teams/` has them,
`bases/` what they have in common, `evidence/` the files that they cite). Every clone is put to several points of its
history, the last of which is the newest commit, and scanned at each into the store: so code moves as it really did,
while reviews get better in some and worse in others, sign-offs go stale and waivers end.
"""

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from benchmarks.organisation.clones import Clone, clone
from benchmarks.organisation.days import SCANS, day_of
from benchmarks.organisation.reviews import Product, products, review_files, signed

PROJECT = Path(__file__).parents[2]

EMPTY, GONE = "acme/loyalty-points", "acme/billing-archive"
"""Two more repositories: one without a commit, one that is listed and not there."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirrors", metavar="MIRROR", nargs="+", type=Path)
    parser.add_argument("--home", metavar="FOLDER", required=True, type=Path, help="where clones are made")
    parser.add_argument("--store", metavar="FILE", required=True, help="where scans are kept: a new file")
    parser.add_argument(
        "--scans", metavar="N", type=int, default=SCANS, choices=range(1, SCANS + 1), help="the last N alone"
    )
    arguments = parser.parse_args()
    if Path(arguments.store).exists():
        parser.error(f"{arguments.store} is there already: name a new file")
    home = arguments.home.resolve()
    clones = {name: clone(mirror, home / name) for name, mirror in sorted(_named(arguments.mirrors).items())}
    known = _by_repository(products(), clones)
    inventory = _inventory(home, clones, known)
    for number in range(1, SCANS + 1):
        for name, one in clones.items():
            _move(one, known[name], number)
        if number > SCANS - arguments.scans:
            _scan(inventory, arguments.store, number)
    return 0


def _named(mirrors: Sequence[Path]) -> dict[str, Path]:
    """Mirrors by OWNER/NAME."""
    places = [(mirror if mirror.name != "repo" else mirror.parent).name for mirror in mirrors]
    return {
        place.replace("+", "/", 1): mirror / "repo" if (mirror / "repo").is_dir() else mirror
        for place, mirror in zip(places, mirrors, strict=True)
    }


def _by_repository(all_products: Sequence[Product], clones: Mapping[str, Clone]) -> dict[str, list[Product]]:
    found: dict[str, list[Product]] = defaultdict(list)
    for product in all_products:
        if product.repository in clones:
            found[product.repository].append(product)
        else:
            print(f"there is no mirror of {product.repository}", file=sys.stderr)
    return found


def _inventory(home: Path, clones: Mapping[str, Clone], known: Mapping[str, Sequence[Product]]) -> Path:
    """Written beside the clones. What no file of `teams/` is about has no review, and no team."""
    subprocess.run(["git", "init", "--quiet", "--bare", home / EMPTY], check=True)
    teams = {name: known[name][0].team if name in known else "" for name in clones}
    teams |= {EMPTY: "@acme/shop", GONE: "@acme/platform"}
    entries = [{"name": name, "path": name, **({"team": team} if team else {})} for name, team in sorted(teams.items())]
    place = home / "inventory.yaml"
    place.write_text(yaml.safe_dump({"version": 1, "repositories": entries}, sort_keys=False))
    return place


def _move(one: Clone, own: Sequence[Product], number: int) -> None:
    """Put a clone to its commit of that scan, with the reviews as they stand then: first what is signed, then it with
    the sign-offs, whose digests are about what stands there. The commit of the scan before is merged, so that the past
    of the reviews is there.
    """
    base = one.at(number)
    parents, paths = [base, one.head()] if number > 1 else [base], one.paths(base)
    one.commit(parents, review_files(own, number, paths), day_of(number))
    if signed(own, number, one.place):
        one.commit(parents, review_files(own, number, paths), day_of(number))


def _scan(inventory: Path, store: str, number: int) -> None:
    day = day_of(number)
    print(f"scan {number} of {SCANS}: {day}", flush=True)
    command = [sys.executable, "-m", "linter", "scan", str(inventory), "--store", store, "--today", day]
    done = subprocess.run([*command, "--format", "markdown"], cwd=PROJECT, check=False, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"the scan ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
