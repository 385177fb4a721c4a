"""Which rules count where, how much they weigh, and what the command line makes of it."""

import pytest

from linter.model.finding import Severity
from linter.model.policy import GOVERNED, Configuration, configured_severity, is_enabled, is_known, override


@pytest.mark.parametrize(
    ("select", "ignore", "code", "expected"),
    [
        (("RL",), (), "RL801", True),
        (("RL0",), (), "RL801", False),
        (("RL",), ("RL8",), "RL801", False),
        (("RL801",), ("RL8",), "RL801", True),
        (("RL801",), ("RL8",), "RL802", False),
        (("RL8",), ("RL801",), "RL801", False),
        (("RL8",), ("RL8",), "RL801", False),
        (("RL8", "RL"), ("RL80",), "RL805", False),
    ],
)
def test_the_longer_prefix_wins_and_ignore_where_both_are_equal(
    select: tuple[str, ...], ignore: tuple[str, ...], code: str, expected: bool
) -> None:
    assert is_enabled(Configuration(select=select, ignore=ignore), code, "a.py") is expected


def test_paths_may_ignore_whatever_is_selected() -> None:
    configuration = Configuration(select=("RL801",), per_path_ignore=(("tests/**", ("RL8",)), ("*.py", ())))
    assert not is_enabled(configuration, "RL801", "tests/a/b.py")
    assert is_enabled(configuration, "RL801", "src/tests/b.py")
    assert is_enabled(configuration, "RL801", "b.py")


def test_the_longest_prefix_sets_the_severity() -> None:
    configuration = Configuration(
        severity=(("RL801", Severity.ERROR), ("RL8", Severity.ADVICE), ("RL9", Severity.ADVICE))
    )
    assert configured_severity(configuration, "RL801") is Severity.ERROR
    assert configured_severity(configuration, "RL802") is Severity.ADVICE
    assert configured_severity(configuration, "RL001") is None
    assert configured_severity(configuration, "RL902") is Severity.ADVICE
    assert {configured_severity(configuration, code) for code in GOVERNED} == {None}


def test_the_command_line_replaces_select_and_adds_to_ignore() -> None:
    configured = Configuration(select=("RL0",), ignore=("RL003",), fail_on=Severity.WARNING, source="pyproject.toml")
    assert override(configured) == configured
    assert override(configured, ["RL8"], ["RL804"], Severity.ADVICE) == Configuration(
        select=("RL8",), ignore=("RL003", "RL804"), fail_on=Severity.ADVICE, source="pyproject.toml"
    )


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("RL", True), ("RL3", True), ("RL80", True), ("RL801", True), ("RL802", False), ("RLX", False), ("R", False)],
)
def test_known_prefixes_are_families_and_beginnings_of_codes(prefix: str, expected: bool) -> None:
    assert is_known(prefix, ("RL801", "RX001")) is expected


def test_the_empty_prefix_is_unknown() -> None:
    assert not is_known("", ("RL801",))
