"""RL807: imports across the boundaries of modules, and cycles."""

from collections.abc import Iterator

from linter.model.finding import Location, Severity, Span
from linter.model.imports import Crossing, Cycle, JudgedImport
from linter.model.rule import Hit, rule


@rule("RL807", "module-boundary", Severity.ERROR, JudgedImport)
def module_boundary(judged: JudgedImport) -> Iterator[Hit]:
    """What it checks:
        That no part of the product imports from a part that it may not use, and that no change closes a cycle of files
        that import each other.

        The parts are those of `simplicity.modules`: a file belongs to the first one whose `paths` match it. A part may
        import from those in its `may_use` and nothing but what these call `public`, where they say it; imports inside
        functions and for type checkers count too. A change is judged by the imports that it brings, a whole run tells
        all of them. A cycle is a warning; it counts imports that run when a file is loaded (not those inside functions
        or under `if TYPE_CHECKING`), is told once, with the import that closes it, and only if no base had it. A module
        that imports from the `__init__` of a package around it makes no cycle.

        Names are looked up in the tree that is judged, under the folder of the REVIEW.yaml and its `src`, never among
        installed packages.

    Why it matters:
        Parts that everybody reaches into cannot be changed, tested or taken out alone. Files in a cycle cannot even be
        loaded alone, and which import fails depends on who came first.

    Example:
        `shop/catalogue/price.py` imports `shop.billing.invoice`, and `catalogue` may not use `billing`.

    Remedy:
        Turn the dependency around: let the caller pass what is needed, or move what both parts need into one that both
        may use. A cycle often ends when the one name that both files need gets a file of its own.

    Options:
        In REVIEW.yaml: `simplicity.modules` with `name`, `paths`, `may_use`, `public`; with `simplicity.mode: advice`
        this rule never blocks.
    """
    yield _crossing(judged.fault) if isinstance(judged.fault, Crossing) else _cycle(judged.fault)


def _cycle(fault: Cycle) -> Hit:
    way = " → ".join((*fault.steps, fault.path))
    return Hit(
        f"this import of {fault.imported.said} closes a cycle: {way}",
        _location(fault),
        "move what both sides need into a file of its own, or import it where it is used",
        Severity.WARNING,
        data={"cycle": list(fault.steps)},
    )


def _crossing(fault: Crossing) -> Hit:
    facts = {"module": fault.user, "uses": fault.used, "imported": fault.imported.said, "target": fault.target}
    return Hit(_message(fault), _location(fault), _hint(fault), data=facts)


def _location(fault: Crossing | Cycle) -> Location:
    return Location(fault.path, Span(fault.imported.position))


def _message(fault: Crossing) -> str:
    if fault.public is None:
        return f"{fault.user} may not use {fault.used}, and this imports {fault.imported.said} ({fault.target})"
    return f"{fault.imported.said} is not among what {fault.used} offers to {fault.user}"


def _hint(fault: Crossing) -> str:
    if fault.public is None:
        return f"let the caller pass it in, or move it to where both may use it ({fault.user} has a `may_use`)"
    return f"use {' or '.join(fault.public)}"
