"""The schema of the configuration and its reader, which is written by hand, agree."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from linter.adapters.configuration import read_configuration
from linter.errors import ConfigurationError
from linter.model.policy import GOVERNED, Configuration

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "configuration.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
CODES = ("RL001", "RL802", *GOVERNED)

VALID = [
    "",
    'select = ["RL"]',
    'select = ["RL0", "RL1", "RL802", "RL80"]',
    "ignore = []",
    'ignore = ["RL9"]',
    'severity = {RL802 = "error", RL8 = "warning", RL90 = "advice"}',
    "severity = {}",
    'per-path-ignore = {"tests/**" = ["RL8"], "a" = []}',
    'exclude = ["vendor/**", "*.py"]',
    "exclude = []",
    'policy = "policy.yaml"',
    'policy = "ops/.policies/acme policy.yaml"',
    'policy = "..policy"',
    'fail-on = "advice"',
]
WITHOUT_DEFAULT = ("policy",)
"""What is not there unless it is named."""

INVALID = [
    'policy = ""',
    "policy = 1",
    "policy = {}",
    'policy = "/etc/policy.yaml"',
    'policy = "../policy.yaml"',
    'policy = "ops/../policy.yaml"',
    'policy = "./policy.yaml"',
    'policy = "ops//policy.yaml"',
    'policy = "ops/"',
    'policy = "."',
    "policy = 'ops\\policy.yaml'",
    "select = []",
    'select = "RL"',
    "select = [1]",
    'select = [""]',
    'select = ["R"]',
    'select = ["RL8020"]',
    'select = ["rl802"]',
    'select = ["RL802 "]',
    'select = ["ALL"]',
    "ignore = {}",
    'severity = ["RL802"]',
    'severity = {RL802 = "off"}',
    'severity = {RL802 = "Error"}',
    "severity = {RL802 = 3}",
    'severity = {X = "error"}',
    'severity = {RL903 = "error"}',
    'severity = {RL908 = "error"}',
    'per-path-ignore = ["RL8"]',
    'per-path-ignore = {"tests/**" = "RL8"}',
    'per-path-ignore = {"" = ["RL8"]}',
    'per-path-ignore = {"a" = [""]}',
    'exclude = "a"',
    'exclude = [""]',
    "exclude = [1]",
    'fail-on = "never"',
    "fail-on = true",
    "fail-on = 1979-05-27",
]


def is_read(text: str) -> bool:
    try:
        read_configuration(None, text.encode(), CODES)
    except ConfigurationError:
        return False
    return True


@pytest.mark.parametrize("text", VALID)
def test_valid_for_both(text: str) -> None:
    VALIDATOR.validate(tomllib.loads(text))
    assert is_read(text)


@pytest.mark.parametrize("text", INVALID)
def test_invalid_for_both(text: str) -> None:
    assert not VALIDATOR.is_valid(tomllib.loads(text))
    assert not is_read(text)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:review-lint:schema:configuration:1"


def test_every_key_is_described_with_its_default_and_examples_that_hold() -> None:
    for name, member in SCHEMA["properties"].items():
        assert {"title", "description"} <= set(member), name
        assert ("default" in member) == (name not in WITHOUT_DEFAULT), name
        for value in [*member["examples"], *(member[key] for key in ("default",) if key in member)]:
            VALIDATOR.validate({name: value})


def test_defaults_of_the_schema_are_those_of_the_tool() -> None:
    members = {name: member for name, member in SCHEMA["properties"].items() if name not in WITHOUT_DEFAULT}
    defaults: dict[str, Any] = {name: member["default"] for name, member in members.items()}
    default = Configuration()
    assert defaults == {
        "select": list(default.select),
        "ignore": list(default.ignore),
        "severity": dict(default.severity),
        "per-path-ignore": dict(default.per_path_ignore),
        "exclude": list(default.exclude),
        "fail-on": default.fail_on.label,
    }
