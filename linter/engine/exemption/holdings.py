"""The figures that exemptions are about, as a whole run finds them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linter.engine.code.library import Library
from linter.engine.exemption.suppression import is_governed
from linter.engine.scope.coverage import Coverage
from linter.engine.scope.scope import Scope
from linter.model.comparison import Source
from linter.model.document import Document
from linter.model.finding import Location
from linter.model.holding import FIGURES_OF, Figure, Holding
from linter.model.metrics import MAINTAINABILITY, FunctionMetrics, SourceMetrics
from linter.model.snapshot import Snapshot
from linter.model.suppression import Exemption
from linter.model.words import closest


class Measured(NamedTuple):
    """What a whole run has measured, and by what."""

    snapshot: Snapshot
    sources: Mapping[str, Source]
    library: Library
    scope: Scope
    coverage: Coverage


def holdings(exemptions: Iterable[Exemption], documents: Mapping[str, Document], run: Measured) -> Iterator[Holding]:
    """Those of the exemptions that are about figures; waivers only if they have a ceiling and something is beyond its
    limit, because they hide other things too. What the run could not analyse is left out.
    """
    for exemption in exemptions:
        if not FIGURES_OF.keys().isdisjoint(exemption.rules):
            place = _ceiling_location(exemption, documents)
            yield from (_of_waiver if exemption.path is None else _of_file)(exemption, place, run)


def _of_waiver(exemption: Exemption, place: Location, run: Measured) -> Iterator[Holding]:
    beyond = tuple(_beyond(exemption, run)) if _has_ceiling_for_functions(exemption) else ()
    if beyond:
        yield Holding(exemption, beyond, place)


def _of_file(exemption: Exemption, place: Location, run: Measured) -> Iterator[Holding]:
    source = run.sources.get(exemption.path or "")
    if exemption.path not in run.snapshot.paths():
        yield Holding(exemption, None, place)
    elif source and isinstance(source.metrics, SourceMetrics):
        figures = _figures(exemption, source, source.metrics, run)
        near = _near(exemption.symbol or "", source.metrics) if figures is None else ()
        yield Holding(exemption, figures, place, near)


def _ceiling_location(exemption: Exemption, documents: Mapping[str, Document]) -> Location:
    location = exemption.location
    if location.pointer is None:
        return location
    pointer = location.pointer + "/ceiling"
    return Location(location.path, documents[location.path].span(pointer), pointer)


def _has_ceiling_for_functions(exemption: Exemption) -> bool:
    """Whether it says how far functions may go. With RL804 among its rules it speaks of another figure too."""
    return exemption.ceiling is not None and "RL804" not in exemption.rules


def _beyond(exemption: Exemption, run: Measured) -> Iterator[Figure]:
    """The figures above their limits of everything that a waiver is about."""
    for source in run.sources.values():
        if isinstance(source.metrics, SourceMetrics) and is_governed(exemption, source.path, run.coverage):
            found = _figures(exemption, source, source.metrics, run) or ()
            yield from (figure for figure in found if figure.is_beyond)


def _figures(exemption: Exemption, source: Source, metrics: SourceMetrics, run: Measured) -> tuple[Figure, ...] | None:
    """The figures of the functions that an exemption is about in one file; None where it has no such function."""
    functions = [item for item in metrics.functions if exemption.symbol in (None, item.symbol)]
    pairs = ((name, function) for function in functions for name in _metrics(exemption) if function.has(name))
    return tuple(_figure(name, function, source, run) for name, function in pairs) if functions else None


def _near(symbol: str, metrics: SourceMetrics) -> tuple[str, ...]:
    """The symbols of a file with the same name in another scope, else those that are spelt alike."""
    symbols = [function.symbol for function in metrics.functions]
    name = symbol.rpartition(".")[2]
    return tuple(other for other in symbols if other.rpartition(".")[2] == name) or closest(symbol, symbols)


def _metrics(exemption: Exemption) -> list[str]:
    if exemption.metric:
        return [exemption.metric]
    return list(dict.fromkeys(name for code in exemption.rules for name in FIGURES_OF.get(code, ())))


def _figure(metric: str, function: FunctionMetrics, source: Source, run: Measured) -> Figure:
    value = (run.library.index(source) or 0.0) if metric == MAINTAINABILITY else function.figure(metric)
    return Figure(metric, value, run.scope.limits(source.path).limit(metric))
