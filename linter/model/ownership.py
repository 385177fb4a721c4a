"""What a repository says about the owners of its products besides the review files."""

from enum import Enum
from typing import NamedTuple

from linter.model.owners import CodeOwners
from linter.model.review import Review


class Standing(Enum):
    """How the team of a review file stands in CODEOWNERS."""

    UNKNOWN = "there is no file that says it"
    UNNAMED = "no rule names it"
    POWERLESS = "rules name it, and none of the files that the review file covers is its own"
    OWNER = "it owns some of what the review file covers"


class Claim(NamedTuple):
    """A review file that names its team, and what others say about it.

    `holders` own the review file itself; `catalog` is a path and the `spec.owner` there, None where there is none.
    """

    review: Review
    team: str
    standing: Standing
    holders: tuple[str, ...] = ()
    catalog: tuple[str, str] | None = None


class Ownership(NamedTuple):
    """The claims of a tree, and its CODEOWNERS file where it has one; a file that cannot be read is one broken line."""

    claims: tuple[Claim, ...]
    code_owners: CodeOwners | None = None
