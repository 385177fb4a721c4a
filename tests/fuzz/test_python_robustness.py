"""Whatever the bytes, a source file gets figures or one line that says why it has none: never an exception."""

from collections.abc import Iterator
from random import Random

import pytest

from linter.adapters.python.decoding import decode
from linter.adapters.python.metrics import measure
from linter.adapters.python.shape import shapes
from linter.model.metrics import SourceMetrics, Unanalysable
from tests.support.radon_oracle import source_files

PIECES = [
    *(
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\r",
        b"\x0c",
        b"\x1a",
        b"\\",
        b"\\\n",
        b'"""',
        b"'",
        b'f"{',
        b"{",
        b"}",
        b"(",
        b")",
    ),
    *(
        b"[",
        b"]",
        b":",
        b";",
        b"\n",
        b"\t",
        b"  ",
        b"#",
        b"`",
        b"$",
        b"@",
        b"...",
        b"0777",
        b"1e999",
        b"0x",
        b"1_",
        b"\xc3\xa4",
    ),
    *(
        b"\xed\xa0\x80",
        b"\nclass C:\n",
        b"\nasync def f(a=b or c):\n  ",
        b"\nmatch x:\n case _ if a:\n  ",
        b"lambda: ",
        b"yield ",
    ),
    *(
        b"*",
        b"**",
        b"->",
        b":=",
        b"print 'x'\n",
        b"except A, B:",
        b"<<<<<<< a\n",
        b"=======\n",
        b">>>>>>> b\n",
        b"\xe2\x80\xa8",
    ),
]

COOKIES = (
    *(
        "utf-8",
        "utf8",
        "latin-1",
        "ascii",
        "cp1252",
        "utf-16",
        "utf-32",
        "utf-7",
        "shift_jis",
        "iso2022_jp",
        "hz",
        "big5",
    ),
    *(
        "idna",
        "punycode",
        "rot13",
        "hex",
        "base64",
        "zlib",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
        "mbcs",
    ),
    *(
        "utf-8-sig",
        "string_escape",
        "unknown",
        "\u00e4",
        "..",
        "../x",
        "utf_8\0",
        "x" * 3000,
        "koi8-r",
        "euc-kr",
        "cp037",
    ),
)


def check(data: bytes) -> None:
    metrics = measure(data, with_maintainability=True)
    text = decode(data)
    drawn = shapes(data)
    if isinstance(metrics, Unanalysable):
        assert metrics.reason
        assert metrics.position >= (1, 1)
        assert not drawn
        return
    assert isinstance(metrics, SourceMetrics)
    symbols = [function.symbol for function in metrics.functions]
    assert list(drawn) == symbols
    assert len(set(symbols)) == len(symbols)
    assert metrics.maintainability_index is not None
    assert 0 <= metrics.maintainability_index <= 100
    assert metrics.lines == text.count("\n") + (text != "" and not text.endswith("\n"))
    for found in metrics.functions:
        assert 1 <= found.first_line <= found.line <= found.body_line <= max(found.end_line, 1)
        assert found.complexity >= 1
        assert found.end_line <= max(metrics.lines, 1)


def mutations(count: int) -> Iterator[bytes]:
    random = Random(7)
    originals = [file.read_bytes() for file in source_files(count // 5 + 1, max_size=6_000)]
    for _ in range(count):
        data = bytearray(random.choice(originals))
        for _ in range(random.choice((1, 1, 1, 2, 5))):
            place = random.randrange(len(data) + 1)
            match random.randrange(4):
                case 0:
                    del data[place:]
                case 1:
                    del data[place : place + random.randrange(1, 30)]
                case 2:
                    data[place:place] = random.choice(PIECES)
                case _:
                    data[place : place + 1] = bytes([random.randrange(256)])
        yield bytes(data)


def test_some_mutations() -> None:
    for data in mutations(150):
        check(data)


@pytest.mark.slow
def test_many_mutations() -> None:
    for data in mutations(8_000):
        check(data)


@pytest.mark.parametrize("cookie", COOKIES)
def test_every_encoding(cookie: str) -> None:
    head = f"# -*- coding: {cookie} -*-\n".encode()
    body = b"def f(a):\n    return '\xc3\xa4\xff+AGE-~{' or a\n"
    check(head + body)
    check(b"#!/usr/bin/python\n" + head + b"def f(): pass\n" * 300)
    check(b"\xef\xbb\xbf" + head + b"x = 1\n")


DEEP = {
    "brackets": b"(" * 100_000,
    "closed brackets": b"[" * 100_000 + b"]" * 100_000,
    "braces": b"{1:" * 50_000,
    "signs": b"x = " + b"-" * 100_000 + b"1\n",
    "negations": b"x = " + b"not " * 100_000 + b"1\n",
    "attributes": b"x = a" + b".b" * 100_000,
    "calls": b"x = a" + b"()" * 100_000,
    "sums": b"x = " + b"+".join([b"a"] * 100_000),
    "powers": b"x = " + b"**".join([b"a"] * 20_000),
    "conditions": b"x = " + b"a if b else " * 50_000 + b"c\n",
    "branches": b"if a: pass\n" + b"elif b: pass\n" * 50_000,
    "functions": b"x = " + b"lambda: " * 100_000 + b"1\n",
    "formats": b"f'{" * 5_000,
    "specs": b"f'{a:" + b"{b:" * 5_000,
    "nested formats": b"".join(b"f'{" for _ in range(140)) + b"1" + b"}'" * 140,
    "blocks": b"".join(b" " * depth + b"while a:\n" for depth in range(120)),
    "patterns": b"match x:\n case " + b"[" * 5_000 + b"]" * 5_000 + b": pass\n",
    "closures": b"".join(b" " * depth + b"def f():\n" for depth in range(98)) + b" " * 98 + b"a;" * 2_000 + b"\n",
    "annotations": b"def f(a: " + b"b | " * 20_000 + b"c): pass\n",
}


@pytest.mark.parametrize("case", DEEP)
def test_depth_ends_in_figures_or_in_a_sentence(case: str) -> None:
    check(DEEP[case])
