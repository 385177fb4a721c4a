"""How Sphinx builds the documentation site out of the Markdown pages of this folder: `make docs`.

The pages are read on forges too, so they link to each other and to files of the repository as plain Markdown does.
Links that lead out of this folder become links into the repository where REVIEW_LINT_REPOSITORY says at which address
its files can be seen, and plain words where it does not; either way the file has to be there.
"""

import os
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import download_reference, pending_xref
from sphinx.application import Sphinx

from linter import __version__

HERE = Path(__file__).parent.resolve()
REPOSITORY = os.environ.get("REVIEW_LINT_REPOSITORY", "").rstrip("/")

project = "review-lint"
release = version = __version__
extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True
# Some examples are wrong on purpose, and Pygments complains about them.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = f"review-lint {__version__}"
html_copy_source = False
html_show_copyright = False
html_theme_options = {"top_of_page_buttons": []}


def setup(app: Sphinx) -> dict[str, Any]:
    # Before Sphinx collects what is to be downloaded, which is at its default of 500.
    app.connect("doctree-read", lead_out, priority=100)
    app.connect("source-read", list_rules)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def list_rules(_: Sphinx, page: str, source: list[str]) -> None:
    """Put the pages of rules below their list; a forge would show the words that do so."""
    if page == "rules/README":
        source[0] += "\n```{toctree}\n:hidden:\n:glob:\nRL*\n```\n"


def lead_out(app: Sphinx, doctree: nodes.document) -> None:
    """Replace the links out of this folder: to MyST a file there is a download, and a folder a page that is missing."""
    for node in list(doctree.findall(lambda node: isinstance(node, download_reference | pending_xref))):
        target = place(app.env.docname, node["reftarget"], node.get("refdomain") == "doc")
        if not target.is_relative_to(HERE) and target.exists():
            node.replace_self(into_repository(target, node))


def place(page: str, target: str, is_page: bool) -> Path:
    """What a link of a page is about. MyST takes the ending off links to Markdown, and counts from this folder then."""
    if is_page:
        return (HERE / f"{target}.md").resolve()
    return (HERE / page / ".." / target).resolve()


def into_repository(target: Path, link: nodes.Element) -> nodes.Element:
    words = list(link.children)
    if not REPOSITORY:
        return nodes.inline("", "", *words)
    return nodes.reference("", "", *words, refuri=f"{REPOSITORY}/{target.relative_to(HERE.parent).as_posix()}")
