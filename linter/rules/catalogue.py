"""Every rule there is."""

from linter.model.rule import Rule
from linter.rules import review_files, simplicity

ALL_RULES: tuple[Rule, ...] = (
    review_files.file_missing,
    simplicity.new_complexity,
    simplicity.worse_complexity,
    simplicity.legacy_complexity,
    simplicity.unanalysable,
)
"""In the order of their codes."""
