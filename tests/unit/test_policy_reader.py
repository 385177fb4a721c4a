"""The policy's reader: what a policy says, and a place for everything that is wrong in one."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.adapters.policy import read_policy
from linter.errors import ConfigurationError
from linter.model.finding import Severity
from linter.model.organisation import NO_POLICY, Policy, TierTerms
from linter.model.policy import CODE_LIMITS, TEST_LIMITS
from linter.model.simplicity import Simplicity
from linter.rules.codes import CODES
from tests.support.policies import FULL, SMALL, policy


def read(text: str | bytes) -> Policy:
    return read_policy("ops/policy.yaml", text.encode() if isinstance(text, str) else text, CODES)


def fault(text: str | bytes) -> tuple[str, str]:
    """What is said about a broken policy, and the hint."""
    with pytest.raises(ConfigurationError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("ops/policy.yaml:")
    return message.removeprefix("ops/policy.yaml:"), caught.value.hint


def test_everything_that_a_policy_says_is_read() -> None:
    found = read(FULL)
    assert (found.name, found.source) == ("acme", "ops/policy.yaml")
    assert found.severity == {"RL905": Severity.ERROR, "RL50": Severity.WARNING}
    assert found.effective == {"RL502": "2027-01-01"}
    assert found.tiers == {
        1: TierTerms((99.9, 99.995), {"quality": ("sre",), "preparation": ("qa", "sre")}, 90),
        2: TierTerms((99.0, 99.95)),
    }
    assert (found.max_waiver_days, found.unwaivable) == (30, ("RL305", "RL7"))
    assert found.never_not_applicable == ("clarity", "monitoring.slis")
    assert found.locked == ("RL801", "RL70", "limits.cyclomatic_complexity", "mode")
    assert found.simplicity == Simplicity(
        limits=CODE_LIMITS._replace(cyclomatic_complexity=12),
        test_limits=TEST_LIMITS._replace(nesting=4, maintainability_index_min=15),
        legacy_tolerance=1,
        bounds={"limits.cyclomatic_complexity": 12, "mode": "ratchet"},
    )


def test_what_a_policy_leaves_out_is_as_without_one() -> None:
    assert read(SMALL)._replace(name="", source=None, digest="", lines={}) == NO_POLICY


def test_the_digest_is_that_of_the_bytes() -> None:
    assert read(SMALL).digest == "sha256:" + hashlib.sha256(SMALL.encode()).hexdigest()


def test_lines_are_those_of_the_keys() -> None:
    lines = read("# ours\n\n" + SMALL + "tiers:\n  1:\n    reviewers:\n      quality:\n        - sre\n").lines
    assert (lines["/name"], lines["/tiers/1"], lines["/tiers/1/reviewers/quality"]) == (4, 6, 8)


def test_a_teams_own_keys_are_passed_over() -> None:
    own = "x-owner: architects\nseverity: {x-why: agreed, RL801: error}\ntiers: {x-note: none}\nlimits: {x-by: us}\n"
    found = read(SMALL + own)
    assert (found.severity, found.tiers, found.simplicity) == ({"RL801": Severity.ERROR}, {}, Simplicity())


def test_settings_are_bound_at_the_policys_value_or_the_built_in_one() -> None:
    locked = read(SMALL + "mode: absolute\nlocked: [mode, legacy_tolerance, test_limits.nesting]\n")
    assert locked.simplicity.bounds == {"mode": "absolute", "legacy_tolerance": 2, "test_limits.nesting": 5}


@pytest.mark.parametrize(
    ("changes", "place", "message", "hint"),
    [
        ({"version: 1": "version: 2"}, "1:10", "reads version 1 of a policy, the file has version 2", "upgrade"),
        ({"version: 1": "version: 0"}, "1:10", "the file has version 0", "write `version: 1`"),
        ({"version: 1": 'version: "1"'}, "1:10", "expected the whole number 1", "did you mean `1`?"),
        ({"name: acme": "name: Acme Inc"}, "2:7", "expected a slug", "acme-inc"),
        ({"name: acme\n": ""}, "1:1", "`name` is missing: the file needs it", "name: acme-engineering"),
        ({"RL905: error": "rl905: error"}, "3:12", "`rl905` is no rule", "did you mean `RL905`?"),
        ({"RL905: error": "XY: error"}, "3:12", "`XY` is no rule", "for example, `RL001`"),
        ({"RL905: error": "RL905: eror"}, "3:19", 'found "eror"', "did you mean `error`?"),
        ({"RL502: 2027": "RL5022: 2027"}, "4:13", "`RL5022` is no rule", "did you mean `RL502`?"),
        ({"2027-01-01": "2027-02-30"}, "4:20", "expected a real day", ""),
        ({"2027-01-01": "soon"}, "4:20", "expected a real day", ""),
        ({"[99.9, 99.995]": "[99.995, 99.9]"}, "6:29", "at least 99.995 % and at most 99.9 %", "write [99.9, 99.995]"),
        ({"[99.9, 99.995]": "[99.9]"}, "6:29", "expected the least and the most in percent", ""),
        ({"[99.9, 99.995]": "[99.9, 100.1]"}, "6:36", "a number from 0 to 100, found 100.1", ""),
        ({"[99.9, 99.995]": "[99.9, .nan]"}, "6:36", "a number from 0 to 100", ""),
        ({"quality: [sre]": "qualty: [sre]"}, "6:57", "`qualty` is no key of `reviewers`", "did you mean `quality`?"),
        ({"quality: [sre]": "quality: [ser]"}, "6:67", 'found "ser"', "did you mean `sre`?"),
        ({"quality: [sre]": "quality: []"}, "6:66", "a list of at least one item", "quality: [sre]"),
        ({"90d": "3m"}, "6:114", "expected a number of days such as 180d", ""),
        ({"90d": "0d"}, "6:114", "expected a number of days such as 180d", ""),
        ({"  2: {": "  5: {"}, "7:3", "`5` is no key of `tiers`", ""),
        ({"30d": "12h"}, "8:20", "expected a number of days such as 180d", ""),
        ({"RL305": "RL399"}, "8:37", "`RL399` is no rule", ""),
        (
            {"clarity,": "clarty,"},
            "9:30",
            "`clarty` is nothing that can be `not_applicable`",
            "did you mean `clarity`?",
        ),
        ({"clarity,": "kind,"}, "9:30", "`kind` is nothing that can be `not_applicable`", ""),
        ({"RL801,": "RL88,"}, "10:10", "`RL88` is neither a rule nor a setting", ""),
        (
            {"limits.cyclomatic_complexity,": "limits.nestin,"},
            "10:23",
            "`limits.nestin` is neither",
            "`limits.nesting`",
        ),
        ({"limits.cyclomatic_complexity,": "limits,"}, "10:23", "`limits` is neither", ""),
        ({"RL801,": "1,"}, "10:10", "unquoted 1 is a number", 'write "1"'),
        ({"cyclomatic_complexity: 12": "cyclomatic_complexity: 0"}, "11:33", "a whole number, 1 or more, found 0", ""),
        ({"maintainability_index_min: 15": "maintainability_index_min: 101"}, "12:54", "found 101", ""),
        ({"legacy_tolerance: 1": "legacy_tolerance: -1"}, "13:19", "0 or more, found -1", ""),
        ({"mode: ratchet": "mode: off"}, "14:7", "expected one of ratchet, absolute or advice", ""),
        ({"locked:": "loked:"}, "10:1", "`loked` is no key of the file", "did you mean `locked`?"),
        ({"name: acme": "name: &n acme"}, "2:7", "an anchor (&n) is not allowed", "remove it"),
        ({"name: acme": "name: acme\nname: acme"}, "3:1", "the key `name` stands here and in line 2", "keep one"),
        ({"tiers:": "\ttiers:"}, "5:1", "a tab", "indent with spaces"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, str], place: str, message: str, hint: str) -> None:
    said, remedy = fault(policy(changes=changes))
    assert said.startswith(place + ": ")
    assert message in said
    assert hint in remedy


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]", "acme", "null"])
def test_what_is_no_mapping_is_no_policy(text: str) -> None:
    said, remedy = fault(text)
    assert "expected keys and values such as `version: 1`" in said
    assert "review-lint schema policy" in remedy


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"version: 1\nname: \xff\n", "UTF-8"),
        (b"a: " + b"x" * 300_000, "bytes"),
        (b"[" * 100, "levels"),
        (b"version: 1\nname: acme\n---\nname: b\n", "a second document"),
    ],
)
def test_what_cannot_be_read_is_said_too(data: bytes, message: str) -> None:
    assert message in fault(data)[0]


def test_of_several_faults_the_first_in_the_file_is_told() -> None:
    both = {"mode: ratchet": "mode: off", "clarity,": "clarty,"}
    assert fault(policy(changes=both))[0].startswith("9:30: ")


def test_a_name_in_a_message_is_short_and_visible() -> None:
    said, _ = fault(SMALL + f'locked: ["{"a" * 500}\\e[31m"]\n')
    assert len(said) < 200
    assert said.isprintable()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 200) | st.floats() | st.sampled_from(["RL801", "1d", "x", "error", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["1", "RL801", "max_age", "x"]), inner),
    max_leaves=6,
)
LINES = FULL.splitlines()


@given(st.integers(0, len(LINES) - 1), VALUES)
@settings(max_examples=150)
def test_whatever_stands_at_a_key_gives_a_policy_or_a_place(index: int, value: object) -> None:
    lines = [line for line in LINES if not line.startswith("  ")]
    key = lines[index % len(lines)].partition(":")[0]
    rest = [line for line in lines if line.partition(":")[0] not in (key, "tiers")]
    text = "\n".join([*rest, f"{key}: {value!r}"])
    try:
        read(text)
    except ConfigurationError as error:
        assert str(error).startswith("ops/policy.yaml:")
