"""The schema by itself: it is well formed, it explains itself, and it asks for what the list of keys says."""

import itertools
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.support.review_schema import (
    DATA,
    SCHEMA,
    SHAPES,
    Key,
    errors_of,
    keys,
    load,
    pointer_of,
    valid,
    validator_for,
)

SECTIONS = ["clarity", "planning", "preparation", "iterating", "quality", "monitoring", "release_plan", "simplicity"]
CONDITIONS = ("is_", "has_", "provides_")


def test_is_a_schema_of_draft_2020_12() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert SCHEMA["$id"] == "urn:review-lint:schema:review:1"


# --- what editors show


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a value itself: behind references and behind the alternative of `not_applicable`."""
    while "$ref" in schema or "not_applicable" in str(schema.get("then")):
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema["else"]
    return schema


def described(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that describes a value, those of conditions left out."""
    if not isinstance(schema, dict):
        return
    for name, part in schema.get("properties", {}).items():
        yield name, part
        yield from described(part)
    for keyword in ("items", "then", "else"):
        yield from described(schema.get(keyword))


PROPERTIES = list(
    itertools.chain(
        described(SCHEMA),
        *(described(part) for name, part in SCHEMA["$defs"].items() if not name.startswith(CONDITIONS)),
    )
)


def test_every_property_has_title_description_and_examples() -> None:
    assert len(PROPERTIES) > 200
    for name, schema in PROPERTIES:
        shown = SCHEMA["$defs"]["status"] if name == "status" else schema
        assert shown["title"] and shown["examples"], name
        assert re.fullmatch(r"[a-z0-9A-Z`].{8,250}[.]", shown["description"]), name


def test_every_example_fits_its_own_property() -> None:
    for name, schema in PROPERTIES:
        for example in resolved_examples(schema):
            assert not list(validator_for(schema).iter_errors(example)), (name, example)


SECTIONS_AND_OWNER = [*SECTIONS, "owner"]


def test_every_shape_has_title_description_and_examples_that_fit() -> None:
    named = {name: shape for name, shape in SCHEMA["$defs"].items() if "title" in shape}
    assert set(named) >= {form for form in FORMS if form in SCHEMA["$defs"]} | {"evidence", "not_applicable", "status"}
    for name, shape in named.items():
        assert re.fullmatch(r"[A-Z].{5,250}[.]", shape["description"]), name
        for example in shape["examples"]:
            assert not list(validator_for(shape).iter_errors(example)), (name, example)


@pytest.mark.parametrize("section", SECTIONS_AND_OWNER)
def test_examples_of_a_section_are_right_in_the_most_demanding_product(section: str) -> None:
    *small, full = SCHEMA["properties"][section]["examples"]
    assert errors_of(valid("production-service") | {section: full}) == []
    assert all(errors_of(valid("beta") | {section: example}) == [] for example in small)


def test_marks_are_told_in_words() -> None:
    marks = SCHEMA["x-marks"]
    assert list(marks) == ["R", "B", "P", "o"]
    conditions = {"B": SCHEMA["$defs"]["is_beta_or_later"], "P": SCHEMA["$defs"]["is_critical"]}
    for mark, condition in conditions.items():
        words = re.findall(r"[a-z0-9]+", marks[mark]["description"])
        for key, values in condition["properties"].items():
            assert {key, *map(str, values["enum"])} <= set(words)


def resolved_examples(schema: dict[str, Any]) -> list[Any]:
    return list(schema["examples"] if "examples" in schema else resolved(schema)["examples"])


def test_the_schema_s_own_example_is_a_whole_document() -> None:
    assert [errors_of(example) for example in SCHEMA["examples"]] == [[]]


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from subschemas(part)


def test_what_the_keywords_cannot_say_is_said_in_words() -> None:
    for schema in subschemas({"$defs": SCHEMA["$defs"], "allOf": SCHEMA["allOf"]}):
        if isinstance(schema.get("x-requirement"), str):
            assert schema["x-requirement"] in "RBP" and schema["x-because"] and schema["required"]
        if {"pattern", "format", "oneOf"} & schema.keys() and isinstance(schema.get("title", ""), str):
            assert schema["x-expected"]
        if "pattern" in schema:
            assert schema["patternErrorMessage"] == f"expected {schema['x-expected']}"


def test_alternatives_are_told_apart_by_conditions() -> None:
    names = [name for schema in subschemas(SCHEMA) for name in schema]
    assert "anyOf" not in names and "unevaluatedProperties" not in names and "dependentSchemas" not in names
    assert names.count("oneOf") == 1  # evidence: exactly one of its keys, which is one error whatever is wrong


