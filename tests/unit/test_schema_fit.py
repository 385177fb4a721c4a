"""What is said to fit a schema, jsonschema says too, and the other way round."""

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest

from linter.adapters.schema.files import load_schema
from linter.adapters.schema.fit import fits
from linter.adapters.schema.judge import _Judge, first_violation
from linter.adapters.yaml.reader import read_review
from tests.support.repository import PROJECT

SIZE = int(os.environ.get("REVIEW_LINT_TEST_SIZE", "1"))

ODD = (
    None,
    True,
    False,
    0,
    1,
    1.0,
    -1,
    99.95,
    10**400,
    float("inf"),
    float("nan"),
    "",
    "x",
    "https://a.b",
    "none served",
)
"""Values to put in the place of others."""

REVIEW = PROJECT / "examples" / "payments" / "REVIEW.yaml"
POLICY = """\
version: 1
name: acme
severity: {RL902: error}
effective: {RL502: "2027-01-01"}
tiers: {1: {availability_percent: [99.9, 99.995], reviewers: {quality: [sre]}, max_review_age: 180d}}
waivers: {max_age: 180d, forbidden: [RL305]}
not_applicable: {forbidden: [clarity]}
locked: [RL801, limits.cyclomatic_complexity]
limits: {cyclomatic_complexity: 12}
"""
INVENTORY = "version: 1\nrepositories:\n  - {name: shop, url: https://git.example.org/shop.git, team: a, tags: [x]}\n"
FILES = {"review": REVIEW.read_text(), "policy": POLICY, "inventory": INVENTORY}


def data(name: str) -> Any:
    document = read_review(f"{name}.yaml", FILES[name].encode())
    assert document.problems == ()
    return document.data


def judged_by_jsonschema(value: Any, name: str) -> bool:
    return not _Judge(load_schema(name)).violations(value)


@pytest.mark.parametrize("name", FILES)
def test_good_files_fit(name: str) -> None:
    assert fits(data(name), load_schema(name))


@pytest.mark.parametrize("path", sorted(PROJECT.glob("tests/examples/*/*/*/REVIEW.yaml"))[::7], ids=str)
def test_examples_of_rules(path: Path) -> None:
    value = read_review("REVIEW.yaml", path.read_bytes()).data
    assert fits(value, load_schema("review")) is judged_by_jsonschema(value, "review")


@pytest.mark.parametrize("name", FILES)
def test_spoilt_files(name: str) -> None:
    compare(name, seed=1, count=60)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("seed", range(2, 5))
def test_many_spoilt_files(name: str, seed: int) -> None:
    compare(name, seed, 150 * SIZE)


def compare(name: str, seed: int, count: int) -> None:
    source, good, schema = random.Random(seed), data(name), load_schema(name)
    verdicts = set()
    for _ in range(count):
        value = json.loads(json.dumps(good))
        for _ in range(source.choice((1, 1, 1, 2, 5))):
            spoil(value, source)
        verdicts.add(fits(value, schema))
        assert fits(value, schema) is judged_by_jsonschema(value, name), value
    assert verdicts == {True, False}


def spoil(value: Any, source: random.Random) -> None:
    """Take something away, put another value in its place, double it, or call it otherwise."""
    there = list(places(value))
    if not there:
        return
    holder, key = source.choice(there)
    way = source.randrange(4)
    if way == 0:
        del holder[key]
    elif way == 1:
        holder[key] = source.choice(ODD)
    elif way == 2:
        other, where = source.choice(there)
        holder[key] = json.loads(json.dumps(other[where]))
    elif isinstance(holder, list):
        holder.append(holder[key])
    else:
        holder[source.choice(("x-note", "version", "surprise"))] = holder[key]


def places(value: Any) -> Any:
    keys = range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ()
    for key in keys:
        yield value, key
        yield from places(value[key])


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {}},
        {"$ref": "https://example.org/schema"},
        {"$ref": "#/$defs/none"},
        {"format": "hostname"},
        {"enum": [[1]]},
        {"if": {"not": {}}, "else": {}},
    ],
)
def test_what_is_not_understood_is_left_to_jsonschema(schema: dict[str, Any]) -> None:
    assert not fits([1], schema)


def test_what_refers_to_itself_is_left_to_jsonschema() -> None:
    schema = {"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}
    assert not fits(1, schema)
    with pytest.raises(RecursionError):
        first_violation(1, schema)
