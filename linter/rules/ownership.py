"""RL014: who owns a product, as its review file and other files of the repository say it."""

from collections.abc import Iterator

from linter.model.finding import Location, Position, Severity, Span
from linter.model.owners import BrokenLine, CodeOwners
from linter.model.ownership import Claim, Ownership, Standing
from linter.model.quote import listed, named, quoted, shown
from linter.model.rule import Fix, Hit, rule
from linter.model.words import closest

TEAM = "/owner/team"

MOST_LINES = 10
"""So many lines that are skipped are listed."""


@rule("RL014", "unknown-owner", Severity.WARNING, Ownership, Fix.SUGGEST)
def unknown_owner(ownership: Ownership) -> Iterator[Hit]:
    """What it checks:
        That `owner.team` owns at least one of the files that the review file covers by the repository's CODEOWNERS
        file, where it has one, and that `spec.owner` of the catalog-info.yaml beside the review file, where there is
        one, names the same team.

        The CODEOWNERS file is the first of `.github/CODEOWNERS`, `CODEOWNERS`, `docs/CODEOWNERS` and
        `.gitlab/CODEOWNERS`, read by GitHub's rules for patterns, and those of GitLab where it has sections. Lines that
        GitHub skips are reported too. Handles and addresses are compared without regard to case; of the catalogue's
        owner (`group:default/orders`) the name counts, and it has to be the last part of the team's handle.

    Why it matters:
        The owner is who is asked when something is wrong. Where two files name two teams, one of them is out of date,
        and reviews and alarms go to people who do not know the product.

    Example:
        owner: {team: "@acme/orders", product_owner: "@ada"}

        CODEOWNERS has no other line than `* @acme/checkout`.

    Remedy:
        Name the team that owns the code, or give the team its files in CODEOWNERS. A skipped line needs a pattern
        without `!` and `[...]`, then owners as @name, @org/team or e-mail addresses.

    Options:
        A repository without CODEOWNERS and catalogue is asked nothing. In a change-based run the rule looks at these
        files when the change touches one of them or the review file.
    """
    if ownership.code_owners and ownership.code_owners.broken:
        yield _skipped(ownership.code_owners)
    for claim in ownership.claims:
        faults = list(_faults(claim, ownership.code_owners))
        if faults:
            message = f"{quoted(claim.team)} {', and '.join(faults)}"
            yield Hit(message, claim.review.at(TEAM), _advice(claim, ownership.code_owners))


def _skipped(code_owners: CodeOwners) -> Hit:
    first, *more = code_owners.broken
    numbers = [str(broken.line) for broken in code_owners.broken[:MOST_LINES]]
    rest = [f"{len(code_owners.broken) - MOST_LINES} more"] if len(code_owners.broken) > MOST_LINES else []
    lines = f"lines {listed([*numbers, *rest])} are skipped; line {first.line}" if more else "this line is skipped"
    location = Location(code_owners.path, Span(Position(first.line, 1)))
    hint = "write a pattern, then owners as @name, @org/team or e-mail addresses"
    return Hit(f"{lines}: {first.reason}", location, hint)


def _faults(claim: Claim, code_owners: CodeOwners | None) -> Iterator[str]:
    place = named(code_owners.path) if code_owners else ""
    if claim.standing is Standing.UNNAMED:
        yield f"is in no rule of {place}"
    elif claim.standing is Standing.POWERLESS:
        yield f"owns nothing of what this file covers by {place}"
    if claim.catalog and _disagree(claim.team, claim.catalog[1]):
        yield f"is not the owner in {named(claim.catalog[0])}, {quoted(claim.catalog[1])}"


def _advice(claim: Claim, code_owners: CodeOwners | None) -> str:
    if code_owners is None or claim.standing in (Standing.UNKNOWN, Standing.OWNER):
        return "name the same team in both files"
    broken = _broken_line_of(claim.team, code_owners)
    if broken:
        return f"line {broken.line} of {named(code_owners.path)} names it and is skipped: {broken.reason}"
    if claim.holders:
        return f"this file belongs to {listed([shown(holder) for holder in claim.holders])} there"
    meant = closest(claim.team, code_owners.names) if claim.standing is Standing.UNNAMED else ()
    return f"did you mean {listed([quoted(one) for one in meant], 'or')}?" if meant else "give it a line there"


def _broken_line_of(team: str, code_owners: CodeOwners) -> BrokenLine | None:
    return next((broken for broken in code_owners.broken if team.casefold() in broken.text.casefold().split()), None)


def _disagree(team: str, owner: str) -> bool:
    """Whether a handle and the owner in a catalogue differ; a handle and an e-mail address cannot be compared."""
    one, other = team.casefold().removeprefix("@"), owner.casefold().removeprefix("@")
    if "@" in one or "@" in other:
        return "@" in one and "@" in other and one != other.rpartition(":")[2].rpartition("/")[2]
    return one.rpartition("/")[2] != other.rpartition(":")[2].rpartition("/")[2]
