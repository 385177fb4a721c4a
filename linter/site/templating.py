"""The door to Jinja2: templates of the site, in which every value is text unless it is said to be markup."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from linter.engine.page.findings import spoken
from linter.errors import MissingExtraError
from linter.output.page_html import line
from linter.output.printable import printable
from linter.site.past import Point, Row

try:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
    from markupsafe import Markup, escape
except ImportError as error:
    raise MissingExtraError("writing a site", "org") from error

__all__ = ["Markup", "Templates", "shown"]

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")


class Templates:
    """The templates by name. What is not HTML or XML is written by other means."""

    def __init__(self, **shared: Any) -> None:
        """`shared` is what every template may use."""
        # A typo in a template is an error, not an empty place.
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            finalize=shown,
        )
        self._environment.globals.update(shared)
        self._environment.filters.update(FILTERS)

    def render(self, name: str, **values: Any) -> str:
        return self.template(name).render(**values)

    def template(self, name: str) -> Template:
        return self._environment.get_template(name)


def shown(value: Any) -> Any:
    """A value on its way into a page: foreign text without what reorders or hides text."""
    if value is None:
        return ""
    if type(value) is str and not (value.isascii() and value.isprintable()):
        return printable(value.replace("\n", " "))
    return value


def words(text: str) -> Markup:
    """A message whose `backticks` set names apart."""
    return Markup(line(spoken(text)))  # noqa: S704 - pieces are escaped one by one


def number(value: float) -> str:
    """1234567 as 1,234,567."""
    return f"{value:,}"


def count(value: int, one: str, many: str = "") -> str:
    """`1 product`, `12 products`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def share(value: int, whole: int) -> str:
    """A part in percent; what is not all is never 100 %."""
    if not whole:
        return "\u2013"
    percent = 100 * value / whole
    return f"{min(99, round(percent)) if value < whole else 100} %"


def lines(text: str) -> Markup:
    """Foreign text whose line breaks stay."""
    return escape("\n".join(map(printable, text.split("\n"))))


def columns(rows: Iterable[Row], first: int, end: int) -> list[tuple[str, Sequence[int]]]:
    """Some of the counts of each row, for a chart."""
    return [(row.day, row.counts[first:end]) for row in rows]


def steps(points: Iterable[Point]) -> list[tuple[str, Sequence[int]]]:
    return [(point.day, (point.open, point.waived)) for point in points]


def means(points: Iterable[Point]) -> list[tuple[str, Sequence[float | None]]]:
    return [(point.day, (point.complexity,)) for point in points]


FILTERS = {one.__name__: one for one in (columns, count, lines, means, number, share, shown, steps, words)}
