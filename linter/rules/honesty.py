"""RL009 and RL016: texts that say nothing, and sections that stay drafts while customers rely on the product."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.hollow import folded, is_hollow, is_placeholder
from linter.model.pointer import dotted, join, split
from linter.model.quote import named, quoted
from linter.model.review import SECTIONS, Review
from linter.model.rule import Hit, rule

SHORTEST_REPEATED = 20
"""Shorter texts may well be the same in two sections."""

CITED = frozenset(
    [
        *("path", "paths", "contains", "workflow", "job", "commit", "symbol", "url", "checked", "covers", "generated"),
        *("architecture_diagram", "design_doc", "decisions", "published", "coverage_report", "script", "report"),
        *("threat_model", "static_analysis", "dependency_scan", "secret_scan", "pipeline", "change", "runbook"),
        *("source", "kill_switch", "how", "plan", "offers"),
    ]
)
"""Keys whose values are looked up, unless they say nothing; the same ones may be cited in several sections."""

CODE = frozenset(["tags", "fields", "rules", "may_use", "public"])
"""Keys whose values are words of programs: `unknown` may well be one of them."""

NAMES = frozenset(
    [
        *("name", "id", "for", "answers", "owner", "by", "agreed_by", "approved_by", "team", "product_owner", "tool"),
        *("system", "route", "stores", "operation", "where", "announce", "secret_store", "issue", "link", "dashboards"),
        *("escalation", "chat", "audience", "actor", "per"),
    ]
)
"""Keys whose values name things and people: the same ones in several sections say something each time."""


@rule("RL009", "hollow-text", Severity.WARNING, Review)
def hollow_text(review: Review) -> Iterator[Hit]:
    """What it checks:
        That no text is only TBD, TODO, n/a, idem, "to be defined" or the like, that no placeholder of `review-lint
        init` is left, and that no text of 20 characters or more stands in two sections.

        Capitals and white space make no difference. Names of things and people, paths and other evidence may stand in
        several sections, and keys that begin with `x-` are a team's own. While every section is a draft, what stands
        above the sections is advice too.

    Why it matters:
        A text that says nothing makes a review look complete. Whoever relies on it learns during an outage that nobody
        had thought about the question.

    Example:
        failure_modes:
          - {what: payments is down, effect: TBD, response: to be defined}

    Remedy:
        Say it in your own words. What nobody knows yet belongs in a section with `status: draft`; for what does not
        apply to the product most keys take `not_applicable` with a reason. Say in each section what is special about
        it, and the rest once.

    Options:
        A section with `status: draft` is advice only.
    """
    first: dict[str, str] = {}
    for pointer, text in _texts(review, "", review.document.data):
        said = _says_nothing(pointer, text)
        if said:
            hint = "write what holds, or keep the section a draft while nobody knows"
            yield Hit(said, review.at(pointer), hint, _severity(review, pointer))
        elif _may_be_copied(pointer, text):
            place = first.setdefault(folded(text), pointer)
            if split(place)[0] != split(pointer)[0]:
                yield _repeated(review, pointer, place)


@rule("RL016", "unadopted-section", Severity.WARNING, Review)
def unadopted_section(review: Review) -> Iterator[Hit]:
    """What it checks:
        That a product in production has no section whose `status` is still draft or proposed.

    Why it matters:
        Findings in a draft are advice. That helps a team to begin; in production, where customers rely on what is
        written, a section that is never adopted is a way around its guideline.

    Example:
        lifecycle: production
        quality:
          status: draft

    Remedy:
        Agree on the section in the team, put right what is found in it, and set `status: adopted` or remove the line.

    Options:
        None that lowers it by that same status. A waiver with a reason and an end gives the team time.
    """
    for section in SECTIONS:
        pointer = join("", section, "status")
        status = review.text(pointer)
        if status in ("draft", "proposed") and review.lifecycle == "production":
            state = "still a draft" if status == "draft" else "proposed and not yet adopted"
            message = f"{named(section)} is {state}, and the product is in production"
            yield Hit(message, review.at(pointer), "agree on it in the team, then set `status: adopted`")


def _texts(review: Review, pointer: str, value: object) -> Iterator[tuple[str, str]]:
    """The sound texts of the file in its order, each with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, item in value.items():
            below = join(pointer, key)
            if not key.startswith("x-") and review.has(below):
                yield from _texts(review, below, item)
    elif isinstance(value, list):
        for below in review.items(pointer):
            yield from _texts(review, below, value[int(split(below)[-1])])


def _says_nothing(pointer: str, text: str) -> str | None:
    """What is to be said of a text that says nothing."""
    if is_placeholder(text):
        return f"{named(dotted(pointer))}: {quoted(text)} is a placeholder"
    keys = _keys(pointer)
    is_something = not CODE.isdisjoint(keys) or (text == "." and not CITED.isdisjoint(keys))
    return None if is_something or not is_hollow(text) else f"{named(dotted(pointer))}: {quoted(text)} says nothing"


def _may_be_copied(pointer: str, text: str) -> bool:
    is_prose = (NAMES | CITED | CODE).isdisjoint(_keys(pointer)) and not (text.isascii() and " " not in text.strip())
    return is_prose and split(pointer)[0] in SECTIONS and len(folded(text)) >= SHORTEST_REPEATED


def _keys(pointer: str) -> list[str]:
    """The keys that say what a text is about; why something is not applicable is prose, whatever it is."""
    return split("/" + pointer.rpartition("/not_applicable/")[2])


def _repeated(review: Review, pointer: str, first: str) -> Hit:
    line = review.at(first).span.start.line
    message = f"{named(dotted(pointer))}: the same text as {named(dotted(first))} in line {line}"
    return Hit(message, review.at(pointer), "say here what is special about this section", data={"first": first})


def _severity(review: Review, pointer: str) -> Severity | None:
    """Advice above the sections while none of them is more than a draft; a section's own status does the rest."""
    statuses = [review.document.status(join("", section)) for section in SECTIONS if review.has(join("", section))]
    is_in_section = split(pointer)[0] in SECTIONS
    return Severity.ADVICE if not is_in_section and statuses and set(statuses) == {"draft"} else None
