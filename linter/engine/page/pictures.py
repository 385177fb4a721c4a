"""Parts of a review file that are better shown than told: promises side by side, neighbours, the steps of a release."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.page.guide import inside, title, told
from linter.engine.page.values import Values, is_number, number
from linter.model.page import NOTHING, Cell, Neighbour, Rollout, Stage, Surroundings, Table
from linter.model.units import HOUR, MINUTE, duration_in_words, error_budget, shown

SLA = "/clarity/sla"

_Mapping = Mapping[Any, Any]


def promises(data: Mapping[Any, Any], values: Values) -> Table:
    """What is promised beside what is aimed at, figure by figure, and by what it is measured."""
    clarity, monitoring = _mapping(data.get("clarity")), _mapping(data.get("monitoring"))
    figures = _figures(_mapping(clarity.get("sla")), _mapping(clarity.get("slo")), _measures(monitoring.get("slis")))
    rows = [_figure_row(figure, values) for figure in figures]
    columns = ("Figure", "Promised (SLA)", "Aimed at (SLO)", "Measured by")
    return Table("Service levels", columns, tuple(rows))


def surroundings(data: Mapping[Any, Any]) -> Surroundings | None:
    """The product between what it provides and what it depends on; None where it does neither."""
    planning = _mapping(data.get("planning"))
    offers = tuple(
        Neighbour(name, _words(item, "version", "stability"), True) for name, item in _named(planning.get("provides"))
    )
    needs = tuple(
        Neighbour(name, _words(item, "kind", "criticality"), item.get("criticality") != "soft")
        for name, item in _named(planning.get("dependencies"))
    )
    name = data.get("name")
    centre = name if isinstance(name, str) else "this product"
    return Surroundings("What it offers and what it needs", centre, offers, needs) if offers or needs else None


def rollout(stages: Any) -> Rollout | None:
    """The steps of a release; None where no step says whom it reaches."""
    found = [
        Stage(name, min(100.0, max(0.0, float(item["percent"]))), _pace(item))
        for name, item in _named(stages)
        if is_number(item.get("percent"))
    ]
    return Rollout("How a release reaches everyone", tuple(found)) if found else None


class _Figure(NamedTuple):
    """One figure of a service level: what it is called, both its values, the names of its indicators."""

    name: str
    place: str
    promised: Any
    aimed_at: Any
    measures: tuple[str, ...]


def _figure_row(figure: _Figure, values: Values) -> tuple[Cell, ...]:
    both = (NOTHING if one is None else values.cell(one, figure.place) for one in (figure.promised, figure.aimed_at))
    measures = ((", ".join(figure.measures),),) if figure.measures else NOTHING
    return (((figure.name,),), *both, measures)


def _figures(promised: _Mapping, aimed_at: _Mapping, measures: Mapping[str, tuple[str, ...]]) -> Iterator[_Figure]:
    for key in told(SLA, {**promised, **aimed_at}):
        pair = promised.get(key), aimed_at.get(key)
        measured = measures.get(key, ())
        if key == "latency" and all(one is None or isinstance(one, list) for one in pair):
            yield from _latencies(*pair, measured)
        else:
            yield _Figure(title(inside(SLA, key)), inside(SLA, key), *pair, measured)
        if key == "window":
            yield _Figure("Error budget", "", _budget(promised), _budget(aimed_at), ())


def _latencies(promised: Any, aimed_at: Any, measured: tuple[str, ...]) -> Iterator[_Figure]:
    both = [{_latency_name(item): item.get("max_ms") for item in _mappings(one)} for one in (promised, aimed_at)]
    for name in dict.fromkeys([*both[0], *both[1]]):
        yield _Figure(name, SLA + "/latency/*/max_ms", both[0].get(name), both[1].get(name), measured)


def _latency_name(item: Mapping[Any, Any]) -> str:
    percentile, operation = item.get("percentile"), item.get("operation")
    share = f"Latency p{number(percentile)}" if is_number(percentile) else "Latency"
    return f"{share} of {operation}" if isinstance(operation, str) else share


def _budget(level: Mapping[Any, Any]) -> str | None:
    """The outage that a promise allows in its window, such as `21.6 minutes`."""
    share, window = level.get("availability_percent"), level.get("window")
    if not is_number(share) or not 0 <= share <= 100 or not isinstance(window, str):
        return None
    seconds = error_budget(share, window)
    if seconds is None:
        return None
    unit, name = (HOUR, "hours") if seconds >= 2 * HOUR else (MINUTE, "minutes") if seconds >= 2 * MINUTE else (1, "s")
    return f"{shown(round(seconds / unit, 1))} {name}"


def _measures(slis: Any) -> Mapping[str, tuple[str, ...]]:
    """The names of the indicators by the key of the SLA that they are for."""
    found: dict[str, tuple[str, ...]] = {}
    for name, item in _named(slis):
        key = item.get("for")
        if isinstance(key, str):
            found[key] = (*found.get(key, ()), name)
    return found


def _named(value: Any) -> Iterator[tuple[str, Mapping[Any, Any]]]:
    """The mappings of a list that have a name."""
    return ((item["name"], item) for item in _mappings(value) if isinstance(item.get("name"), str))


def _mappings(value: Any) -> Iterable[Mapping[Any, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) and "not_applicable" not in value else {}


def _pace(stage: Mapping[Any, Any]) -> str:
    soak, gate = (word if isinstance(word := stage.get(key), str) else "" for key in ("min_soak", "gate"))
    return ", ".join(filter(None, [duration_in_words(soak) or soak, gate]))


def _words(item: Mapping[Any, Any], *keys: str) -> str:
    return ", ".join(str(item[key]) for key in keys if isinstance(item.get(key), str))
