"""The site of an organisation, written from a store into a folder: only what changed since the last time is made."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import islice
from typing import NamedTuple, TypeVar

from linter.errors import UsageError
from linter.model.overview import Scan
from linter.output.page_style import STYLE
from linter.site.address import Addresses, link
from linter.site.crew import Crew, crew
from linter.site.folder import ASSETS, Folder
from linter.site.known import FILE, UNFINISHED, Kept, Known, Page, decoded, encoded, terms_of
from linter.site.material import BACK, Material, Past
from linter.site.neighbourhood import Neighbourhood
from linter.site.pages import files, pages
from linter.site.past import Point, Trends, rule_trends, trends_of
from linter.site.product_files import Job, Maker, Options, key_of
from linter.site.product_page import Surroundings
from linter.site.remark import anchor
from linter.site.rule_page import RULE_NAMES
from linter.site.templating import Templates
from linter.store.ageing import KEPT
from linter.store.seal import Sealed, opened
from linter.store.store import Store

CHUNK = 20
"""Repositories that a process takes at once."""

Around = Mapping[str, tuple[tuple[str, Surroundings], ...]]
"""By repository and path of the review file what the page of a product leads to."""

Watch = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""For so many repositories, what is told of each in a word that it is done."""


Item = TypeVar("Item")


class Written(NamedTuple):
    """What came of it: products in the site, those whose pages were made anew, and how many repositories the site had
    that the scan does not have.
    """

    products: int
    made: int
    gone: int
    day: str


def write_site(store: Store, path: str, options: Options, jobs: int, watch: Watch) -> Written:
    """Write the site of the newest finished scan into the folder at `path`.

    Raises UsageError where there is no scan or the folder holds something else, StoreError, SiteError.
    """
    scan = store.last()
    if scan is None:
        raise UsageError("no scan has been finished in this store", "review-lint scan SOURCE")
    folder = Folder(path)
    folder.prepare(FILE, UNFINISHED)
    digests = store.digests(scan)
    with folder.held(), crew(path, options, jobs, len(digests)) as hands:
        known = _known(folder, options)
        site = _Site(store, scan, digests, folder, options)
        kept = site.entries(known, hands)
        folder.write(UNFINISHED, "\n".join(sorted({*_left(folder), *site.folders(kept)})))
        made, product_pages = site.products(kept, known, hands, watch)
        names = site.others(kept)
        now = Known(terms_of(*options), tuple(kept.values()), tuple(product_pages), tuple(sorted(names)))
        if now != known:
            folder.remove(_files(known.pages, known.files) - _files(product_pages, names))
            folder.write(FILE, encoded(now))
        folder.remove([UNFINISHED])
    gone = {one.repository for one in known.kept}.difference(digests)
    return Written(sum(len(one.entries) for one in kept.values()), made, len(gone), scan.day)


