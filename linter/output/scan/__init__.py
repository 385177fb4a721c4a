"""What a scan of many repositories says, in one renderer per format; imported on demand."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TextIO

from linter.adapters.terminal import Look
from linter.model.overview import Overview
from linter.model.scan import RepositoryReport

FORMATS = {
    "text": "linter.output.scan.text",
    "json": "linter.output.scan.json_scan",
    "markdown": "linter.output.scan.markdown",
    "csv": "linter.output.scan.table",
}
"""The names of the formats and the modules that render them, each with a function `render`."""


Renderer = Callable[[Overview, Iterable[RepositoryReport], TextIO, Look], None]


def renderer(name: str) -> Renderer:
    """The renderer of one of the formats. It takes the reports one by one and keeps none."""
    render: Renderer = import_module(FORMATS[name]).render
    return render
