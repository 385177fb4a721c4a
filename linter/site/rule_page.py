"""The page of a rule: what it means, how many products break it, and which."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from linter.model.rule import Rule
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import sections, summary
from linter.site.entry import Count, Entry
from linter.site.past import Row
from linter.site.remark import worded
from linter.site.templating import Markup, words

RULES: Mapping[str, Rule] = {rule.code: rule for rule in ALL_RULES}

RULE_NAMES = {code: worded(rule.name) for code, rule in RULES.items()}

MOST_LISTED = 500
"""Products on the page of a rule; the data has all."""


class Standing(NamedTuple):
    """How a rule stands: how many products break it, how many of its findings are open, below the fail level and
    waived. `change` says how many more repositories break it than in the scan before, None where that is not known.
    """

    rule: Rule
    title: str
    summary: Markup
    products: int
    open: int
    told: int
    waived: int
    change: int | None


class Break(NamedTuple):
    """A product that breaks a rule."""

    entry: Entry
    findings: Count


class Paragraph(NamedTuple):
    """Prose as markup, or a piece of a file as a text."""

    prose: Markup | None
    piece: str


def standings(entries: Iterable[Entry], trends: Mapping[str, Sequence[Row]]) -> list[Standing]:
    """Every rule, in the order of their codes."""
    sums: dict[str, list[int]] = {rule.code: [0, 0, 0, 0] for rule in ALL_RULES}
    for entry in entries:
        for count in entry.counts:
            if count.rule in sums:
                total = sums[count.rule]
                for index, value in enumerate((int(count.open + count.told > 0), count.open, count.told, count.waived)):
                    total[index] += value
    return [_standing(rule, sums[rule.code], trends.get(rule.code, ())) for rule in ALL_RULES]


def by_family(found: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    return [(name, list(rules)) for name, rules in groupby(found, key=lambda one: one.rule.family)]


def breaks(entries: Iterable[Entry]) -> dict[str, list[Break]]:
    """By rule the products that break it, those with the most findings first."""
    found: dict[str, list[Break]] = {}
    for entry in entries:
        for count in entry.counts:
            if count.open or count.told:
                found.setdefault(count.rule, []).append(Break(entry, count))
    for broken in found.values():
        broken.sort(key=lambda one: (-one.findings.open, -one.findings.told, one.entry.name, one.entry.path))
    return found


def page_of(standing: Standing, broken: Sequence[Break], rows: Sequence[Row]) -> Mapping[str, Any]:
    """What the template `rule.html` shows."""
    chapters = [
        (heading, list(map(_paragraph, text.split("\n\n")))) for heading, text in sections(standing.rule).items()
    ]
    return {
        "standing": standing,
        "chapters": chapters,
        "broken": broken[:MOST_LISTED],
        "all": len(broken),
        "rows": rows,
    }


def _standing(rule: Rule, sums: Sequence[int], rows: Sequence[Row]) -> Standing:
    change = rows[-1].counts[0] - rows[-2].counts[0] if len(rows) > 1 else None
    products, open_, told, waived = sums
    return Standing(rule, worded(rule.name), words(summary(rule)), products, open_, told, waived, change)


def _paragraph(text: str) -> Paragraph:
    """What does not end like a sentence is a piece of a file."""
    if text.rstrip().endswith((".", ":")):
        return Paragraph(words(" ".join(text.split())), "")
    return Paragraph(None, text)
