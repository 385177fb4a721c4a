"""The sheets of the products of a tree, out of what a run over it has found."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.engine.ground import Ground
from linter.engine.outcome import Outcome
from linter.engine.page.diagram import Drawing, drawing_of
from linter.engine.page.guide import title
from linter.engine.page.parts import header, material_of, sections
from linter.engine.page.values import number
from linter.model.day import Today
from linter.model.history import History
from linter.model.holding import FIGURES_OF
from linter.model.memory import Memory
from linter.model.metrics import MAINTAINABILITY, SourceMetrics
from linter.model.pointer import join
from linter.model.review import Review
from linter.model.sheet import Exemption, Shape, Sheet, owner_of, shape_of
from linter.model.sign_off import StaleSignOff
from linter.model.snapshot import Snapshot

Sources = Iterable[tuple[str, SourceMetrics]]
"""The figures of files by their paths."""


class Sheets(NamedTuple):
    """The sheets in the order of their paths, and the bytes of their pictures by SHA-256. They would be the same on
    every day up to `good_until`.
    """

    sheets: tuple[Sheet, ...]
    pictures: tuple[tuple[str, bytes], ...]
    good_until: str


class Tree(NamedTuple):
    """What is judged: a tree, its past if anybody may ask about it, and what is known already."""

    snapshot: Snapshot
    history: History | None
    memory: Memory


def sheets_of(tree: Tree, outcome: Outcome, sources: Sources, day: str) -> Sheets:
    """The sheets of a tree in which a run on that day (YYYY-MM-DD) found an outcome and the figures of `sources`."""
    today = Today(day)
    paths = frozenset(document.path for document in outcome.documents)
    shapes = _shapes(sources, paths)
    reviews = [Review(document, today, outcome.policy) for document in outcome.documents]
    pairs = [_sheet(review, tree, outcome.stale) for review in reviews]
    sheets = [sheet._replace(shape=shapes.get(sheet.path, Shape())) for sheet, _ in pairs]
    if "" in shapes or _has_more(paths, outcome):
        sheets.append(Sheet("", shape=shapes.get("", Shape())))
    pictures = {drawing.diagram.digest: drawing.content for _, drawing in pairs if drawing and drawing.content}
    return Sheets(
        tuple(sorted(sheets, key=lambda sheet: sheet.path)), tuple(sorted(pictures.items())), today.good_until
    )


def _has_more(paths: frozenset[str], outcome: Outcome) -> bool:
    """Whether there is no review file, or something is found in no folder of one."""
    return not paths or any(owner_of(one.location.path, paths) == "" for one in outcome.findings)


def _shapes(sources: Sources, paths: frozenset[str]) -> Mapping[str, Shape]:
    """The shapes of sheets by their paths."""
    owned: dict[str, list[tuple[str, SourceMetrics]]] = {}
    for path, source in sources:
        owned.setdefault(owner_of(path, paths), []).append((path, source))
    return {owner: shape_of(found) for owner, found in owned.items()}


def _sheet(review: Review, tree: Tree, stale: Iterable[StaleSignOff] | None) -> tuple[Sheet, Drawing | None]:
    """A sheet without its shape."""
    document = review.document
    if not document.is_readable:
        return Sheet(document.path), None
    ground = Ground(tree.snapshot, tree.history, [review], tree.memory)
    material = material_of(review, ground, "", counts_days=False, stale=stale)
    drawing = drawing_of(review, tree.snapshot)
    sheet = Sheet(
        path=document.path,
        description=material.text("description"),
        availability=_availability(review),
        header=tuple(header(material)),
        sections=sections(material),
        dependencies=tuple(_dependencies(review)),
        exemptions=(*_waivers(review), *_debts(review)),
        diagram=drawing.diagram if drawing else None,
    )
    return sheet, drawing


def _availability(review: Review) -> float | None:
    found = review.number("/clarity/sla/availability_percent")
    return float(found) if found is not None and 0 <= found <= 100 else None


def _dependencies(review: Review) -> Iterator[str]:
    names = (review.text(join(item, "name")) for item in review.items("/planning/dependencies"))
    return iter(dict.fromkeys(filter(None, names)))


def _waivers(review: Review) -> Iterator[Exemption]:
    for item in review.items("/waivers"):
        rules, paths = (tuple(text for _, text in review.texts(join(item, key))) for key in ("rules", "paths"))
        reason, approved_by, expires, symbol = _texts(review, item, "reason", "approved_by", "expires", "symbol")
        yield Exemption(rules, (*paths, symbol) if symbol else paths, reason, approved_by, expires)


def _debts(review: Review) -> Iterator[Exemption]:
    """Debt names a limit: what it sets aside are the rules that hold to it."""
    for item in review.items("/simplicity/debt"):
        metric, path, symbol, owner, until = _texts(review, item, "metric", "path", "symbol", "owner", "until")
        rules = tuple(rule for rule, metrics in FIGURES_OF.items() if metric in metrics)
        where = tuple(filter(None, (path, symbol)))
        yield Exemption(rules, where, _bound(metric, review.number(join(item, "ceiling"))), owner, until, is_debt=True)


def _bound(metric: str, ceiling: float | None) -> str:
    """Such as `Cyclomatic complexity up to 31` or `Least maintainability index 12`."""
    name = title(join("/simplicity/limits", metric)) if metric else ""
    words = [name, "" if metric == MAINTAINABILITY else "up to", number(ceiling)] if ceiling is not None else [name]
    return " ".join(filter(None, words))


def _texts(review: Review, item: str, *keys: str) -> Iterator[str]:
    return (review.text(join(item, key)) or "" for key in keys)
