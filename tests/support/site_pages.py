"""Pages as small as the scripts of the site can work on, made up by tests."""

import json
import shutil
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tests.support.repository import PROJECT

ASSETS = PROJECT / "linter" / "site" / "assets"

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

STATES = ["met", "open", "draft", "proposed", "absent", "not applicable", "unknown"]
GUIDELINES = ["planning", "sla", "usage", "code", "security", "testing", "operation", "governance"]
HEADS = ["Product", "Team", "Tier", "Lifecycle", "State", *map(str.title, GUIDELINES), "Open", "New", "Fixed"]

STYLE = """
:root { color-scheme: light dark; --series-1: #00c; --series-2: #a30; --series-3: #060; --series-4: #808;
  --grid: #ddd; --muted: #555; }
@media (prefers-color-scheme: dark) { :root { --series-1: #9cf; --series-2: #fa8; --series-3: #8d8; --series-4: #e9e;
  --grid: #444; --muted: #bbb; } }
.uplot, .plot { max-width: 100%; }
"""


def write(folder: Path, name: str, body: str, *scripts: str) -> None:
    """A page of a folder, with the assets of the site beside it."""
    if not (folder / "assets").exists():
        shutil.copytree(ASSETS, folder / "assets")
        (folder / "assets" / "test.css").write_text(STYLE)
    heads = "".join(f'<script defer src="{script}"></script>\n' for script in scripts)
    (folder / name).write_text(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<link rel="stylesheet" href="assets/vendor/uPlot.min.css">\n'
        f'<link rel="stylesheet" href="assets/test.css">\n{heads}</head>\n<body><main>\n{body}\n</main></body></html>\n'
    )


def charts(folder: Path, name: str, *figures: str) -> None:
    """A page of charts."""
    write(folder, name, "\n".join(figures), "assets/vendor/uPlot.iife.min.js", "assets/charts.js")


def chart(days: Sequence[str], series: Mapping[str, Sequence[float | None]], attributes: str = "") -> str:
    """A figure with a line for each of the series."""
    heads = "".join(f'<th scope="col" data-series="1">{escape(name)}</th>' for name in series)
    rows = "".join(
        f'<tr><th scope="row"><time datetime="{day}">{day}</time></th>'
        + "".join(f"<td>{'-' if each[i] is None else format(each[i], ',')}</td>" for each in series.values())
        + "</tr>"
        for i, day in enumerate(days)
    )
    return (
        f'<figure class="chart" data-kind="line" {attributes}><figcaption>A chart</figcaption>'
        f'<div class="plot" role="img" aria-label="A chart"></div><details><summary>As a table</summary>'
        f'<table><thead><tr><th scope="col">Day</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</details></figure>"
    )


def rows(number: int) -> list[list[Any]]:
    """Made-up products, sorted by name."""
    return [
        [
            *(f"product-{i:05}", f"product-{i:05}.html", f"team-{i % 200:03}", f"team-{i % 200:03}.html"),
            *([None, "", "no review"] if i % 10 == 9 else [i % 4 + 1, "production", ("passed", "failed")[i % 3 == 0]]),
            [(i + k) % len(STATES) if k < 4 else 0 for k in range(8)],
            *(i * 37 % 1013 if i % 3 == 0 else 0, i % 5, i % 7),
            f"group/repository-{i // 2}",
        ]
        for i in range(number)
    ]


def products(folder: Path, name: str, given: Sequence[Sequence[Any]]) -> None:
    """The table of products with its filters, and `rows` behind it."""
    labels = [guideline.title() for guideline in GUIDELINES]
    data = {"rows": given, "guidelines": GUIDELINES, "states": STATES, "guidelineLabels": labels}
    (folder / "data.js").write_text(f'siteData("products", {json.dumps(data)});\n')
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    cells = "".join(
        f'<tr><th scope="row"><a href="{escape(row[1])}">{escape(row[0])}</a></th>{"<td></td>" * 15}</tr>'
        for row in given[:200]
    )
    fields = "".join(
        f'<label for="filter-{each}">{each.title()}</label>'
        f'<select id="filter-{each}" name="{each}"><option value="">all</option></select>'
        for each in ("team", "tier", "lifecycle", "state", "guideline", "is")
    )
    body = (
        '<form class="search" hidden data-target="products.html"><label for="find">Find</label>'
        '<input id="find" type="search" name="q"></form>'
        '<form id="filters" hidden><label for="filter-q">Search</label><input id="filter-q" type="search" name="q">'
        f'{fields}<button type="reset">Show all</button></form><p id="count" role="status"></p>'
        "<p data-static>The first 200.</p>"
        '<div class="scroll"><table id="products" data-source="products"><caption>Products</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table></div>"
    )
    library = "assets/vendor/dataTables.min.js"
    write(folder, name, body, library, "assets/site.js", "assets/table.js", "data.js")
