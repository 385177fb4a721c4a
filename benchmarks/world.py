"""A made-up organisation, whose scans a store holds: reports as lifelike as a site needs to take its time.

Their pages are those of the examples in several states, every finding is one that some rule has, functions and teams
are drawn by lot, and some percent of the repositories change from scan to scan.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from linter.api import judge_commit
from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression, with_fingerprints
from linter.model.inventory import Repository
from linter.model.metrics import FunctionMetrics, SourceMetrics
from linter.model.report import Report, Target, summarise
from linter.model.request import Request
from linter.model.review import SECTIONS
from linter.model.scan import Failure, Product, RepositoryReport, Status, Trouble
from linter.model.sheet import Diagram, Sheet, shape_of
from linter.rules.catalogue import ALL_RULES
from linter.store.store import Store, open_store

EXAMPLES = Path(__file__).parents[1] / "examples"
FIRST_DAY = date(2025, 6, 2)
VARIANTS, FINDINGS, FUNCTIONS = 8, 30, 40
BATCH = 200
"""Reports that are written at once."""

CHANGED, FEW = 0.05, 0.01
SHARES = {"error": 0.01, "none": 0.1, "many": 0.02}
"""Of repositories that could not be judged, that have no review file, and that have several."""

WORDS = (
    *("orders", "ledger", "search", "catalogue", "invoice", "parcel", "tariff", "voucher", "stock", "rating"),
    *("mail", "consent", "fraud", "pricing", "checkout", "basket", "profile", "metrics", "gateway", "archive"),
)
KINDS = ("service", "library", "app", "job", "cli")
LIFECYCLES = ("experimental", "beta", "production", "production", "production", "deprecated")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><rect width="90" height="40"/><text>{}</text></svg>'


class Chapter(NamedTuple):
    """A product of an example in some state: what its page says, and its record."""

    sheet: Sheet
    product: Product


class World:
    """Repositories that change from scan to scan. Equal numbers make equal worlds."""

    def __init__(self, products: int, scans: int) -> None:
        self._scans = scans
        self._names = sorted(_name(number) for number in range(products))
        self._teams = [f"@acme/{WORDS[number % len(WORDS)]}-{number // len(WORDS)}" for number in range(products // 50)]
        self._chapters: list[Chapter] = []

    def fill(self, where: Path) -> None:
        """Make the store, and tell how far it is."""
        self._chapters = list(_chapters())
        begun = time.perf_counter()
        with open_store(str(where)) as store:
            for number in range(self._scans):
                self._scan(store, number, CHANGED if number else 1)
                print(f"scan {number + 1} of {self._scans}, {time.perf_counter() - begun:.0f} s", file=sys.stderr)

    def scan_once_more(self, where: Path) -> None:
        """One more scan, in which one percent has changed."""
        self._chapters = self._chapters or list(_chapters())
        with open_store(str(where)) as store:
            last = store.last()
            self._scan(store, len(store.scans(last)) if last else 0, FEW)

    def _scan(self, store: Store, number: int, share: float) -> None:
        day = (FIRST_DAY + timedelta(weeks=number)).isoformat()
        scan = store.begin("organisation", "terms", day, self._names)
        changed = sorted(random.Random(number).sample(self._names, round(share * len(self._names))))
        # What could not be judged has no judgement that could hold: it is looked at by every scan.
        failing = [name for name in self._names if _lot(name) < SHARES["error"]]
        new = sorted({*changed, *failing})
        store.add_again(scan, sorted(set(self._names).difference(new)))
        for start in range(0, len(new), BATCH):
            store.add(scan, *(self._report(name, number, day) for name in new[start : start + BATCH]))
        store.finish(scan)

    def _report(self, name: str, number: int, day: str) -> RepositoryReport:
        """As the scan of that number found it: two findings and two functions are others than in each before."""
        own = random.Random(f"{name}/{number}")
        team = self._teams[int(len(self._teams) * _lot(f"team of {name}") ** 2)] if self._teams else ""
        repository = Repository(name, f"https://git.example.org/{name}.git", team=team)
        if _lot(name) < SHARES["error"]:
            failure = Failure(Trouble.UNREACHABLE, "the server is silent")
            return RepositoryReport(repository, Status.ERROR, failure=failure, judged_on=day, good_until=day)
        pairs = list(self._pairs(name, number))
        paths = [sheet.path for sheet, _ in pairs]
        found = with_fingerprints(_findings(name, number, paths))
        revision = hashlib.sha1(f"{name}/{number}".encode(), usedforsecurity=False).hexdigest()
        functions = sum(sheet.shape.functions for sheet, _ in pairs)
        summary = summarise(found, own.randrange(5, 200), functions)
        inner = Report(name, "", Target("revision", revision, ()), Severity.ERROR, found, summary, tool_version="0.1.0")
        pictures = {sheet.diagram.digest: _svg(name) for sheet, _ in pairs if sheet.diagram and sheet.diagram.digest}
        return RepositoryReport(
            repository=repository,
            status=Status.FAILED if inner.is_failed else Status.PASSED,
            revision=revision,
            report=inner,
            products=tuple(product for _, product in pairs if product),
            basis=revision,
            judged_on=day,
            good_until="9999-12-31",
            sheets=tuple(sheet for sheet, _ in pairs),
            pictures=tuple(pictures.items()),
        )

    def _pairs(self, name: str, number: int) -> Iterator[tuple[Sheet, Product | None]]:
        """The sheets of a repository, each with its product."""
        kind = _lot(f"kind of {name}")
        if kind < SHARES["none"]:
            yield Sheet("", shape=shape_of(_sources(name, "", number))), None
            return
        folders = ("api/", "app/", "jobs/") if kind > 1 - SHARES["many"] else ("",)
        for folder in folders:
            place = f"{name}/{folder}"
            chapter = self._chapters[int(_lot(f"{place} {number // 10}") * len(self._chapters))]
            product = chapter.product._replace(
                path=f"{folder}REVIEW.yaml",
                name=place.strip("/").rpartition("/")[2],
                kind=KINDS[int(_lot(f"kind {place}") * len(KINDS))],
                lifecycle=LIFECYCLES[int(_lot(f"life {place}") * len(LIFECYCLES))],
                tier=1 + int(_lot(f"tier {place}") * 4),
            )
            sheet = chapter.sheet._replace(
                path=product.path,
                description=f"Keeps {product.name} in order for all who ask for it, and says when it cannot.",
                dependencies=tuple(sorted(random.Random(place).sample(self._names, 3))),
                diagram=_diagram(name, place, folder) or chapter.sheet.diagram,
                shape=shape_of(_sources(name, folder, number)),
            )
            yield sheet, product


def _name(number: int) -> str:
    first, second = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    return f"{first}/{second}-{number}"


def _lot(key: str) -> float:
    """A number from 0 to 1 that is always the same for a key."""
    return int(hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:12], 16) / 16**12


def _svg(name: str) -> bytes:
    return SVG.format(name).encode()


def _diagram(name: str, place: str, folder: str) -> Diagram | None:
    if _lot(f"picture of {place}") > 0.1:
        return None
    return Diagram(f"{folder}docs/it.svg", "svg", digest=hashlib.sha256(_svg(name)).hexdigest())


def _sources(name: str, folder: str, number: int) -> list[tuple[str, SourceMetrics]]:
    """Functions as they are: most are simple, some are not, and one grows from scan to scan."""
    own = random.Random(f"{name}{folder}")
    figures = [min(60, 1 + int(own.paretovariate(1.1))) for _ in range(own.randrange(5, 2 * FUNCTIONS))]
    figures[0] += number // 3
    blocks = [
        FunctionMetrics(
            f"Handler.part_{place}", "function", 10 + place * 20, 5, 10 + place * 20, 11, 28, figure, 18, 2, 1
        )
        for place, figure in enumerate(figures)
    ]
    return [(f"{folder}src/part_{file}.py", SourceMetrics(400, tuple(blocks[file::4]))) for file in range(4)]


def _findings(name: str, number: int, paths: Sequence[str]) -> list[Finding]:
    own = random.Random(f"findings of {name}")
    seeds = [own.randrange(1 << 30) for _ in range(own.randrange(2 * FINDINGS))]
    # The newest two are gone with the next change.
    seeds[:2] = [number, number + 1000]
    return [_finding(seed, paths) for seed in seeds]


def _finding(seed: int, paths: Sequence[str]) -> Finding:
    own = random.Random(seed)
    rule = ALL_RULES[int(own.random() ** 1.5 * len(ALL_RULES))]
    path, section, symbol = own.choice(paths), own.choice(SECTIONS), f"Handler.part_{own.randrange(FUNCTIONS)}"
    folder = path.rpartition("/")[0]
    is_code = rule.code.startswith("RL80") or not path
    file = f"{folder}/src/part_{own.randrange(4)}.py".strip("/") if is_code else path
    start = Position(own.randrange(1, 400), 5)
    location = Location(file, Span(start), None if is_code else f"/{section}", symbol if is_code else None)
    figure = own.randrange(16, 40)
    waiver = Suppression("waiver W-1", "It goes with the move to the new region.", "2026-09-30")
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=own.choice((Severity.ERROR, Severity.WARNING, rule.severity)),
        message=f"`{symbol if is_code else section}` has {figure} of what may be 15, the same as in the base",
        location=location,
        hint="take a part of it into something of its own, or say why it is right as it is",
        excerpt=f"    def {symbol.rpartition('.')[2]}(self, request: Request, retries: int = {figure}) -> Response:",
        data={"value": figure, "limit": 15},
        anchor=f"{symbol} {seed}",
        suppressed=waiver if own.random() < 0.1 else None,
    )


def _chapters() -> Iterator[Chapter]:
    """The examples, with sections adopted, proposed, in draft and missing."""
    with tempfile.TemporaryDirectory() as room:
        for example in sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()):
            for variant in range(VARIANTS):
                folder = Path(room) / f"{example}-{variant}"
                shutil.copytree(EXAMPLES / example, folder)
                _spoil(folder / "REVIEW.yaml", random.Random(f"{example} {variant}"))
                _commit(folder)
                judgement = judge_commit(str(folder), Request((FIRST_DAY + timedelta(weeks=40)).isoformat()))
                (document,) = judgement.documents
                held = tuple((name, document.status(f"/{name}")) for name in SECTIONS if document.section(name))
                yield Chapter(judgement.sheets[0], Product(document.path, guidelines=held))


def _spoil(review: Path, own: random.Random) -> None:
    """Have some sections unfinished, and some not there."""
    text = review.read_text()
    for name in SECTIONS[2:]:
        state = own.choice(("adopted", "adopted", "proposed", "draft", "absent"))
        if state == "absent":
            text = text.replace(f"\n{name}:\n", f"\nx-{name}:\n")
        elif state != "adopted":
            text = text.replace(f"\n{name}:\n", f"\n{name}:\n  status: {state}\n")
    review.write_text(text)


def _commit(folder: Path) -> None:
    person = {f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "Start")):
        subprocess.run(["git", "-C", str(folder), *command], env={**os.environ, **person}, check=True)
