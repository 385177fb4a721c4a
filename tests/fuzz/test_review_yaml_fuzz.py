"""Whatever the bytes, reading and judging a review file ends soon, with values or with a place and words."""

import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.adapters.schema.check import check_schema
from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review, read_yaml
from linter.model.document import Document, Problem
from linter.model.finding import Span
from linter.model.pointer import resolve
from linter.model.snapshot import UnreadableError

SEEDS = sorted(path.read_bytes() for path in (Path(__file__).parents[1] / "examples").glob("RL00*/*/*/REVIEW.yaml"))
PIECES = [
    *(b"\n", b"\r\n", b"\r", b"\t", b" ", b"  ", b": ", b":", b"- ", b"? ", b"#", b" #", b",", b"[", b"]", b"{", b"}"),
    *(b"&a ", b"*a", b"!", b"!!str ", b"!<x>", b"<<: ", b"|", b">-", b"'", b'"', b"\\", b"\\u", b"%TAG ! x", b"---\n"),
    *(b"...\n", b"@", b"`", b"\x00", b"\x1b", b"\x7f", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85"),
    *(b"~", b"null", b"NO", b"017", b"0x", b"1:30", b"1_0", b".inf", b".nan", b"2026-02-31", b"9" * 400, b"version"),
    *(b"not_applicable: {}", b"x-a: ", b"tier: 2\n", b"lifecycle: production\n", b"\\ud800", b"\\UFFFFFFFF"),
]


def judge(data: bytes) -> Document:
    read = read_review("REVIEW.yaml", data)
    if read.marks and not read.problems:
        # Question marks in brackets, which YAML 1.2 allows, are understood by libyaml and not by PyYAML itself.
        loader = yaml.CSafeLoader if "?" in read.text else yaml.SafeLoader
        assert same_as_composed(read.data, yaml.compose(read.text, Loader=loader))
    assert_marks_are_exact(read)
    document = check_schema(read, load_schema("review"))
    lines = document.text.count("\n") + document.text.count("\r") + 1
    for problem in document.problems:
        assert_is_for_people(problem, lines)
    if any(problem.rule == "RL001" for problem in document.problems):
        assert (document.data, document.marks, len(document.problems)) == (None, {}, 1)
    places = [problem.span.start for problem in document.problems]
    assert places == sorted(places)
    return document


def assert_is_for_people(problem: Problem, lines: int) -> None:
    text = problem.message + (problem.hint or "")
    assert text.isprintable()
    assert len(text) < 1200
    assert "yaml." not in text
    assert 1 <= problem.span.start.line <= lines
    assert problem.span.start.column >= 1
    assert problem.span.end is None or problem.span.end >= problem.span.start


def text_at(document: Document, span: Span) -> str:
    """The text of a span, if it is one of a single line."""
    line = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[span.start.line - 1]
    return line[span.start.column - 1 : span.end.column - 1 if span.end else None]


def assert_marks_are_exact(document: Document) -> None:
    for pointer, mark in document.marks.items():
        value = resolve(document.data, pointer, default=document)
        assert value is not document, pointer
        is_line = mark.value.end is not None and mark.value.start.line == mark.value.end.line
        if mark.plain is not None and is_line and not document.problems:
            assert text_at(document, mark.value) == mark.plain


def same_as_composed(value: Any, node: yaml.Node | None) -> bool:
    """Whether the value has the shape and the texts of PyYAML's own tree."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, item) for key, item in node.value]
        return list(value) == [key for key, _ in pairs] and all(
            same_as_composed(value[key], item) for key, item in pairs
        )
    if isinstance(node, yaml.SequenceNode):
        return len(value) == len(node.value) and all(map(same_as_composed, value, node.value))
    return value == node.value if isinstance(value, str) and node else not isinstance(value, dict | list)


def mutated(source: random.Random) -> bytes:
    data = bytearray(source.choice(SEEDS))
    for _ in range(source.randint(1, 6)):
        start = source.randint(0, len(data))
        end = min(len(data), start + source.choice([0, 0, 1, 2, 10, 60]))
        piece = source.choice([*PIECES, bytes(data[end : end + 30]), bytes([source.randrange(256)])])
        data[start:end] = piece * source.choice([1, 1, 1, 2, 40])
    return bytes(data)


def fuzz(seed: int, rounds: int) -> None:
    source = random.Random(seed)
    for _ in range(rounds):
        data = mutated(source)
        try:
            judge(data)
        except Exception as error:
            raise AssertionError(data) from error


def test_mutated_files() -> None:
    fuzz(seed=20260101, rounds=300)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_many_mutated_files(seed: int) -> None:
    fuzz(seed, rounds=4000)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)))
def test_any_bytes(data: bytes) -> None:
    document = judge(data)
    assert document.problems, "no such bytes are a valid review file"
    try:
        read_yaml(data)
    except UnreadableError as error:
        assert str(error).startswith("line ")


def test_every_beginning_of_a_file_is_judged() -> None:
    longest = max(SEEDS, key=len)
    for end in range(0, len(longest), 7):
        judge(longest[:end])
