"""What another policy would do, as a table for people or as JSON for programs."""

from typing import TextIO

import linter
from linter.adapters.terminal import Column, Look, table
from linter.model.rollout import Effect, Rollout
from linter.output.json_report import dumped, tool
from linter.output.printable import printable
from linter.output.scan.words import ALL, NOBODY

VERSION = 1

COLUMNS = (
    Column("Team"),
    Column("Repositories", True),
    Column("Fail today", True),
    Column("Newly failing", True, "red"),
    Column("Newly passing", True, "green"),
    Column("Findings that fail them", True, "red"),
    Column("Functions newly beyond a limit", True, "red"),
    Column("Not judged", True, "red"),
)

MOST_SHOWN = 50
"""Repositories that are listed; the others are counted."""


def render(rollout: Rollout, stream: TextIO, look: Look) -> None:
    """Write the effects by team, then the repositories that would fail anew."""
    encoding = look.encoding
    named = [effect._replace(name=effect.name or NOBODY) for effect in rollout.teams]
    rows = [_cells(effect, encoding) for effect in (*named, rollout.total._replace(name=ALL))]
    title = printable(f"What {rollout.policy} would change", encoding)
    stream.write(table(title, COLUMNS, rows, look) + "\n")
    if rollout.hit:
        columns = (Column("Repository"), Column("Team"), Column("Findings that fail it", True))
        hit = [[printable(str(cell), encoding) for cell in one] for one in rollout.hit[:MOST_SHOWN]]
        stream.write(table("Newly failing", columns, hit, look) + "\n")
    if len(rollout.hit) > MOST_SHOWN:
        stream.write(f"and {len(rollout.hit) - MOST_SHOWN:,} more: `--format json` lists all of them\n\n")
    stream.write(printable(_sentence(rollout), encoding) + "\n")


def render_json(rollout: Rollout, stream: TextIO, look: Look) -> None:  # noqa: ARG001 - for programs
    """Write one object: the policy, the effects in total and by team, the repositories that would fail anew."""
    total = rollout.total._asdict()
    del total["name"]
    value = {
        "version": VERSION,
        "tool": tool(linter.__version__),
        "policy": rollout.policy,
        "day": rollout.day,
        "total": total,
        "teams": [effect._asdict() for effect in rollout.teams],
        "newly_failing": [hit._asdict() for hit in rollout.hit],
    }
    stream.write(dumped(value) + "\n")


def _cells(effect: Effect, encoding: str) -> list[str]:
    return [printable(effect.name, encoding), *(f"{count:,}" for count in effect[1:])]


def _sentence(rollout: Rollout) -> str:
    total = rollout.total
    functions = "1 function" if total.functions == 1 else f"{total.functions:,} functions"
    found = f"{total.newly_failing:,} of {total.repositories:,} repositories would newly fail"
    return f"{found}, and {functions} newly be beyond a limit"
