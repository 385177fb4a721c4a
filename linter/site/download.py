"""The tables of the site, to take away."""

from collections.abc import Iterator, Sequence

from linter.site.board import heat_row
from linter.site.entry import GUIDELINES, Entry
from linter.site.material import Material
from linter.site.past import OF_TEAMS
from linter.site.rule_page import Standing
from linter.site.table import Table, Value

_WHO = ("product", "repository", "review_file", "team", "tier", "lifecycle")


def tables(material: Material, rules: Sequence[Standing]) -> Iterator[Table]:
    """All tables about more than one product."""
    keys = tuple(name.replace("-", "_") for name in GUIDELINES)
    columns = (*_WHO, "kind", "state", *keys, "open", "functions", "complexity", "why", "page")
    yield Table(
        "products",
        "A product: how it stands to each guideline",
        columns,
        list(map(_Products(material), material.entries)),
    )
    yield _teams(material, keys)
    yield _rules(rules)
    yield Table(
        "waivers",
        "A waiver or debt that is in force or has ended",
        (*_WHO, "rules", "where", "reason", "approved_by", "ends", "kind"),
        list(_waivers(material)),
    )
    stale = [(*_who(entry), why) for entry in material.stale for why in entry.stale]
    yield Table("stale", "A sign-off that does not hold any more", (*_WHO, "why"), stale)
    growing = [
        (
            *_who(one.entry),
            one.function.path,
            one.function.line,
            one.function.symbol,
            one.before,
            one.function.complexity,
        )
        for one in material.growing
    ]
    yield Table(
        "growing",
        "A complex function that has grown",
        (*_WHO, "path", "line", "function", "before", "complexity"),
        growing,
    )
    yield _history(material)


class _Products:
    """Makes rows of products."""

    def __init__(self, material: Material) -> None:
        self._material = material

    def __call__(self, entry: Entry) -> tuple[Value, ...]:
        shape = entry.shape
        mean = round(shape.complexity / shape.functions, 2) if shape.functions else None
        return (
            *_who(entry),
            entry.kind,
            entry.state,
            *entry.states,
            entry.open,
            shape.functions,
            mean,
            entry.note,
            self._material.page_of(entry),
        )


def _who(entry: Entry) -> tuple[Value, ...]:
    return entry.name, entry.repository, entry.path, entry.team, entry.tier, entry.lifecycle


def _teams(material: Material, keys: tuple[str, ...]) -> Table:
    rows = [heat_row(entries, name, "team", name) for name, entries in material.teams.items()]
    columns = (
        "team",
        "products",
        "with_review",
        "passing",
        "open",
        *(f"{key}_met" for key in keys),
        *(f"{key}_of" for key in keys),
    )
    counted: list[tuple[Value, ...]] = [
        (
            row.key,
            row.products,
            row.reviewed,
            row.passing,
            row.open,
            *(c.met for c in row.cells),
            *(c.of for c in row.cells),
        )
        for row in rows
    ]
    return Table(
        "teams", "A team: how many of its products meet each guideline, of those that it applies to", columns, counted
    )


def _rules(rules: Sequence[Standing]) -> Table:
    rows = [
        (
            one.rule.code,
            one.rule.name,
            one.rule.family,
            one.rule.severity.label,
            one.products,
            one.open,
            one.told,
            one.waived,
        )
        for one in rules
    ]
    columns = ("rule", "name", "guideline", "severity", "products", "open", "told", "waived")
    return Table("rules", "A rule: how many products break it", columns, rows)


def _waivers(material: Material) -> Iterator[Sequence[Value]]:
    for entry in material.entries:
        for one in entry.exemptions:
            kind = "debt" if one.is_debt else "waiver"
            yield (
                *_who(entry),
                " ".join(one.rules),
                " ".join(one.where),
                one.reason,
                one.approved_by,
                one.expires,
                kind,
            )


def _history(material: Material) -> Table:
    columns = tuple(name.lower().replace(" ", "_") for name in OF_TEAMS)
    rows: list[tuple[Value, ...]] = [(row.day, *row.counts) for row in material.past.trends.total]
    return Table("history", "A scan: how all repositories stood", ("day", *columns), rows)
