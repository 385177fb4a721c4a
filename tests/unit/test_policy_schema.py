"""The policy's schema: sound, described everywhere, and of one mind with the review file and the tool."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from linter.adapters.policy import possible_exceptions, read_policy
from linter.adapters.schema.files import load_schema
from linter.model.organisation import MAX_REVIEW_DAYS
from linter.model.review import SECTIONS
from linter.model.simplicity import MODES, SETTINGS, Simplicity
from linter.model.suppression import MAX_WAIVER_DAYS
from linter.rules.codes import CODES
from tests.support.policies import FULL

SCHEMA = load_schema("policy")
REVIEW = load_schema("review")
PAGE = (Path(__file__).parents[2] / "docs" / "policy.md").read_text(encoding="utf-8")


def members(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the schema describes, with its path."""
    if isinstance(schema, dict):
        for name, member in schema.get("properties", {}).items():
            yield f"{path}/{name}", member
            yield from members(member, f"{path}/{name}")
        for name, member in schema.get("$defs", {}).items():
            yield from members(member, f"{path}#{name}")


MEMBERS = dict(members(SCHEMA))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "urn:review-lint:schema:policy:1"


@pytest.mark.parametrize("path", MEMBERS)
def test_every_key_is_described_with_examples_that_hold(path: str) -> None:
    member = MEMBERS[path]
    assert {"title", "description", "examples"} <= set(member)
    validator = Draft202012Validator({**member, "$defs": SCHEMA["$defs"]})
    for value in [*member["examples"], *(member[key] for key in ("default",) if key in member)]:
        validator.validate(value)


def test_the_examples_of_the_whole_are_policies() -> None:
    for example in SCHEMA["examples"]:
        Draft202012Validator(SCHEMA).validate(example)
        read_policy("policy.yaml", json.dumps(example).encode(), (*CODES, *example["severity"]))


def test_it_says_the_same_as_the_schema_of_review_files() -> None:
    assert tuple(SCHEMA["$defs"]["tier"]["properties"]["reviewers"]["properties"]) == SECTIONS
    assert SCHEMA["$defs"]["roles"]["items"]["enum"] == REVIEW["$defs"]["review"]["properties"]["role"]["enum"]
    assert set(SCHEMA["properties"]["mode"]["enum"]) == set(MODES)
    for shared in ("limits", "date", "slug", "percent", "count"):
        assert SCHEMA["$defs"][shared] == REVIEW["$defs"][shared]


def test_its_defaults_are_those_of_the_tool() -> None:
    assert MEMBERS["/waivers/max_age"]["default"] == f"{MAX_WAIVER_DAYS}d"
    assert MEMBERS["#tier/max_review_age"]["default"] == f"{MAX_REVIEW_DAYS}d"
    assert MEMBERS["/legacy_tolerance"]["default"] == Simplicity().legacy_tolerance
    assert MEMBERS["/mode"]["default"] == Simplicity().mode


def test_every_setting_is_a_key_of_both_schemas() -> None:
    review = REVIEW["$defs"]["simplicity"]["else"]["properties"]
    for setting in SETTINGS:
        kind, _, limit = setting.partition(".")
        assert kind in SCHEMA["properties"]
        assert kind in review
        assert not limit or limit in SCHEMA["$defs"]["limits"]["properties"]


def test_what_may_be_not_applicable_is_found_in_the_schema_of_review_files() -> None:
    found = possible_exceptions(REVIEW)
    assert {*SECTIONS, "tier", "clarity.sla", "monitoring.slis", "release_plan.rollback", "owner.chat"} <= set(found)
    assert not {"kind", "clarity.why", "waivers", ""} & set(found)


def test_the_page_shows_a_policy_with_every_key() -> None:
    (text,) = [part.partition("```")[0] for part in PAGE.split("```yaml\n")[1:]]
    read_policy("docs/policy.md", text.encode(), CODES)
    shown = yaml.safe_load(text)
    assert set(shown) == set(SCHEMA["properties"])
    assert set(shown["tiers"][1]) == set(SCHEMA["$defs"]["tier"]["properties"])


def test_the_full_policy_of_the_tests_has_every_key() -> None:
    assert set(yaml.safe_load(FULL)) == set(SCHEMA["properties"])
