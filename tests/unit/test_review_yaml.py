"""The reader of review files: values of YAML 1.2, places as editors show them, and a reason for what cannot be read."""

import math
import time
import tracemalloc
from typing import Any

import pytest

from linter.adapters.yaml.builder import MAX_DEPTH, MAX_VALUES
from linter.adapters.yaml.reader import read_review
from linter.model.document import MAX_BYTES, Document


def read(text: str | bytes) -> Document:
    return read_review("REVIEW.yaml", text if isinstance(text, bytes) else text.encode())


def problems(text: str | bytes) -> list[tuple[str, int, int, str]]:
    return [(p.rule, *p.span.start, p.pointer) for p in read(text).problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((text, text) for text in ("yes", "no", "On", "OFF", "y", "nULL", "tRUE")),
        *((text, text) for text in ("1:30", "1_000", "0b11", "0o8", "1.2.3", "1e", "+", ".", "=")),
        *((text, text) for text in ("2026-01-01", "2026-02-31", "2026-01-01 10:00:00")),
        ("0", 0),
        ("017", 17),
        ("-12", -12),
        ("+3", 3),
        ("0o17", 15),
        ("0xfF", 255),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        ("-.INF", -math.inf),
        (".inf", math.inf),
        ("9" * 5000, "9" * 5000),
        ("'12'", "12"),
        ('"true"', "true"),
        ('"\\u2028"', "\u2028"),
        ("a b\n  c", "a b c"),
    ],
)  # fmt: skip
def test_plain_scalars_have_the_types_of_yaml_1_2(text: str, value: Any) -> None:
    found = read(f"key: {text}\n").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_a_number() -> None:
    assert math.isnan(read("key: .nan").data["key"])


def test_keys_are_their_source_text() -> None:
    assert read("on: 1\n2026-01-01: 2\n1.10: 3\nnull: 4\n017: 5\n'a b': 6\n? c\n: 7\n'': 8\n").data == {
        "on": 1, "2026-01-01": 2, "1.10": 3, "null": 4, "017": 5, "a b": 6, "c": 7, "": 8,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["https://example.org/d?page=1", "how many?", "a ? b", "why?, who"])
def test_question_marks_end_no_text_in_brackets(text: str) -> None:
    expected = text.split(", ")
    assert read(f"a: [{text}]\nb: {{c: {expected[0]}}}\n").data == {"a": expected, "b": {"c": expected[0]}}


def test_every_value_and_key_has_its_place() -> None:
    text = 'a: 1\nb: [x, "y"]\nc:\n- q: é\n  r: |\n    t\n    u\n\n# comment\nd: {e: f}\ng:\n'
    marks = {
        pointer: (mark.value.start, mark.value.end, mark.key and mark.key.start, mark.plain)
        for pointer, mark in read(text).marks.items()
    }
    assert marks == {
        "": ((1, 1), (11, 3), None, None),
        "/a": ((1, 4), (1, 5), (1, 1), "1"),
        "/b": ((2, 4), (2, 12), (2, 1), None),
        "/b/0": ((2, 5), (2, 6), None, "x"),
        "/b/1": ((2, 8), (2, 11), None, None),
        "/c": ((4, 1), (7, 6), (3, 1), None),
        "/c/0": ((4, 3), (7, 6), None, None),
        "/c/0/q": ((4, 6), (4, 7), (4, 3), "é"),
        "/c/0/r": ((5, 6), (7, 6), (5, 3), None),
        "/d": ((10, 4), (10, 10), (10, 1), None),
        "/d/e": ((10, 8), (10, 9), (10, 5), "f"),
        "/g": ((11, 3), (11, 3), (11, 1), ""),
    }


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_editors(line_end: str) -> None:
    document = read(line_end.join(["\ufeffa: 1", "# b", "", "c: [d, @e]"]))
    assert document.data is None
    assert [(p.rule, p.span.start) for p in document.problems] == [("RL001", (4, 8))]
    assert read(line_end.join(["a:", "  - 1", "", "b: 2"])).marks["/b"].value.start == (4, 4)


def test_pointers_are_escaped() -> None:
    assert set(read("a/b:\n  c~d: [1]\n").marks) == {"", "/a~1b", "/a~1b/c~0d", "/a~1b/c~0d/0"}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "~\n"])
