"""The pages about many products: by name of their file the template that shows them, and what it shows."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from linter.model.overview import News
from linter.site.address import link
from linter.site.board import HeatRow, heat, heat_row, judged, tasks
from linter.site.download import tables
from linter.site.entry import BARE, GUIDELINES, STATES, Entry
from linter.site.feed import Item, feeds, identity
from linter.site.material import Material
from linter.site.past import OF_TEAMS
from linter.site.product_files import Options
from linter.site.rule_page import Standing, breaks, by_family, page_of, standings
from linter.site.table import as_csv, as_json, as_script, texts

PIECE = 200
"""Products in a piece of their table, for those without scripts."""

MOST_TEAMS, MOST_ROWS, MOST_TASKS = 30, 8, 25
"""Rows of tables that lead to more of the same."""

NO_TEAM, NO_TIER = "No team", "No tier"


class Page(NamedTuple):
    """A file of the site, from a template and values."""

    name: str
    template: str
    values: Mapping[str, Any]


def pages(material: Material, news: Iterable[News], options: Options) -> Iterator[Page]:
    """All pages that are made from templates and belong to no single product."""
    rules = standings(material.entries, material.past.rules)
    yield _overview(material)
    yield from _products(material)
    yield Page(
        "teams/index.html", "teams.html", {"here": "teams", "rows": _team_rows(material), "guidelines": GUIDELINES}
    )
    yield from _teams(material, news, options)
    yield Page("rules/index.html", "rules.html", {"here": "rules", "families": by_family(rules)})
    yield from _rules(material, rules)
    found = list(tables(material, rules))
    yield Page(
        "downloads/index.html", "downloads.html", {"here": "downloads", "tables": found, "teams": material.teams}
    )


def files(material: Material) -> Iterator[tuple[str, str]]:
    """The data: by file name what stands in it."""
    rules = standings(material.entries, material.past.rules)
    for table in tables(material, rules):
        yield f"data/{table.name}.json", as_json(table)
        yield f"data/{table.name}.csv", as_csv(table)
    yield "data/products.js", as_script("products", _rows(material))


def _overview(material: Material) -> Page:
    entries = material.entries
    better, worse = material.moves
    tiers = heat(entries, lambda one: "" if one.tier is None else str(one.tier), "tier", _tier)
    teams = heat(entries, lambda one: one.team, "team", lambda name: name or NO_TEAM)
    values = {
        "here": "overview",
        "all": heat_row(entries, "", "", "All products"),
        "unjudged": len(entries) - len(judged(entries)),
        "teams": teams[:MOST_TEAMS],
        "more_teams": max(0, len(teams) - MOST_TEAMS),
        "tiers": sorted(tiers, key=lambda row: row.key or "~"),
        "guidelines": GUIDELINES,
        "better": better,
        "worse": worse,
        "due": material.due,
        "stale": material.stale,
        "growing": material.growing,
        "watched_since": material.watched_since,
        "most": MOST_ROWS,
        "rows": material.past.trends.total,
        "names": OF_TEAMS,
    }
    return Page("index.html", "overview.html", values)


def _tier(key: str) -> str:
    return f"Tier {key}" if key else NO_TIER


def _products(material: Material) -> Iterator[Page]:
    """The table, in pieces."""
    pieces = [material.entries[start : start + PIECE] for start in range(0, len(material.entries), PIECE)] or [[]]
    names = ["products/index.html", *(f"products/{number}.html" for number in range(2, len(pieces) + 1))]
    for number, (name, piece) in enumerate(zip(names, pieces, strict=True)):
        values = {
            "here": "products",
            "entries": piece,
            "number": number,
            "piece": PIECE,
            "names": [one.removeprefix("products/") for one in names],
            "total": len(material.entries),
            "guidelines": GUIDELINES,
            "recent": _recent(material),
        }
        yield Page(name, "products.html", values)


def _recent(material: Material) -> Callable[[Entry], tuple[int | None, int | None]]:
    """How many findings of a product are new since the last scan, and how many are fixed; None where several share a
    repository: that is counted by repository.
    """
    products = Counter(entry.repository for entry in material.entries)

    def recent(entry: Entry) -> tuple[int | None, int | None]:
        if products[entry.repository] > 1:
            return None, None
        points = material.past.trends.points.get(entry.repository, ())
        if not points or points[-1].number != len(material.past.scans):
            return 0, 0
        return points[-1].new, points[-1].fixed

    return recent


def _rows(material: Material) -> dict[str, Any]:
    """What the script of the products page shows; a state of a guideline is its number in STATES."""
    page, recent = "products/index.html", _recent(material)
    numbers = {state: number for number, state in enumerate(STATES)}
    rows = [
        [
            *texts((entry.name, link(material.page_of(entry), page))),
            *texts((entry.team, link(material.page_of_team(entry.team), page))),
            *texts((entry.tier, entry.lifecycle, entry.state)),
            [numbers[state] for state in entry.states],
            entry.open,
            *recent(entry),
            *texts((entry.repository,)),
        ]
        for entry in material.entries
    ]
    labels = [name.replace("-", " ") for name in GUIDELINES]
    return {"guidelines": GUIDELINES, "guidelineLabels": labels, "states": STATES, "rows": rows}


def _team_rows(material: Material) -> list[HeatRow]:
    return [heat_row(entries, name, "team", name or NO_TEAM) for name, entries in material.teams.items()]


def _teams(material: Material, news: Iterable[News], options: Options) -> Iterator[Page]:
    repositories: dict[str, list[Entry]] = {}
    for entry in material.entries:
        repositories.setdefault(entry.repository, []).append(entry)
    found = feeds(news, repositories, material.addresses, options.url)
    for name in material.teams:
        yield Page(material.page_of_team(name), "team.html", _team(name, material))
        yield _feed(name, material.addresses.team(name), found.get(name, []), material, options)


def _team(name: str, material: Material) -> Mapping[str, Any]:
    entries = material.teams[name]
    todo = tasks(entries)
    return {
        "within": "teams",
        "team": name,
        "row": heat_row(entries, name, "team", name or NO_TEAM),
        "guidelines": GUIDELINES,
        "entries": entries,
        "told": sum(entry.told for entry in entries),
        "tasks": todo[:MOST_TASKS],
        "more_tasks": max(0, len(todo) - MOST_TASKS),
        "bare": [entry for entry in entries if entry.state == BARE],
        "due": [one for one in material.due if one.entry.team == name],
        "stale": [entry for entry in entries if entry.stale],
        "most": MOST_ROWS,
        "rows": material.past.trends.teams.get(name, ()),
        "names": OF_TEAMS,
    }


def _feed(name: str, folder: str, items: list[Item], material: Material, options: Options) -> Page:
    # Equal feeds have equal days: a reader would otherwise fetch what says nothing new.
    updated = items[0].updated[:10] if items else material.past.scans[0].day
    values = {
        "team": name,
        "folder": folder,
        "items": items,
        "updated": updated,
        "id": identity(f"{options.url}{folder}"),
    }
    return Page(f"{folder}/feed.atom", "feed.xml", values)


def _rules(material: Material, found: Sequence[Standing]) -> Iterator[Page]:
    broken = breaks(material.entries)
    for one in found:
        code = one.rule.code
        values = page_of(one, broken.get(code, ()), material.past.rules.get(code, ()))
        yield Page(f"rule/{code}.html", "rule.html", {"within": "rules", **values})
