"""The text of a first REVIEW.yaml: whatever the facts, it reads back as what they say and satisfies the schema."""

import json
import re
import string
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.adapters.yaml.reader import read_review
from linter.engine.drafting.draft import Dependency, Facts, Interface, draft, scalar

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "review.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
KINDS = SCHEMA["properties"]["kind"]["enum"]
LIFECYCLES = SCHEMA["properties"]["lifecycle"]["enum"]

FULL = Facts(
    name="pet-shop",
    description="Sells pets: cats, dogs and #1 fish.",
    kind="service",
    lifecycle="production",
    system="zoo",
    team="@acme/pets",
    product_owner="ada@example.org",
    dependencies=(Dependency("postgres", "datastore"), Dependency("123", "queue")),
    interfaces=(Interface("Pets: the API", "openapi", "api/pets v1.yaml", "1.10.0"),),
    unit_tests=("tests/**", "**/test_*.py"),
    pipeline=".github/workflows/release.yml",
)

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
long_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=20, max_size=200)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,10}", fullmatch=True) | st.sampled_from(
    ["no", "on", "null", "0x1f", "1e3", "y"]
)
facts = st.builds(
    Facts,
    name=slugs,
    description=long_texts,
    kind=st.sampled_from(KINDS),
    lifecycle=st.sampled_from(LIFECYCLES),
    system=slugs,
    team=st.from_regex(r"@[A-Za-z0-9][A-Za-z0-9._-]{0,5}", fullmatch=True),
    product_owner=st.just("'`%*&!|>\"#,[]{}?:-@example.org"),
    dependencies=st.lists(st.builds(Dependency, slugs, st.sampled_from(["service", "queue"])), max_size=2).map(tuple),
    interfaces=st.lists(st.builds(Interface, texts, st.just("openapi"), texts, st.just("1.10.0")), max_size=2).map(
        tuple
    ),
    unit_tests=st.lists(texts, max_size=2).map(tuple),
    pipeline=texts,
)


def read(text: str) -> dict[str, Any]:
    """The value of a review file, which nothing is wrong with."""
    document = read_review("REVIEW.yaml", text.encode())
    assert document.problems == ()
    assert [error.message for error in VALIDATOR.iter_errors(document.data)] == []
    value: dict[str, Any] = document.data
    return value


def test_all_facts_are_found_where_they_belong() -> None:
    data = read(draft(FULL))
    assert {key: data[key] for key in ("version", "name", "description", "kind", "lifecycle", "tier", "system")} == {
        "version": 1,
        "name": "pet-shop",
        "description": "Sells pets: cats, dogs and #1 fish.",
        "kind": "service",
        "lifecycle": "production",
        "tier": 3,
        "system": "zoo",
    }
    assert data["owner"] == {"team": "@acme/pets", "product_owner": "ada@example.org"}
    assert data["planning"] == {
        "status": "draft",
        "dependencies": [
            {"name": "postgres", "kind": "datastore", "criticality": "hard"},
            {"name": "123", "kind": "queue", "criticality": "hard"},
        ],
        "provides": [
            {
                "name": "Pets: the API",
                "contract": {"type": "openapi", "path": "api/pets v1.yaml"},
                "version": "1.10.0",
            }
        ],
    }
    assert data["preparation"] == {"status": "draft", "unit_tests": {"paths": ["tests/**", "**/test_*.py"]}}
    assert data["iterating"] == {"status": "draft", "pipeline": {"workflow": ".github/workflows/release.yml"}}


def test_of_an_unknown_product_everything_required_is_a_placeholder() -> None:
    data = read(draft(Facts()))
    assert set(data) == {"version", "name", "description", "kind", "lifecycle", "owner", "clarity", "planning"}
    assert data["lifecycle"] == "experimental"
    assert data["owner"] == {"team": "@TODO", "product_owner": "@TODO"}
    use_case = data["clarity"]["use_cases"][0]
    for text in (data["description"], data["clarity"]["why"], use_case["actor"], use_case["outcome"]):
        assert text.startswith("TODO: ")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lifecycle", LIFECYCLES)
