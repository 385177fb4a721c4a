"""One pure renderer per format, each a function of (report, stream, options); imported on demand."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, TextIO

from linter.errors import UsageError
from linter.model.report import Report

FORMATS = {
    "text": "linter.output.text",
    "concise": "linter.output.concise",
    "json": "linter.output.json_report",
    "sarif": "linter.output.sarif",
    "github": "linter.output.github",
    "gitlab": "linter.output.gitlab",
    "junit": "linter.output.junit",
    "markdown": "linter.output.markdown_report",
    "html": "linter.output.html_report",
}
"""The names of the formats and the modules that render them, each with a function `render`."""


class Options(NamedTuple):
    """How a report is shown: `color` with ANSI colours, `verbose` with what is otherwise only counted, `quiet` without
    totals, `show_suppressed` with the findings that something hides. With `exit_zero` the run ends with 0.
    """

    color: bool = False
    verbose: bool = False
    quiet: bool = False
    show_suppressed: bool = False
    exit_zero: bool = False


Renderer = Callable[[Report, TextIO, Options], None]


def renderer(name: str) -> Renderer:
    """The renderer of the format `name`; raises UsageError when there is none. It leaves errors of the stream alone."""
    if name not in FORMATS:
        raise UsageError(f"unknown format {name!r}", f"there are {', '.join(FORMATS)}")
    render: Renderer = import_module(FORMATS[name]).render
    return render
