"""Reading source files: encodings, newlines, and what is said about those that Python cannot read."""

import sys
import time

import pytest

from linter.adapters.python.decoding import decode
from linter.adapters.python.metrics import measure
from linter.model.metrics import SourceMetrics, Unanalysable


def refusal(data: str | bytes) -> Unanalysable:
    answer = measure(data.encode() if isinstance(data, str) else data)
    assert isinstance(answer, Unanalysable), answer
    return answer


READABLE = {
    "ASCII": (b"x = 'a'\n", "x = 'a'\n"),
    "UTF-8": ("x = 'ä'\n".encode(), "x = 'ä'\n"),
    "byte order mark": ("\ufeffx = 'ä'\n".encode(), "x = 'ä'\n"),
    "byte order mark and cookie": ("\ufeff# coding: utf-8\n".encode(), "# coding: utf-8\n"),
    "latin-1 cookie": (
        "# -*- coding: latin-1 -*-\nx = 'ä'\n".encode("latin-1"),
        "# -*- coding: latin-1 -*-\nx = 'ä'\n",
    ),
    "cookie in the second line": ("#!/x\n# coding=cp1252\n'€'\n".encode("cp1252"), "#!/x\n# coding=cp1252\n'€'\n"),
    "cookie after carriage returns": ("#!/x\r# coding=cp1252\r'€'\r".encode("cp1252"), "#!/x\n# coding=cp1252\n'€'\n"),
    "no cookie in the third line": (b"\n\n# coding: nonsense\n", "\n\n# coding: nonsense\n"),
    "no cookie after code": (b"x = 1\n# coding: latin-1\n'\xc3\xa4'\n", "x = 1\n# coding: latin-1\n'ä'\n"),
    "newlines": (b"a\r\nb\rc\n\r\nd", "a\nb\nc\n\nd"),
    "other separators": ("a = '\x1c\u2028'\n\x0c\n".encode(), "a = '\x1c\u2028'\n\x0c\n"),
}


@pytest.mark.parametrize("case", READABLE)
def test_text_of_a_file(case: str) -> None:
    data, text = READABLE[case]
    assert decode(data) == text
    assert isinstance(measure(data), SourceMetrics)


def test_lines_of_the_text_are_those_of_the_figures() -> None:
    data = b"'''\r\n\x0c'''\rdef f():\r\n  pass\r\rdef g(): pass"
    lines = decode(data).split("\n")
    metrics = measure(data)
    assert isinstance(metrics, SourceMetrics)
    assert [lines[found.line - 1][:5] for found in metrics.functions[1:]] == ["def f", "def g"]
    assert metrics.lines == len(lines)


UNDECODABLE = {
    b"x = 1\ny = '\xe4'\n": ("not valid utf-8", (2, 6)),
    b"\xef\xbb\xbfx = '\xe4'\n": ("not valid utf-8", (1, 6)),
    b"# coding: ascii\n\n'\xc3\xa4'\n": ("not valid ascii", (3, 2)),
    b"# coding: nonsense\n": ("encoding", (1, 1)),
    b"# coding: rot13\n": ("encoding", (1, 1)),
    b"# coding: punycode\n": ("punycode", (1, 1)),
    b"\xef\xbb\xbf# coding: latin-1\n": ("encoding", (1, 1)),
    "x = 1\n".encode("utf-16"): ("UTF-16", (1, 1)),
}


@pytest.mark.parametrize("data", UNDECODABLE)
def test_what_cannot_be_decoded_is_told_with_its_place(data: bytes) -> None:
    words, position = UNDECODABLE[data]
    answer = refusal(data)
    assert words in answer.reason
    assert answer.position == position
    assert decode(data) == ""


UNPARSABLE = {
    "def f(:\n": ("syntax error", (1, 7)),
    "x = 1\n  y = 2\n": ("unexpected indent", (2, 2)),
    "if a:\n\tx\n        y\n": ("inconsistent", (3, None)),
    'x = "ä" ?\n': ("syntax error", (1, 9)),
    "x = 'ab\0c'\n": ("NUL", (1, 8)),
    "(" * 10_000: ("", (1, None)),
    "-" * 100_000 + "1": ("too deeply", (1, 1)),
    '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}': ("Jupyter notebook", (1, 1)),
    "a = [\n<<<<<<< ours\n1\n=======\n2\n>>>>>>> theirs\n]\n": ("merge conflict", (2, 1)),
}


