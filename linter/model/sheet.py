"""What people read of a product: its review in words and pictures, and how its code is."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable
from typing import NamedTuple

from linter.model.metrics import SourceMetrics
from linter.model.page import Block, Section
from linter.model.review_files import upwards

RANKS = (5, 10, 20, 30, 40)
"""The highest complexities of the ranks A to E, as Radon has them; F is above."""

COMPLEX = 10
"""Functions above that complexity are counted over time."""

_WORST, _MOST_WORST = 10, 50


class Exemption(NamedTuple):
    """What a review file sets aside for a while: a waiver, or debt (`is_debt`). `expires` is YYYY-MM-DD or ""."""

    rules: tuple[str, ...]
    where: tuple[str, ...]
    reason: str
    approved_by: str
    expires: str
    is_debt: bool = False


class Diagram(NamedTuple):
    """The architecture diagram that a review cites, as far as it can be shown. `kind` is mermaid (with its `text`), svg
    or an image's type (png, jpeg, gif, webp), whose bytes have the SHA-256 `digest`.
    """

    path: str
    kind: str
    text: str = ""
    digest: str = ""


class Complex(NamedTuple):
    """A function with its figures; `line` is that of its `def`."""

    path: str
    symbol: str
    line: int
    complexity: int
    lines: int


class Shape(NamedTuple):
    """How complex the functions of a product are: how many there are of each rank from A to F, their complexities
    added, and those that are worst (the ten worst and all above COMPLEX, fifty at most), worst first.
    """

    functions: int = 0
    complexity: int = 0
    ranks: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    worst: tuple[Complex, ...] = ()

    @property
    def complex(self) -> int:
        """How many functions are above COMPLEX."""
        return sum(self.ranks[RANKS.index(COMPLEX) + 1 :])


class Sheet(NamedTuple):
    """One product: what its review file at `path` says, and the code in its folder less the folders of other products.
    What lies in no product's folder, or in a repository without a review file, has a sheet with the path "".

    `header` says whose it is and what it is like; `sections` are the eight guidelines in their order, each with its
    sign-offs, none where the file cannot be read. Links that are neither URLs nor anchors lead to paths of the
    repository. `availability` is what the SLA promises, in percent.
    """

    path: str
    description: str = ""
    availability: float | None = None
    header: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    dependencies: tuple[str, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    diagram: Diagram | None = None
    shape: Shape = Shape()


def shape_of(sources: Iterable[tuple[str, SourceMetrics]]) -> Shape:
    """The shape of the functions of files, by their paths."""
    found = [
        Complex(path, block.symbol, block.line, block.complexity, block.lines)
        for path, source in sources
        for block in source.functions
        if block.kind == "function"
    ]
    ranks = Counter(bisect_left(RANKS, one.complexity) for one in found)
    worst = sorted(found, key=lambda one: (-one.complexity, one.path, one.line))[:_MOST_WORST]
    return Shape(
        functions=len(found),
        complexity=sum(one.complexity for one in found),
        ranks=tuple(ranks[number] for number in range(len(RANKS) + 1)),
        worst=tuple(one for number, one in enumerate(worst) if number < _WORST or one.complexity > COMPLEX),
    )


def owner_of(path: str, sheets: Container[str]) -> str:
    """The path of the sheet that a path of the repository belongs to, of all `sheets` by their paths: the one in the
    deepest folder around it, "" where there is none.
    """
    return next((name for name in upwards(path.rpartition("/")[0]) if name in sheets), "")
