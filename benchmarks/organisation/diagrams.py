"""Architecture diagrams that are drawn of a product's dependencies."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

Dependencies = Sequence[Mapping[str, Any]]

ROW, WIDTH = 56, 640

SHAPES = {"datastore": ("[(", ")]"), "queue": ("[[", "]]"), "third-party": ("{{", "}}")}


def _mermaid(name: str, dependencies: Dependencies) -> str:
    lines = ["flowchart LR", f"  self[{name}]"]
    for number, one in enumerate(dependencies):
        before, after = SHAPES.get(one["kind"], ("[", "]"))
        arrow = "-->" if one["criticality"] == "hard" else "-.->"
        lines.append(f"  self {arrow} d{number}{before}{one['name']}{after}")
    return "\n".join([*lines, ""])


def _svg(name: str, dependencies: Dependencies) -> str:
    height = ROW * max(len(dependencies), 1) + 24
    middle = height // 2
    parts = [_box(20, middle, name, "#dbe7f3")]
    for number, one in enumerate(dependencies):
        y = 12 + ROW * number + ROW // 2
        dashes = "" if one["criticality"] == "hard" else ' stroke-dasharray="5 4"'
        parts.append(f'<path d="M220 {middle} C330 {middle} 330 {y} 420 {y}" fill="none" stroke="#456"{dashes}/>')
        parts.append(_box(420, y, one["name"], "#f4efe2"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">\n'
        f"<title>{escape(name)} and what it needs</title>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _box(x: int, y: int, text: str, colour: str) -> str:
    return (
        f'<rect x="{x}" y="{y - 18}" width="200" height="36" rx="4" fill="{colour}" stroke="#456"/>'
        f'<text x="{x + 100}" y="{y + 5}" text-anchor="middle" font-family="sans-serif">{escape(text)}</text>'
    )


DRAWN = {"architecture.mmd": _mermaid, "architecture.svg": _svg}
"""What is drawn, by the name of the file."""