@pytest.mark.parametrize("text", UNPARSABLE)
def test_what_cannot_be_parsed_is_told_with_its_place(text: str) -> None:
    words, (line, column) = UNPARSABLE[text]
    answer = refusal(text)
    assert words in answer.reason
    assert answer.position.line == line
    assert column in (None, answer.position.column)
    assert answer.needs is None


NEWER = [
    ("3.12", "type X = int\n"),
    ("3.12", "def f[T](x): pass\n"),
    ("3.12", "class C[T]: pass\n"),
    ("3.12", "x = f'{a['b']}'\n"),
    ("3.12", "x = f'{\"\\n\".join(a)}'\n"),
    ("3.12", 'x = f"""{\n a # why\n}"""\n'),
    ("3.12", "f'{f'{f'{1}'}'}'\n"),
    ("3.12", "x = f'{\n a\n}'\n"),
    ("3.12", "ä = f('ö', Rf'{a:{\nb}}')\n"),
    ("3.13", "class C[T = int]: pass\n"),
    ("3.13", "type X[T = int] = T\n"),
    ("3.14", "try: pass\nexcept A, B: pass\n"),
    ("3.14", "try: pass\nexcept a.b, socket.Timeout: pass\n"),
    ("3.14", "try: pass\nexcept a, b, c: pass\n"),
    ("3.14", "try: pass\nexcept* A, B: pass\n"),
    ("3.14", "x = t'{a}'\n"),
    ("3.14", "x = f(rt'{a}')\n"),
    ("3.14", "x = t'{\n a\n}'\n"),
    ("3.14", "x = f(tr'{\n a\n}')\n"),
    ("3.15", "lazy import a\n"),
    ("3.15", "x = [*a for a in b]\n"),
]


@pytest.mark.parametrize(("needs", "text"), NEWER)
def test_newer_syntax_names_the_python_that_reads_it(needs: str, text: str) -> None:
    answer = measure(text.encode())
    if tuple(map(int, needs.split("."))) <= sys.version_info[:2]:
        assert isinstance(answer, SourceMetrics)
    else:
        assert isinstance(answer, Unanalysable)
        assert answer.needs == needs
        assert answer.reason.endswith(f"is syntax of Python {needs}")


@pytest.mark.parametrize(
    "text",
    [
        "print 'x'\n",
        "try: pass\nexcept A, e: print e\n",
        "try: pass\nexcept (A, B), e: pass\n",
        "try: pass\nexcept A, self.error: pass\n",
        "raise A, 'b'\n",
        "x = `a`\n",
        "x = ur'a'\n",
        "exec 'a'\n",
        "x = f'{a b}'\n",
        "x = f'{a['\n",
        "x = f'{a[b}'\n",
        "x = f'{a\n",
        "x = f'a\nb {c}'\n",
        "x = t'{a\ny = {'b': 1}\n",
        "x = 'f{\na}'\n",
        "type = = 1\n",
        "def f[: pass\n" if sys.version_info >= (3, 12) else "def f): pass\n",
    ],
)
def test_old_and_wrong_syntax_is_not_taken_for_newer(text: str) -> None:
    assert refusal(text).needs is None


def test_warnings_of_the_parser_are_silent() -> None:
    assert isinstance(measure(b"x = '\\d' if 1else 2\n"), SourceMetrics)


@pytest.mark.parametrize("text", ["x = f'" + "{a}" * 400_000 + "'", "x = f'''\n" + "{a}" * 400_000 + "'''"])
def test_a_line_of_many_fields_is_refused_before_it_takes_minutes(text: str) -> None:
    start = time.monotonic()
    assert "f-string" in refusal(text).reason
    assert time.monotonic() - start < 5


def test_a_long_line_of_data_is_no_line_of_fields() -> None:
    text = "x = [" + '{"a": 1},' * 40_000 + "]"
    assert isinstance(measure(text.encode()), SourceMetrics)
