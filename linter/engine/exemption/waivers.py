"""The waivers and debts of a review file, read and turned into what they hide."""

from collections.abc import Iterator
from typing import Any

from linter.engine.scope.simplicity import globs_of
from linter.model.day import is_day
from linter.model.document import Document
from linter.model.finding import Location
from linter.model.holding import FIGURES_OF
from linter.model.suppression import MIN_WAIVER_REASON, Debt, Exemption, Governance, Terms, Waiver

DEBT_RULES = tuple(FIGURES_OF)
"""The rules about figures of functions and files, which an entry of `simplicity.debt` can hide."""

HARMLESS = ("RL003",)
"""A plain scalar that older readers of YAML take for something else still has its value."""

WAIVER_TEXTS = ("id", "reason", "owner", "approved_by")
WAIVER_KEYS = frozenset((*Waiver._fields, "kind", "issue")) - {"pointer", "is_sound"}
DEBT_TEXTS = ("symbol", "path", "metric", "owner")
DEBT_KEYS = frozenset((*Debt._fields, "issue")) - {"pointer", "is_sound"}


def governance_of(document: Document, terms: Terms) -> Governance:
    """The waivers and debts of a review file; a file that could not be read has none."""
    data = document.data if isinstance(document.data, dict) else {}
    waivers = tuple(_waiver(document, f"/waivers/{index}", item) for index, item in _items(data.get("waivers")))
    debt = document.section("simplicity").get("debt")
    debts = tuple(_debt(document, f"/simplicity/debt/{index}", item) for index, item in _items(debt))
    return Governance(document, waivers, debts, terms)


def exemptions_of(governance: Governance) -> Iterator[Exemption]:
    """What the waivers and debts hide that work today."""
    path = governance.document.path
    for waiver in filter(governance.works, governance.waivers):
        yield Exemption(
            by=f"waiver {waiver.id}",
            reason=waiver.reason,
            expires=waiver.expires,
            rules=waiver.rules,
            document=path,
            paths=waiver.paths,
            symbol=waiver.symbol,
            ceiling=waiver.ceiling,
            location=_location(governance, waiver.pointer),
        )
    for debt in filter(governance.works, governance.debts):
        yield Exemption(
            by=f"debt {debt.symbol}",
            reason=f"{debt.owner} pays it back",
            expires=debt.until,
            rules=tuple(code for code in DEBT_RULES if code not in governance.terms.forbidden),
            document=path,
            path=debt.path,
            symbol=debt.symbol,
            metric=debt.metric,
            ceiling=debt.ceiling,
            location=_location(governance, debt.pointer),
        )


def _location(governance: Governance, pointer: str) -> Location:
    return Location(governance.document.path, governance.document.span(pointer), pointer)


def _waiver(document: Document, pointer: str, item: dict[str, Any]) -> Waiver:
    rules = item.get("rules")
    waiver = Waiver(
        pointer=pointer,
        is_sound=False,
        **{key: _text(item.get(key)) for key in WAIVER_TEXTS},
        rules=tuple(_text(code) for code in rules) if isinstance(rules, list) else (),
        created=_day(item.get("created")),
        expires=_day(item.get("expires")),
        paths=globs_of(item.get("paths")),
        symbol=_text(item.get("symbol")) or None,
        ceiling=_number(item.get("ceiling")),
    )
    is_sound = _is_complete(waiver, item) and not _has_problems(document, pointer)
    return waiver._replace(is_sound=is_sound)


def _is_complete(waiver: Waiver, item: dict[str, Any]) -> bool:
    """Whether every key that is required is there, and every key that is there is known and has a value that counts:
    else the waiver might hide more than its author means.
    """
    required = (waiver.id, waiver.owner, waiver.approved_by, waiver.created, waiver.expires, waiver.rules)
    narrowing = {"paths": waiver.paths, "symbol": waiver.symbol, "ceiling": waiver.ceiling}
    return (
        all(required)
        and all(waiver.rules)
        and len(waiver.reason) >= MIN_WAIVER_REASON
        and not any(key in item and value is None for key, value in narrowing.items())
        and _has_only(item, WAIVER_KEYS)
    )


def _debt(document: Document, pointer: str, item: dict[str, Any]) -> Debt:
    debt = Debt(
        pointer=pointer,
        is_sound=False,
        **{key: _text(item.get(key)) for key in DEBT_TEXTS},
        ceiling=_number(item.get("ceiling")),
        until=_day(item.get("until")),
    )
    required = (debt.symbol, debt.path, debt.metric, debt.owner, debt.until)
    is_complete = all(required) and debt.ceiling is not None and _has_only(item, DEBT_KEYS)
    path = f"{document.folder}/{debt.path}" if document.folder else debt.path
    return debt._replace(path=path, is_sound=is_complete and not _has_problems(document, pointer))


def _has_only(item: dict[str, Any], keys: frozenset[str]) -> bool:
    return all(key in keys or str(key).startswith("x-") for key in item)


def _has_problems(document: Document, pointer: str) -> bool:
    """Whether the entry, by its shape, might say something else than its author means: then it hides nothing."""
    return any(
        problem.rule not in HARMLESS and (problem.pointer + "/").startswith(pointer + "/")
        for problem in document.problems
    )


def _items(value: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield index, item


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _day(value: Any) -> str:
    return value if is_day(value) else ""


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