PATTERNS = sorted({schema["pattern"] for schema in subschemas(SCHEMA) if isinstance(schema.get("pattern"), str)})


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns_are_linear_and_mean_the_same_in_every_engine(pattern: str) -> None:
    assert not re.search(r"\\[AZzdwbDWB]|\(\?P|\(\?<|\(\?#|[*+?}]\+", pattern)
    began = time.perf_counter()
    for piece in ("a", "0", ".", "-", "a.", "a@", "@a/", "a:", "1.0.0-", "a-.", "https://"):
        for start in ("", "@", "a@", "1.0.0-", "1.0.0+", "sha256:", "https://", "a:"):
            assert not re.search(pattern, start + piece * 20_000 + "\n")
    assert time.perf_counter() - began < 2


# --- every key, its mark and its form


def keys_of_the_schema(schema: dict[str, Any], path: str) -> Iterator[tuple[str, Key]]:
    content = resolved(schema)
    for name, part in content.get("properties", {}).items():
        if name != "status":
            yield from key_of_the_schema(part, f"{path}.{name}" if path else name, name in content.get("required", []))


def key_of_the_schema(schema: dict[str, Any], path: str, is_required: bool) -> Iterator[tuple[str, Key]]:
    form = form_of(schema)
    yield path, Key(schema.get("x-required", "R" if is_required else "o"), schema.get("x-verified", False), form)
    assert schema.get("x-evidence", False) is form.endswith("evidence"), path
    content = resolved(schema)
    if form.endswith(("mapping", "section")):
        item = resolved(content["items"]) if "items" in content else content
        yield from keys_of_the_schema(item, f"{path}[]" if "items" in content else path)


def form_of(schema: dict[str, Any]) -> str:
    """What keys.txt calls the form of a value."""
    name = next((part["$ref"].rpartition("/")[2] for part in (schema, schema.get("else", {})) if "$ref" in part), "")
    content = resolved(schema)
    if name in SHAPES or name in FORMS:
        return str(name)
    if content.get("type") == "array":
        return ("[] " if "minItems" in content else "[]? ") + form_of(content["items"])
    if "enum" in content:
        return " | ".join(content["enum"])
    return "section" if name in SECTIONS else scalar_form_of(content)


def scalar_form_of(schema: dict[str, Any]) -> str:
    if "const" in schema.get("then", {}):
        return "version"
    name, low, high = NAMES[schema["type"]]
    bounds = f" {schema.get(low, '')}..{schema.get(high, '')}" if low else ""
    return f"{name}{bounds}"


NAMES = {
    "object": ("mapping", "", ""),
    "boolean": ("boolean", "", ""),
    "integer": ("integer", "minimum", "maximum"),
    "number": ("number", "minimum", "maximum"),
    "string": ("text", "minLength", "maxLength"),
}
FORMS = {
    *("text", "slug", "handle", "date", "duration", "glob", "uri", "symbol", "semver", "currency"),
    *("commit", "change", "sha256", "digest", "runbook", "event_evidence"),
}


def test_keys_marks_and_forms_are_those_of_the_list() -> None:
    found = dict(keys_of_the_schema(SCHEMA, ""))
    for shape in SHAPES - {"section", "evidence"}:
        found |= dict(keys_of_the_schema(SCHEMA["$defs"][shape], shape))
    found |= dict(keys_of_the_schema(SCHEMA["$defs"]["evidence_mapping"], "evidence"))
    found["section.status"] = next(iter(key_of_the_schema(SCHEMA["$defs"]["status"], "section.status", False)))[1]
    assert found == keys()


# --- valid and invalid documents


@pytest.mark.parametrize("path", sorted((DATA / "valid").iterdir()), ids=lambda path: path.stem)
def test_valid_document(path: Path) -> None:
    assert [(pointer_of(error), error.message) for error in errors_of(load(path))] == []


@pytest.mark.parametrize("path", sorted((DATA / "invalid").iterdir()), ids=lambda path: path.stem)
def test_invalid_document_has_one_error_at_its_place(path: Path) -> None:
    case = load(path)
    errors = errors_of(valid(case["base"]) | case["with"])
    assert [(pointer_of(error), error.validator) for error in errors] == [
        (case["error"]["at"], case["error"]["keyword"])
    ]


def test_every_section_has_a_valid_and_an_invalid_example() -> None:
    told = {path.stem.partition("-")[0] for path in (DATA / "invalid").iterdir()}
    assert told == {"header", *SECTIONS, "reviews", "waivers"}
    assert set(SECTIONS) < valid("production-service").keys()
