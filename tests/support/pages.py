"""Pages of review files, as tests and their golden files see them.

Write the golden files anew, and look at what changed: `python -m tests.support.pages && git diff tests/golden/pages`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from linter.engine.page.builder import build_page
from linter.model.page import Page
from linter.model.request import PolicyFile, Request
from linter.model.snapshot import TargetKind
from linter.output import page_html, page_markdown
from tests.support.examples import TODAY, files
from tests.support.memory import MemorySnapshot

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/pages"
EXAMPLES = ("payments", "library", "tool")

RENDERERS: Mapping[str, Callable[[Page], str]] = {"md": page_markdown.render, "html": page_html.render}
"""By the endings of files."""


def page_of(tree: Mapping[str, str | bytes], policy: str = "", today: str = TODAY, folder: str = "") -> Page:
    """The page of a tree in memory."""
    request = Request(today, policy=PolicyFile("policy.yaml", policy.encode()) if policy else None)
    return build_page(MemorySnapshot(tree, kind=TargetKind.REVISION), request, None, folder)


def rendered(name: str, ending: str) -> str:
    """The page of one of the example repositories."""
    return RENDERERS[ending](page_of(files(ROOT / "examples" / name)))


def main() -> None:
    for name in EXAMPLES:
        for ending in RENDERERS:
            (GOLDEN / f"{name}.{ending}").write_text(rendered(name, ending), encoding="utf-8")


if __name__ == "__main__":
    main()