def test_an_empty_file_has_a_mark_and_no_problem(text: str) -> None:
    document = read(text)
    assert (document.data, list(document.marks), document.problems) == (None, [""], ())


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: @b\n", 1, 4, "cannot begin with '@'"),
        ("a: `b`\n", 1, 4, "cannot begin with '`'"),
        ("a: %b\n", 1, 4, "cannot begin with '%'"),
        ("a: [*.py]\n", 1, 6, "begins an alias"),
        ("a: &\n", 1, 5, "begins an anchor"),
        ("a: !<x y\n", 1, 7, "begins a tag"),
        ("a: b: c\n", 1, 5, "`:` cannot stand here"),
        ("a: b\n c: d\n", 2, 3, "`:` cannot stand here"),
        ("a: 1\nb\nc: 2\n", 2, 1, "a key without a colon"),
        ("a: - b\n", 1, 4, "a list cannot begin here"),
        ("a: ? b\n", 1, 4, "a key cannot begin here"),
        ("a:\n\tb: 1\n", 2, 1, "a tab"),
        ("a: b\tc\n", 1, 5, "a tab"),
        ("a: 'b\nc: d\n", 1, 4, "a quote that is never closed"),
        ("a: [1, 2\nb: 3\n", 2, 2, "needs `,` or `]`"),
        ("a: {x: 1\nb: 3\n", 2, 2, "needs `,` or `}`"),
        ("a: [1, 2\n", 1, 4, "`[` is never closed"),
        ("a: {b: 1", 1, 4, "`{` is never closed"),
        ("a: [", 1, 5, "the file ends inside"),
        ("a: ]\n", 1, 4, "']' where a value should stand"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "'c' does not fit in here"),
        ('a: "x" y\n', 1, 8, "'y' does not fit in here"),
        ("a: | x\n", 1, 6, "'x' after `|` or `>`"),
        ("a: |0\n x\n", 1, 5, "an indentation of 0"),
        ('a: "\\q"\n', 1, 6, "'q' after a backslash"),
        ('a: "\\x4z"\n', 1, 7, "hexadecimal digits"),
        ('a: "\\ud800"\n', 1, 4, "half a character"),
        ('a: "\\Uffffffff"\n', 1, 7, "out of range"),
        ("a: 'x\n---\n'\n", 2, 1, "a document ends inside quotes"),
        ("%YAML 2.0\n---\na\n", 1, 1, "a version of YAML other than 1"),
        ("%YAML 1.2\n%YAML 1.2\n---\na\n", 2, 1, "a second %YAML directive"),
        ("%!\n", 1, 2, "begins a directive"),
        ("a: !b!c d\n", 1, 4, "a tag that nothing explains"),
        ("a\n...\nb\n", 3, 1, "after the end of the document"),
        ("? [a]\n: b\n", 1, 3, "a key that is not a text"),
        ("*a : b\n", 1, 1, "a key that is not a text"),
        ("a: \x07\n", 1, 4, "the invisible character U+0007"),
        ("a: \u200bx\ufeff\n", 1, 6, "the invisible character U+FEFF"),
        ("a: 1 # b\u2028c: 2\n", 1, 9, "U+2028 is a line break to some readers"),
        ("a: 1 # b\x85c: 2\n", 1, 9, "U+0085 is a line break to some readers"),
        (b"a: \xe9\n", 1, 4, "the byte 0xe9 is not UTF-8"),
        (b"\xef\xbb\xbfa: 1\r\nb\xed\xa0\x80\n", 2, 2, "the byte 0xed is not UTF-8"),
        ("a: 1".encode("utf-16"), 1, 1, "UTF-16"),
        ("a: 1".encode("utf-16-le"), 1, 2, "the invisible character U+0000"),
        (b"#" * (MAX_BYTES + 1), 1, 1, "262,145 bytes; at most 262,144"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), 1, MAX_DEPTH + 1, "more than 32 levels"),
        ("- a\n" * MAX_VALUES, MAX_VALUES, 3, "more than 20,000 keys and values"),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_a_place(text: str | bytes, line: int, column: int, words: str) -> None:
    document = read(text)
    assert (document.data, document.marks) == (None, {})
    [problem] = document.problems
    assert (problem.rule, problem.span.start) == ("RL001", (line, column))
    assert words in problem.message
    assert problem.hint


