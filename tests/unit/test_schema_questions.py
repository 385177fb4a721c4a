"""What a JSON schema says about a place, without a document to validate."""

from linter.model.schema import ITEM, KeyPlace, annotation, key_places, properties, subschemas, types

SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"$ref": "#/$defs/text", "title": "Name"},
        "steps": {"type": "array", "items": {"properties": {"how": {"$ref": "#/$defs/how"}}}},
        "0": {"type": "null"},
    },
    "patternProperties": {"^x-": {"type": "boolean"}},
    "allOf": [
        {"if": {"properties": {"name": {"type": "integer"}}}, "then": {"properties": {"name": {"minLength": 2}}}}
    ],
    "$defs": {
        "text": {"type": "string", "title": "Text"},
        "how": {"if": {}, "then": {"type": ["string", "null"]}, "else": {"oneOf": [{"type": "object"}, True]}},
    },
}


def test_all_that_may_apply_to_a_place_is_found_but_no_conditions() -> None:
    found = subschemas(SCHEMA, "/name")
    assert types(found) == {"string"}
    assert annotation(found, "title") == "Name"
    assert annotation(found, "minLength") == 2
    assert annotation(found, "pattern") is None


def test_lists_references_and_both_branches_are_followed() -> None:
    assert types(subschemas(SCHEMA, "/steps/12/how")) == {"string", "null", "object"}


def test_numbers_are_keys_too() -> None:
    assert types(subschemas(SCHEMA, "/0")) == {"null"}


def test_patterns_of_keys_count() -> None:
    assert types(subschemas(SCHEMA, "/x-own")) == {"boolean"}


def test_nothing_is_known_about_unknown_places() -> None:
    assert subschemas(SCHEMA, "/name/first") == []
    assert subschemas(SCHEMA, "/other/0") == []


def test_keys_of_a_level() -> None:
    assert properties(subschemas(SCHEMA, "")) == ["name", "steps", "0"]


def test_every_key_is_known_with_its_place() -> None:
    assert list(key_places(SCHEMA)) == [
        KeyPlace("name", ""),
        KeyPlace("steps", ""),
        KeyPlace("0", ""),
        KeyPlace("how", f"/steps/{ITEM}"),
    ]
