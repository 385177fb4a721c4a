"""Run the scenarios and print the table.

    python -m benchmarks.speed [--only NAME...] [--rounds N] [--json FILE] [--home FOLDER] [--page FILE]

The first run makes two virtual environments and a corpus in the home folder (`.benchmarks`); that takes the registry of
packages and some minutes. Close what else the machine is doing: ratios bear noise, but not everything.
"""

import argparse
import datetime
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.speed.scenarios import SCENARIOS, Figure, Row
from benchmarks.speed.workshop import PEERS, SOURCES, Workshop, described

TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end of table -->)", re.DOTALL)


def main() -> int:
    """0 when every target is met."""
    arguments = _arguments()
    shop = Workshop(arguments.home)
    rows: list[Row | Figure] = []
    for name in arguments.only or SCENARIOS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        for row in SCENARIOS[name](shop, arguments.rounds):
            rows.append(row)
            print(_line(row), flush=True)
    if arguments.json:
        arguments.json.write_text(json.dumps(_report(rows), indent=2) + "\n", encoding="utf-8")
    if arguments.page:
        _renew(arguments.page, rows)
    return int(not all(row.is_met for row in rows))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed")
    parser.add_argument("--only", nargs="+", choices=SCENARIOS)
    parser.add_argument("--rounds", type=int, default=15, help="how often the quick ones run (default: 15)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--page", type=Path, help="write the table into this page")
    parser.add_argument("--home", type=Path, default=Path(".benchmarks"))
    return parser.parse_args()


def _line(row: Row | Figure) -> str:
    """A row of the Markdown table."""
    mark = "yes" if row.is_met else "**no**"
    if isinstance(row, Figure):
        target = f"≤ {row.target:g} {row.unit}" if row.target else ""
        return f"| {row.what} | {row.value:.0f} {row.unit} | | {target} | {mark if row.target else ''} |"
    target = f"{'≤' if row.at_most else '≥'} {row.target:g}"
    times = f"{row.tool * 1000:.0f} ms | {row.other * 1000:.0f} ms for {row.than}: {row.ratio:.2f} ×"
    return f"| {row.what} | {times} | {target} | {mark} |"


def _table(rows: Sequence[Row | Figure]) -> str:
    head = ["| what | review-lint | beside | target | met |", "|---|---|---|---|---|"]
    return "\n".join([*head, *map(_line, rows)])


def _renew(page: Path, rows: Sequence[Row | Figure]) -> None:
    day = datetime.datetime.now(datetime.UTC).date()
    said = f"{day}, {described()}; {', '.join((*PEERS, *SOURCES))}.\n\n{_table(rows)}\n"
    page.write_text(TABLE.sub(lambda _: said, page.read_text(encoding="utf-8")), encoding="utf-8")


def _report(rows: Sequence[Row | Figure]) -> dict[str, object]:
    return {
        "day": str(datetime.datetime.now(datetime.UTC).date()),
        "machine": described(),
        "peers": PEERS,
        "corpus": SOURCES,
        "rows": [{**row._asdict(), "is_met": row.is_met} for row in rows],
    }


if __name__ == "__main__":
    sys.exit(main())
