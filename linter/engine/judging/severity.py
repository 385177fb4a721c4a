"""How much a finding weighs in the end: by configuration, policy or the rule itself, then only lowered."""

from linter.model.document import Document
from linter.model.finding import Severity
from linter.model.organisation import Policy
from linter.model.pointer import split
from linter.model.policy import Configuration, configured_severity
from linter.model.rule import Hit, Rule

UNREADABLE = ("RL001", "RL002", "RL003", "RL004", "RL005")
"""What keeps a file from being read is never lowered by the status of a section."""

MODE_RULES = tuple(f"RL80{digit}" for digit in range(1, 9))
"""The rules that `mode: advice` lowers."""

STATUS_CEILING = {"draft": Severity.ADVICE, "proposed": Severity.WARNING, "adopted": Severity.ERROR}


def own_severity(rule: Rule, hit: Hit, configuration: Configuration, policy: Policy, today: str) -> Severity:
    """The configured severity, else the policy's, else that of the hit, else the rule's.

    What a policy locks no configuration lowers. A hit that is mere advice by a rule that warns or blocks is a notice
    (a waiver that ends soon), which nobody makes more of.
    """
    own = hit.severity or rule.severity
    if own is Severity.ADVICE is not rule.severity:
        return own
    asked = policy.severity_of(rule.code, today) or own
    configured = configured_severity(configuration, rule.code) or asked
    return max(configured, asked) if policy.locks(rule.code) else configured


def lowered_by_status(severity: Severity, rule: Rule, document: Document, pointer: str | None) -> Severity:
    """A finding in a draft section is advice, in a proposed one at most a warning. One about the status itself would be
    lowered by what it finds.
    """
    if rule.code in UNREADABLE or not pointer or split(pointer)[1:] == ["status"]:
        return severity
    return min(severity, STATUS_CEILING[document.status(pointer)])


def lowered_by_mode(severity: Severity, rule: Rule, mode: str) -> Severity:
    """`mode: advice` never blocks."""
    return Severity.ADVICE if mode == "advice" and rule.code in MODE_RULES else severity
