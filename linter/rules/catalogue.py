"""Every rule there is."""

from linter.model.rule import Rule
from linter.rules import file, governance, policy, review_files, simplicity, suppression

ALL_RULES: tuple[Rule, ...] = (
    file.parse_error,
    file.duplicate_key,
    file.yaml11_trap,
    file.unsafe_yaml,
    review_files.file_missing,
    file.unknown_key,
    file.missing_key,
    file.invalid_value,
    file.other_version,
    policy.forbidden_not_applicable,
    policy.sla_outside_band,
    simplicity.new_complexity,
    simplicity.worse_complexity,
    simplicity.legacy_complexity,
    simplicity.unanalysable,
    suppression.bad_suppression,
    governance.expired_waiver,
    governance.malformed_waiver,
)
"""In the order of their codes."""
