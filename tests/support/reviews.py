"""Small review files for tests."""

from collections.abc import Mapping

EXPERIMENTAL = """\
version: 1
name: sketchpad
description: Lets two people draw on the same page at once.
kind: app
lifecycle: experimental
owner: {team: "@acme/drawing", product_owner: ada@example.org}
clarity:
  why: People who plan a room together want to see each other's lines at once.
  use_cases:
    - {id: draw-together, actor: two planners, outcome: see each other's lines, priority: must}
planning:
  dependencies: []
"""


def review(text: str = "", changes: Mapping[str, str] | None = None) -> str:
    """A valid file with `text` added at its end and pieces of it replaced."""
    result = EXPERIMENTAL
    for old, new in (changes or {}).items():
        assert result.count(old) == 1, old
        result = result.replace(old, new)
    return result + text