class _Site:
    """A site that is being written."""

    def __init__(self, store: Store, scan: Scan, digests: Mapping[str, str], folder: Folder, options: Options) -> None:
        self._store = store
        self._scan = scan
        self._digests = digests
        self._folder = folder
        self._options = options
        self._scans = store.scans(scan)
        self._trends: Trends = trends_of(store.standings(scan), self._scans)

    def entries(self, known: Known, hands: Crew) -> dict[str, Kept]:
        """The entries of all repositories by their names; those that an earlier build made are not made again."""
        found = {one.repository: one for one in known.kept if self._digests.get(one.repository) == one.digest}
        missing = [name for name in self._digests if name not in found]
        chunks = _chunks(self._store.sealed(self._scan, missing))
        for made in hands.each(_entries, chunks):
            found.update((one.repository, one) for one in made)
        return {name: found[name] for name in self._digests if name in found}

    def folders(self, kept: Mapping[str, Kept]) -> set[str]:
        """The folders of all products and teams."""
        addresses = self._addresses(kept)
        entries = [entry for one in kept.values() for entry in one.entries]
        own = {addresses.product(entry.repository, entry.path) for entry in entries}
        return own | {addresses.team(entry.team) for entry in entries}

    def products(self, kept: Mapping[str, Kept], known: Known, hands: Crew, watch: Watch) -> tuple[int, list[Page]]:
        """Write the pages of those products for which something changed. How many that are, and the pages of all."""
        around = self._neighbourhood(kept)
        pages = self._unchanged(kept, known, around)
        changed = [name for name in kept if name not in pages]
        with watch(len(changed)) as tell:
            for made in hands.each(_make, _chunks(self._jobs(changed, kept, around))):
                pages.update(made)
                for _ in made:
                    tell("written")
        return sum(len(pages[name]) for name in changed), [page for name in kept for page in pages[name]]

    def _unchanged(self, kept: Mapping[str, Kept], known: Known, around: Around) -> dict[str, tuple[Page, ...]]:
        """The pages of those repositories that an earlier build has made from the same, and that nobody removed."""
        there = (page for page in known.pages if self._folder.has(f"{page.folder}/index.html"))
        old = {(page.folder, page.key): page for page in there}
        found = {}
        for name, one in kept.items():
            wanted = [(inner.folder, key_of(one.digest, inner, self._points(name))) for _, inner in around[name]]
            pages = tuple(old[key] for key in wanted if key in old)
            if len(pages) == len(wanted):
                found[name] = pages
        return found

    def others(self, kept: Mapping[str, Kept]) -> set[str]:
        """Write everything that belongs to no single product; the names of the files."""
        material = self._material(kept)
        templates = Templates(
            site=self._options,
            scan=material.scan,
            previous=material.previous,
            page_of=material.page_of,
            page_of_team=material.page_of_team,
            link=link,
            anchor=anchor,
            rule_names=RULE_NAMES,
        )
        news = self._store.news(self._scan, BACK)
        names = set()
        for page in pages(material, news, self._options):
            shared = {"root": "../" * page.name.count("/"), "page": page.name, "here": "", "within": ""}
            self._folder.write(page.name, templates.render(page.template, **{**shared, **page.values}))
            names.add(page.name)
        everything: list[tuple[str, str | bytes]] = [*files(material), *_assets()]
        for name, content in everything:
            self._folder.write(name, content)
            names.add(name)
        return names

    def _material(self, kept: Mapping[str, Kept]) -> Material:
        entries = [entry for one in kept.values() for entry in one.entries]
        # Of scans before these only the outline of reports is kept.
        since = max(1, len(self._scans) - KEPT + 1)
        rules = rule_trends(self._store.rule_standings(self._scan), self._scans, since, RULE_NAMES)
        past = Past(self._scans, self._trends, rules, self._complexities())
        return Material(entries, past, self._addresses(kept))

    def _complexities(self) -> dict[tuple[str, str, str], int]:
        found = {}
        for sealed in self._store.sealed_before(self._scan, BACK, self._digests):
            for sheet in opened(sealed).sheets:
                for one in sheet.shape.worst:
                    found[sealed.repository, one.path, one.symbol] = one.complexity
        return found

    def _points(self, name: str) -> tuple[Point, ...]:
        return self._trends.points.get(name, ())

    def _neighbourhood(self, kept: Mapping[str, Kept]) -> Around:
        found = Neighbourhood((entry for one in kept.values() for entry in one.entries), self._addresses(kept))
        return {name: tuple((entry.path, found.around(entry)) for entry in one.entries) for name, one in kept.items()}

    def _addresses(self, kept: Mapping[str, Kept]) -> Addresses:
        entries = [entry for one in kept.values() for entry in one.entries]
        return Addresses(((entry.repository, entry.path) for entry in entries), (entry.team for entry in entries))

    def _jobs(
        self,
        names: Sequence[str],
        kept: Mapping[str, Kept],
        around: Around,
    ) -> Iterator[Job]:
        for sealed in self._store.sealed(self._scan, names):
            digests = [entry.picture for entry in kept[sealed.repository].entries if entry.picture]
            pictures = dict(self._store.pictures(digests)) if digests else {}
            yield Job(sealed, around[sealed.repository], tuple(self._points(sealed.repository)), pictures)


def _entries(maker: Maker, chunk: Sequence[Sealed]) -> list[Kept]:
    made = maker.entries(chunk)
    return [Kept(one.repository, one.digest, entries) for one, entries in zip(chunk, made, strict=True)]


def _make(maker: Maker, chunk: Sequence[Job]) -> list[tuple[str, tuple[Page, ...]]]:
    return [(job.sealed.repository, pages) for job, pages in zip(chunk, maker.make(chunk), strict=True)]


def _known(folder: Folder, options: Options) -> Known:
    data = folder.read(FILE)
    known = decoded(data) if data else Known()
    if known.terms != terms_of(*options):
        return known.distrusted._replace(kept=())
    return known if folder.read(UNFINISHED) is None else known.interrupted(_left(folder))


def _left(folder: Folder) -> list[str]:
    """The folders of products and teams that an interrupted build wrote into."""
    return (folder.read(UNFINISHED) or b"").decode(errors="replace").splitlines()


def _files(product_pages: Iterable[Page], names: Iterable[str]) -> set[str]:
    return {f"{page.folder}/{name}" for page in product_pages for name in page.files}.union(names)


def _assets() -> Iterator[tuple[str, bytes]]:
    """What browsers get as it is."""
    yield "assets/page.css", STYLE.encode()
    for folder, _, names in os.walk(ASSETS):
        for name in sorted(names):
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                yield f"assets/{os.path.relpath(path, ASSETS)}", file.read()


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