def test_what_is_just_within_the_bounds_is_read() -> None:
    assert not problems(b"#" * MAX_BYTES)
    assert not problems("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert not problems("- a\n" * (MAX_VALUES - 1))


def test_repeated_keys_name_both_places_and_the_first_counts() -> None:
    document = read('a: {b: 1, c: 2, "b": 3}\nd: 4\na: {e: [5]}\na: 6\n')
    assert document.data == {"a": {"b": 1, "c": 2}, "d": 4}
    assert [(p.rule, *p.span.start, p.pointer) for p in document.problems] == [
        ("RL002", 1, 17, "/a/b"),
        ("RL002", 3, 1, "/a"),
        ("RL002", 4, 1, "/a"),
    ]
    assert "line 1, column 5" in document.problems[0].message
    assert "/a/e" not in document.marks


def test_anchors_aliases_tags_and_merge_keys_are_refused_but_read() -> None:
    document = read("a: &x {b: !!str 1}\nc: {<<: *x, d: *x}\ne: *unknown\n&k f: !t 2\n<<: [*x, {g: 3}]\n")
    assert document.data == {
        "a": {"b": "1"}, "c": {"b": "1", "d": {"b": "1"}}, "e": None, "f": 2, "b": "1", "g": 3,
    }  # fmt: skip
    assert [(p.rule, *p.span.start, p.pointer) for p in document.problems] == [
        ("RL004", 1, 4, "/a"),
        ("RL004", 1, 11, "/a/b"),
        ("RL004", 2, 5, "/c/<<"),
        ("RL004", 2, 16, "/c/d"),
        ("RL004", 3, 4, "/e"),
        ("RL004", 4, 1, "/f"),
        ("RL004", 4, 7, "/f"),
        ("RL004", 5, 1, "/<<"),
        ("RL004", 5, 6, "/<</0"),
    ]
    assert "/c/b" not in document.marks


def test_quoted_signs_of_merging_and_aliases_are_texts() -> None:
    assert problems("'<<': '*a'\nb: '&c'\nd: '!e'\n") == []


def test_only_the_first_document_is_read() -> None:
    document = read("a: 1\n---\n@\n")
    assert (document.data, problems("a: 1\n---\n@\n")) == ({"a": 1}, [("RL004", 2, 1, "")])


def test_messages_are_short_and_visible_whatever_the_names() -> None:
    name = "k" * 1000
    text = f'"{name}\\e": 1\n"{name}\\e": &{name} 2\n'
    for problem in read(text).problems:
        assert len(problem.message) < 200
        assert (problem.message + (problem.hint or "")).isprintable()


MERGE_BOMB = "a0: &a0 {k: v}\n" + "".join(
    f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 9)}], k{i}: v}}\n" for i in range(1, 12)
)
ALIAS_BOMB = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
TOWER = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 60))
LONG_POINTERS = (
    "".join(f"{'':{i}}{'k' * 900}{i}:\n" for i in range(30)) + " " * 30 + "- 1\n" + (" " * 30 + "- 1\n") * 6000
)


TEXT_BOMB = f"a: &a {'x' * 200_000}\nb: [{', '.join(['*a'] * 10_000)}]\n"
SMALL_BOMBS = [MERGE_BOMB, ALIAS_BOMB, TOWER, LONG_POINTERS, TEXT_BOMB]
LARGE_BOMBS = [
    *(piece * (MAX_BYTES // len(piece)) for piece in ("[", "- - - ", "{a:", "? ", "&a ", "*a ", "!a ", "%a\n")),
    "[" + "[]," * (MAX_BYTES // 3 - 1),
    '"' + "x\n" * (MAX_BYTES // 2 - 1),
    "a: [" + "b: c," * (MAX_BYTES // 5 - 1) + "]",
]


@pytest.mark.parametrize("text", SMALL_BOMBS + LARGE_BOMBS, ids=lambda text: text[:8])
def test_bombs_are_refused_in_bounded_time(text: str) -> None:
    start = time.perf_counter()
    assert "RL001" in {problem[0] for problem in problems(text)}
    assert time.perf_counter() - start < 10, "0.4 s on a quiet machine"


@pytest.mark.parametrize("text", SMALL_BOMBS, ids=lambda text: text[:8])
def test_small_bombs_are_refused_in_bounded_memory(text: str) -> None:
    tracemalloc.start()
    assert "RL001" in {problem[0] for problem in problems(text)}
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 * 2**20
