"""Every rule there is."""

from linter.model.rule import Rule
from linter.rules import review_files

ALL_RULES: tuple[Rule, ...] = (review_files.file_missing,)
"""In the order of their codes."""
