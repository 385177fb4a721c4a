"""Whatever becomes of a complete review file, every rule answers with findings that have a place, and none raises."""

import copy
import random
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import yaml

from linter.adapters.yaml.reader import read_review
from linter.engine.lint import lint
from linter.engine.outcome import Outcome
from linter.model.request import Request
from linter.model.review import Review
from linter.rules.catalogue import ALL_RULES
from tests.support.examples import TODAY
from tests.support.memory import MemorySnapshot
from tests.support.review_schema import DATA, load

PATH = "REVIEW.yaml"
WHOLE = {path.stem: load(path) for path in sorted((DATA / "valid").glob("*.yaml"))}
VALUES = [
    *(None, True, False, 0, -1, 1, 7, 1.5, 100, 10**60, 1e308, 5e-324, float("nan"), float("inf"), "", " ", "x", "TBD"),
    *("TODO: say it", "2026-02-31", "2026-06-01", "9999-12-31", "0001-01-01", "15", "7d", "0ms", "999999999d", "month"),
    *(
        "@ada",
        "production",
        "beta",
        "retired",
        "draft",
        "none",
        "page",
        "big-bang",
        "global",
        "a" * 600,
        "\u2028",
        "\x1b",
    ),
    *(
        "../../etc/passwd",
        "https://example.org",
        "a:b",
        "**",
        "[",
        "#",
        "\ud7ff\U0001f680",
        [],
        [[]],
        [None],
        {},
        {"": 1},
    ),
    *([{}], ["x", "x"], {"x-a": {}}, {"not_applicable": None}, {"not_applicable": {"because": "x", "agreed_by": 7}}),
    *({"count": 1e308, "per": "month", "metric": "bytes"}, {"path": "a", "url": "b"}, {"availability_percent": 100}),
]
SIBLINGS = ("RL006", "RL008")
"""Rules that say that a value is wrong in itself."""

CONTENT = tuple(rule.code for rule in ALL_RULES if rule.subject is Review)


class Place(NamedTuple):
    holder: Any
    key: Any


class Plain(yaml.SafeDumper):
    """Writes what stands in two places twice, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def places(value: Any) -> Iterator[Place]:
    """Every place below a value."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield Place(value, key)
        yield from places(value[key])


def replaced(source: random.Random, at: Place, _: list[Place]) -> None:
    at.holder[at.key] = copy.deepcopy(source.choice(VALUES))


def nudged(source: random.Random, at: Place, _: list[Place]) -> None:
    """Another value of the same kind, which the schema may well take."""
    value = at.holder[at.key]
    if isinstance(value, bool):
        at.holder[at.key] = not value
    elif isinstance(value, int | float):
        at.holder[at.key] = source.choice([0, 1, 100, value / 10, value * 10])
    elif isinstance(value, str):
        at.holder[at.key] = source.choice(
            ["2020-02-29", "90d", "500ms", "best-effort", "public", "restricted", "service"]
        )


def removed(_: random.Random, at: Place, __: list[Place]) -> None:
    del at.holder[at.key]


def copied(source: random.Random, at: Place, others: list[Place]) -> None:
    other = source.choice(others)
    at.holder[at.key] = copy.deepcopy(other.holder[other.key])


def repeated(source: random.Random, at: Place, _: list[Place]) -> None:
    value = copy.deepcopy(at.holder[at.key])
    if isinstance(at.holder, list):
        at.holder.extend([value] * source.choice([1, 1, 30]))
    else:
        at.holder[f"{at.key}s"] = value


def renamed(source: random.Random, at: Place, _: list[Place]) -> None:
    if isinstance(at.holder, dict):
        key, cut = at.key, source.randrange(len(at.key) + 1)
        at.holder[key[:cut] + source.choice(["", "e", "x-", "/", "~", "é"]) + key[cut + 1 :]] = at.holder.pop(key)


MISTAKES = (nudged, nudged, nudged, nudged, replaced, replaced, removed, removed, copied, repeated, renamed)


def written(data: Any, style: bool | None = None) -> str:
    return str(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100, default_flow_style=style))


BASE = written(WHOLE["production-service"], False)


def mutated(source: random.Random) -> str:
    """A valid document after a few mistakes, some in its values and some in its lines."""
    data = copy.deepcopy(source.choice([*[WHOLE["production-service"]] * 9, *WHOLE.values()]))
    for _ in range(source.choice([1, 2, 4, 8, 16])):
        others = list(places(data))
        if others:
            source.choice(MISTAKES)(source, source.choice(others), others)
    text = written(data, source.choice([None, False]))
    return spoilt_lines(source, text) if source.random() < 0.2 else text


def spoilt_lines(source: random.Random, text: str) -> str:
    lines = text.split("\n")
    for _ in range(source.randint(1, 3)):
        start = source.randrange(len(lines))
        end = start + source.choice([0, 1, 1, 4])
        lines[start:end] = source.choice([[], lines[start:end] * 2, lines[:2]])
    return "\n".join(lines)


def judged(source: random.Random, text: str) -> Iterator[tuple[Outcome, str]]:
    """As the whole tree; sometimes, because it takes three times as long, also as a change from or to a valid file."""
    before, after = MemorySnapshot({PATH: BASE}, revision="0" * 40), MemorySnapshot({PATH: text}, revision="1" * 40)
    yield lint(after, Request(TODAY)), text
    if source.random() < 0.2:
        yield lint(MemorySnapshot({PATH: text}, before), Request(TODAY)), text
        yield lint(MemorySnapshot({PATH: BASE}, after), Request(TODAY)), BASE


def assert_is_for_people(outcome: Outcome, text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    for finding in outcome.findings:
        words = finding.message + (finding.hint or "")
        assert words.isprintable(), finding
        assert len(words) < 1500, finding
        assert finding.location.path == PATH, finding
        assert finding.location.span.start.line <= lines, finding


def assert_is_told_once(outcome: Outcome) -> None:
    """What is wrong in itself is not judged by its content as well."""
    wrong = {finding.location.pointer for finding in outcome.findings if finding.rule in SIBLINGS}
    content = [finding for finding in outcome.findings if finding.rule in CONTENT]
    assert [finding for finding in content if finding.location.pointer in wrong] == []


def assert_needs_no_schema(text: str) -> None:
    """Where only rules about code are enabled, nobody judges the file's shape, and the rules are asked all the same."""
    document = read_review(PATH, text.encode())
    if document.is_readable:
        for rule in ALL_RULES:
            if rule.subject is Review:
                list(rule.check(Review(document, TODAY)))


def fuzz(seed: int, rounds: int) -> set[str]:
    """The codes of what was found."""
    source = random.Random(seed)
    found: set[str] = set()
    for _ in range(rounds):
        text = mutated(source)
        try:
            for outcome, content in judged(source, text):
                assert_is_for_people(outcome, content)
                assert_is_told_once(outcome)
                found.update(finding.rule for finding in outcome.findings)
            assert_needs_no_schema(text)
        except Exception as error:
            raise AssertionError(text) from error
    return found


def test_mutated_reviews() -> None:
    found = fuzz(seed=20260601, rounds=25)
    assert {"RL006", "RL007", "RL008", "RL303", "RL601"} <= found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_many_mutated_reviews(seed: int) -> None:
    found = fuzz(seed, rounds=600)
    assert found >= {"RL009", "RL204", "RL303", "RL304", "RL503", "RL601"}