def test_every_lifecycle_has_what_it_requires(lifecycle: str, kind: str) -> None:
    data = read(draft(Facts(lifecycle=lifecycle, kind=kind)))
    sections = [name for name, value in data.items() if isinstance(value, dict) and name != "owner"]
    assert [name for name in sections if data[name]["status"] != "draft"] == []


@pytest.mark.parametrize("some", [Facts(), FULL])
def test_no_reader_sees_another_type(some: Facts) -> None:
    """YAML 1.1 readers, such as PyYAML's own loader, find the same values."""
    text = draft(some)
    assert yaml.safe_load(text) == read(text)


def test_a_first_file_fits_on_two_screens() -> None:
    assert len(draft(FULL).splitlines()) < 60
    assert max(map(len, draft(FULL).splitlines())) <= 120


def test_every_section_is_explained_or_announced() -> None:
    sections = [name for name, value in SCHEMA["properties"].items() if value["title"][:1] in "12345678"]
    text = draft(Facts())
    for name in sections:
        assert re.search(rf"^({name}:|#   {name}: )", text, re.MULTILINE)


def test_keys_that_comments_name_exist() -> None:
    text = draft(FULL)
    for keys, section in re.findall(r"More keys: (.*)\.\n(\w+):", text):
        known = SCHEMA["$defs"][section]["else"]["properties"]
        assert [key for key in keys.split(", ") if key not in known] == []


@pytest.mark.parametrize(
    "character", ["@", "*", "%", "`", "&", "!", "|", ">", "#", "-", "?", ":", "'", '"', "[", "{", ","]
)
def test_what_could_mean_something_else_is_quoted(character: str) -> None:
    assert scalar(character + "x")[0] == '"'


@pytest.mark.parametrize(
    "text", ["no", "On", "NULL", "y", "true", "12", "0x1f", "1e3", "1.10", ".inf", "~", "", "2026-01-01"]
)
def test_what_looks_like_another_type_is_quoted(text: str) -> None:
    assert scalar(text) == f'"{text}"'


@pytest.mark.parametrize("text", ["orders", "ada+x@example.org", ".github/workflows/ci.yml", "a-b_c.d"])
def test_plain_words_and_paths_stay_plain(text: str) -> None:
    assert scalar(text) == text


def test_half_a_character_becomes_a_replacement() -> None:
    assert scalar("a\udcff") == '"a\ufffd"'


@settings(max_examples=40, deadline=None)
@given(facts)
def test_whatever_the_facts_they_read_back(some: Facts) -> None:
    document = read_review("REVIEW.yaml", draft(some).encode())
    assert document.problems == ()
    data = document.data
    assert [data[key] for key in ("name", "description", "kind", "lifecycle", "system")] == list(some[:5])
    assert data["owner"] == {"team": some.team, "product_owner": some.product_owner}
    if some.lifecycle != "retired":
        planning = data["planning"]
        assert [(one["name"], one["kind"]) for one in planning["dependencies"]] == list(some.dependencies)
        found = [(one["name"], *one["contract"].values(), one["version"]) for one in planning.get("provides", [])]
        assert found == list(some.interfaces)
        assert data["iterating"]["pipeline"] == {"workflow": some.pipeline}
    assert list(VALIDATOR.iter_errors(data)) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(string.punctuation + string.whitespace + "ayn0123456789")
)
def test_every_scalar_reads_back_in_block_and_flow_style(text: str) -> None:
    written = scalar(text)
    document = read_review("REVIEW.yaml", f"a: {written}  # comment\nb: {{c: {written}, d: [{written}]}}\n".encode())
    assert document.problems == ()
    assert document.data == {"a": text, "b": {"c": text, "d": [text]}}
