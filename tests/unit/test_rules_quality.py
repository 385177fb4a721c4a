"""RL501 to RL503 at their edges."""

import pytest

from linter.rules.quality import page_without_runbook, security_control_missing, untested_restore
from tests.support.judging import experimental, hits_of, pointers

EXCUSE = "{not_applicable: {because: The platform takes care of it., agreed_by: '@ada'}}"
ALL = "encryption_in_transit: true, encryption_at_rest: true, secret_store: vault"


def storing(
    quality: str, data: str = "stores: [db], classification: public, personal_data: false", sla: str = ""
) -> str:
    clarity = f"  sla: {{availability_percent: 99, window: 30d, {sla}}}\n" if sla else ""
    text = experimental(f"quality: {quality}\n", clarity)
    return text.replace("dependencies: []", f"dependencies: []\n  data: {{{data}}}")


@pytest.mark.parametrize(
    ("quality", "expected"),
    [
        ("{backup: {rpo: 1h, rto: 1h}}", ["/quality/backup/restored_on"]),
        ("{backup: {rpo: 1h, rto: 1h, restored_on: 2026-01-01}}", []),
        ("{backup: {rpo: 1h, rto: 1h, restored_on: yesterday}}", []),
        ("{backup: {rpo: 1h, rto: 1h, restored_no: 2026-01-01}}", []),
        (f"{{backup: {EXCUSE}}}", []),
        ("{backup: 7}", []),
        ("{}", []),
        (EXCUSE, []),
    ],
)
def test_a_backup_of_stores_was_restored(quality: str, expected: list[str]) -> None:
    assert pointers(hits_of(untested_restore, storing(quality))) == expected


@pytest.mark.parametrize("data", ["stores: [], classification: public", "classification: public", "stores: db"])
def test_without_stores_there_is_nothing_to_restore(data: str) -> None:
    assert hits_of(untested_restore, storing("{backup: {rpo: 1h, rto: 1h}}", data)) == []


@pytest.mark.parametrize(
    ("takes", "allowed", "is_longer"),
    [("4h", "4h", False), ("240m", "4h", False), ("241m", "4h", True), ("1d", "90000s", False), ("soon", "1s", False)],
)
def test_restoring_takes_no_longer_than_promised(takes: str, allowed: str, is_longer: bool) -> None:
    text = storing(f"{{backup: {{rpo: 1h, rto: {takes}, restored_on: 2026-01-01}}}}", sla=f"rto: {allowed}")
    assert pointers(hits_of(untested_restore, text)) == (["/quality/backup/rto"] if is_longer else [])


@pytest.mark.parametrize(
    ("alert", "is_alone"),
    [
        ("{name: a, condition: b, severity: page}", True),
        ("{name: a, condition: b, severity: page, runbook: c.md}", False),
        ("{name: a, condition: b, severity: page, runbook: 7}", False),
        ("{name: a, condition: b, severity: page, runbok: c.md}", False),
        ("{name: a, condition: b, severity: ticket}", False),
        ("{name: a, condition: b, severity: pager}", False),
        ("{severity: page}", True),
        ("page", False),
    ],
)
def test_whoever_is_woken_finds_a_runbook(alert: str, is_alone: bool) -> None:
    hits = hits_of(page_without_runbook, experimental(f"quality: {{alerts: [{alert}]}}\n"))
    assert pointers(hits) == (["/quality/alerts/0/runbook"] if is_alone else [])


@pytest.mark.parametrize(
    ("classification", "is_personal", "missing"),
    [
        ("public", "false", 0),
        ("internal", "false", 1),
        ("confidential", "false", 3),
        ("restricted", "false", 3),
        ("public", "true", 3),
        ("internal", "true", 3),
        ("secret", "false", 0),
        ("public", "'yes'", 0),
    ],
)
def test_data_need_what_their_kind_needs(classification: str, is_personal: str, missing: int) -> None:
    data = f"stores: [db], classification: {classification}, personal_data: {is_personal}"
    security = "{security: {authentication: OIDC, authorisation: roles}}"
    assert len(hits_of(security_control_missing, storing(security, data))) == missing
    denied = "{security: {encryption_in_transit: false, encryption_at_rest: false}}"
    assert len(hits_of(security_control_missing, storing(denied, data))) == missing
    assert hits_of(security_control_missing, storing(f"{{security: {{{ALL}}}}}", data)) == []


@pytest.mark.parametrize("quality", ["{}", f"{{security: {EXCUSE}}}", "{security: []}", EXCUSE, "7"])
def test_missing_security_is_another_rules_finding(quality: str) -> None:
    data = "stores: [db], classification: restricted, personal_data: true"
    assert hits_of(security_control_missing, storing(quality, data)) == []


def test_a_control_of_another_type_is_another_rules_finding() -> None:
    text = storing("{security: {encryption_in_transit: 'no'}}", "stores: [db], classification: internal")
    assert hits_of(security_control_missing, text) == []
