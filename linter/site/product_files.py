"""The files of a product: made in any process, from a report as the store has it and what else the page depends on."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from linter.model.scan import RepositoryReport
from linter.site.badge import badges
from linter.site.diagram import diagram_name, harmless
from linter.site.entry import GUIDELINES, Entry, Part, is_open, parts_of
from linter.site.folder import Folder
from linter.site.known import Page
from linter.site.past import Point
from linter.site.product_page import Picture, Surroundings, page_of
from linter.site.rule_page import RULE_NAMES
from linter.site.source import source_of
from linter.site.table import Table, Value, as_csv, as_json
from linter.site.templating import Templates
from linter.store.seal import Sealed, opened

FINDINGS = ("rule", "severity", "state", "path", "line", "message", "hint", "fingerprint")


class Options(NamedTuple):
    """What all pages depend on: the title of the site, and its address on the web ("" or with a slash at its end)."""

    title: str
    url: str


class Job(NamedTuple):
    """A repository whose pages are to be made: its report, the surroundings of its products by their paths, its past,
    and the pictures that it cites, by digest.
    """

    sealed: Sealed
    around: tuple[tuple[str, Surroundings], ...]
    points: tuple[Point, ...]
    pictures: Mapping[str, bytes]


class Maker:
    """Makes the files of products in a folder."""

    def __init__(self, path: str, options: Options) -> None:
        self._folder = Folder(path)
        self._templates = Templates(site=options, guideline_names=GUIDELINES, rule_names=RULE_NAMES)

    def entries(self, sealed: Sequence[Sealed]) -> list[tuple[Entry, ...]]:
        """The entries of each of these repositories."""
        return [tuple(part.entry for part in parts_of(opened(one))) for one in sealed]

    def make(self, jobs: Iterable[Job]) -> list[tuple[Page, ...]]:
        """Write the files of the repositories. Their keys stand for nothing but what the pages say."""
        return [tuple(self._pages(job)) for job in jobs]

    def _pages(self, job: Job) -> Iterable[Page]:
        report = opened(job.sealed)
        around = dict(job.around)
        for part in parts_of(report):
            surroundings = around[part.entry.path]
            files = self._files(part, report, job, surroundings)
            for name, content in files.items():
                self._folder.write(f"{surroundings.folder}/{name}", content)
            yield Page(surroundings.folder, key_of(job.sealed.digest, surroundings, job.points), tuple(files))

    def _files(self, part: Part, report: RepositoryReport, job: Job, around: Surroundings) -> dict[str, str | bytes]:
        files: dict[str, str | bytes] = {}
        picture = self._picture(part, report, job, files)
        values = page_of(part, report, job.points, around, picture)
        root = "../" * (around.folder.count("/") + 1)
        shared = {"root": root, "folder": around.folder, "here": "", "within": "products"}
        files["index.html"] = self._templates.render("product.html", **shared, **values)
        if part.entry.path:
            files.update(badges(part.entry, self._templates))
        findings = Table("findings", "", FINDINGS, tuple(_findings(part, report)))
        files["findings.csv"] = as_csv(findings)
        files["findings.json"] = as_json(findings)
        return files

    def _picture(self, part: Part, report: RepositoryReport, job: Job, files: dict[str, str | bytes]) -> Picture | None:
        """The architecture diagram; the file of one that is a picture is added to the files."""
        diagram = part.sheet.diagram
        if diagram is None:
            return None
        source = source_of(report.repository, report.revision).url(diagram.path)
        if diagram.text:
            return Picture("", diagram.text, diagram.path, source)
        content = harmless(diagram.kind, job.pictures.get(diagram.digest, b""))
        if not content:
            return None
        name = diagram_name(diagram.kind)
        files[name] = content
        return Picture(name, "", diagram.path, source)


def key_of(digest: str, around: Surroundings, points: Sequence[Point]) -> str:
    """What stands for everything that the pages of a product are made from, besides what all pages depend on."""
    text = repr((digest, around, points))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _findings(part: Part, report: RepositoryReport) -> Iterable[Sequence[Value]]:
    if report.report is None:
        return
    for one in part.findings:
        state = "waived" if one.suppressed else "open" if is_open(one, report.report.fail_on) else "told"
        start = one.location.span.start
        yield (
            one.rule,
            one.severity.label,
            state,
            one.location.path,
            start.line,
            one.message,
            one.hint,
            one.fingerprint,
        )
