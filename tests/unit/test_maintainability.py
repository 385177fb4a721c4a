"""The maintainability index and what it is made of, beside Radon's own."""

import subprocess
import sys

import pytest
from radon.metrics import h_visit, mi_visit
from radon.raw import analyze

from linter.adapters.python.blocks import blocks
from linter.adapters.python.lines import LineCounts, count_lines
from linter.adapters.python.maintainability import halstead_volume
from linter.adapters.python.metrics import measure
from linter.adapters.python.source import ParsedSource, parse
from linter.model.metrics import SourceMetrics

SAMPLE = '''\
"""A module
of two lines."""

import a  # why

# alone
class C(A | B):
    x: int = -1 + y.z * 2

    @d(a + 1)
    def m(self, b=1 + 2):
        "Doc."
        if b: return b == 1 == c and not self.x
        self.x += 1; b = {1: 2}

    async def n(self):
        def m():
            return b + b.b + "b"
        return lambda: m() > 1

def g():
    match a:
        case -1: pass
'''

LINES = {
    "": (0, 0, 0, 0),
    "\n\n": (0, 0, 0, 0),
    "x = 1": (1, 1, 0, 0),
    "# a\nx = 1  # b\n": (1, 1, 2, 0),
    "'''a\n\nb'''\n": (1, 0, 0, 2),
    "'a'\n": (1, 0, 0, 0),
    "rb'''a\nb'''\n": (1, 0, 0, 2),
    "x = '''a\n\nb'''\n": (1, 2, 0, 0),
    "'''a\nb''' + c\n": (1, 2, 0, 0),
    "if a: b\n": (2, 1, 0, 0),
    "if a:\n    b\n": (2, 2, 0, 0),
    "if a:  # why\n    b\n": (2, 2, 1, 0),
    "a; b; c;\n": (3, 1, 0, 0),
    "x = {a: b}\n": (2, 1, 0, 0),
    "x[1:]\n": (2, 1, 0, 0),
    "(a := b)\n": (1, 1, 0, 0),
    "f(\n  a,  # first\n\n  # second\n  b,\n)\n": (1, 5, 2, 0),
    "x = a + \\\n    b\n": (1, 2, 0, 0),
    "x = 'a\\\n# b'\n": (1, 2, 0, 0),
    "x = ':;#('\ny = \"'\"\n": (2, 2, 0, 0),
    "x = '\\''; y = r'\\'; #'\n": (2, 1, 0, 0),
    "if'a'in b: pass\n": (2, 1, 0, 0),
}


def parsed(text: str) -> ParsedSource:
    source = parse(text.encode())
    assert isinstance(source, ParsedSource)
    return source


def index_of(text: str) -> float | None:
    metrics = measure(text.encode(), with_maintainability=True)
    assert isinstance(metrics, SourceMetrics)
    return metrics.maintainability_index


@pytest.mark.parametrize("text", LINES)
def test_lines(text: str) -> None:
    assert count_lines(text) == LINES[text]
    raw = analyze(text)
    assert (raw.lloc, raw.sloc, raw.comments, raw.multi) == LINES[text]


@pytest.mark.parametrize(
    "text",
    [
        "x = f'{a:{b}}'\n",
        "x = f'{{;{a!r}:#'\n",
        "x = rf'\\{a:>10}' + f'\\N{BULLET}'\n",
        "x = f'''{a}\n'{b}'\"\n'''\n".replace("\n'", "", 1),
        'x = f\'{a["b:c"]}\' f"{lambda_}"\n',
    ],
)
def test_a_formatted_string_is_one_string(text: str) -> None:
    assert count_lines(text)[:3] == (1, text.count("\n"), 0)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="nested quotes are syntax of Python 3.12")
@pytest.mark.parametrize(
    "text",
    [
        "x = f'{a['b:;#']}'\n",
        "x = rf'{a['#']}'\n",
        "x = f'{f'{f'{':'}'}'}'\n",
        'x = f"{a  # "\n}"\n',
        "x = f'{{1: 2}[1]:{'>'}10}'\n".replace("{{1", "{ {1"),
        "x = f'{a:%H:%M}' f'{b:{'{'}}'\n",
    ],
)
def test_a_formatted_string_with_nested_quotes_is_one_string(text: str) -> None:
    parsed(text)
    assert count_lines(text)[:2] == (1, text.count("\n"))


def test_the_lines_of_a_sample() -> None:
    raw = analyze(SAMPLE)
    assert count_lines(SAMPLE) == LineCounts(raw.lloc, raw.sloc, raw.comments, raw.multi)


def test_halstead_volume_is_radons() -> None:
    assert halstead_volume(blocks(parsed(SAMPLE).tree)) == pytest.approx(h_visit(SAMPLE).total.volume)


@pytest.mark.parametrize("text", [SAMPLE, "x = 1\n", "", "# nothing\n", "x = a + b\n" * 3000])
def test_the_index_is_radons(text: str) -> None:
    expected = mi_visit(text.replace("b=1 + 2", "b=3"), multi=True)
    assert index_of(text.replace("b=1 + 2", "b=3")) == pytest.approx(expected)


def test_the_index_counts_what_radon_overlooks() -> None:
    plain = "def f(a):\n    assert a + 1\n    try: pass\n    except* A: pass\n"
    assert index_of(plain) == pytest.approx(mi_visit(plain, multi=True) - 0.23 * 100 / 171)


def test_there_is_no_index_unless_asked_for() -> None:
    metrics = measure(SAMPLE.encode())
    assert isinstance(metrics, SourceMetrics)
    assert metrics.maintainability_index is None


def test_a_long_list_takes_linear_time() -> None:
    text = "x = [\n" + "    'a',  # b\n" * 20_000 + "]\n"
    assert count_lines(text) == (1, 20_002, 20_000, 0)


def test_radon_is_loaded_only_when_asked_for() -> None:
    program = (
        "import sys; from linter.adapters.python.metrics import measure; measure(b''); print('radon' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "False\n"
