"""The figures beside Radon's on real files: every difference is one that docs/complexity.md explains."""

import ast
import os
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from radon.metrics import h_visit_ast, mi_visit
from radon.raw import analyze
from radon.visitors import ComplexityVisitor

from linter.adapters.python.blocks import blocks
from linter.adapters.python.lines import count_lines
from linter.adapters.python.maintainability import halstead_volume, total_complexity
from linter.adapters.python.metrics import measure
from linter.adapters.python.source import parse
from linter.model.metrics import SourceMetrics, Unanalysable
from tests.support.radon_oracle import blocks_of, corrections, radon_complexities, source_files

SLOW_FILES = int(os.environ.get("DIFFERENTIAL_FILES", "2500"))
"""How many files the slow comparison takes; a nightly run may take them all."""

RADON_RECURSION = 20_000
"""Radon is recursive; with Python's own limit of 1,000 it fails on some of the files."""


@pytest.fixture(autouse=True)
def room_for_radon() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(RADON_RECURSION)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    sys.setrecursionlimit(limit)


def test_complexity_of_some_files_is_radons() -> None:
    assert compare_complexity(source_files(60, max_size=60_000)) > 500


@pytest.mark.slow
def test_complexity_of_thousands_of_files_is_radons() -> None:
    files = source_files(SLOW_FILES)
    assert len(files) >= min(SLOW_FILES, 2000)
    assert compare_complexity(files) > 10 * len(files)


def compare_complexity(files: list[Path]) -> int:
    """Compare every block of the files and return how many there were."""
    compared = 0
    seen: Counter[str] = Counter()
    for file in files:
        data = file.read_bytes()
        metrics = measure(data)
        try:
            tree = ast.parse(data)
        except (SyntaxError, ValueError):
            assert isinstance(metrics, Unanalysable), file
            continue
        assert isinstance(metrics, SourceMetrics), (file, metrics)
        compared += len(metrics.functions)
        seen += compare_blocks(file, tree, metrics)
    print(f"{len(files)} files, {compared} blocks, differences: {dict(seen)}")
    return compared


def compare_blocks(file: Path, tree: ast.Module, metrics: SourceMetrics) -> Counter[str]:
    radon = radon_complexities(tree)
    nodes = blocks_of(tree)
    seen: Counter[str] = Counter()
    for node, found in zip(nodes, metrics.functions, strict=True):
        expected = corrections(node)
        place = f"{file}:{found.line} {found.symbol}"
        assert (place, found.complexity - radon[node]) == (place, expected.total())
        if not isinstance(node, ast.Module):
            assert (found.line, found.end_line) == (node.lineno, node.end_lineno)
            assert found.symbol.rpartition(".")[2].partition("#")[0] == node.name
        seen.update(expected.keys())
    return seen


def test_maintainability_of_some_files_is_radons() -> None:
    assert compare_maintainability(source_files(40, max_size=6_000)) > 10


@pytest.mark.slow
def test_maintainability_of_hundreds_of_files_is_radons() -> None:
    files = source_files(SLOW_FILES // 5, max_size=12_000)
    assert compare_maintainability(files) > len(files) // 20


def compare_maintainability(files: list[Path]) -> int:
    """Compare the index and what it is made of, and return of how many files."""
    compared = 0
    for file in files:
        data = file.read_bytes()
        source = parse(data)
        if isinstance(source, Unanalysable) or not is_readable_for_radon(source.text, source.tree):
            continue
        found = blocks(source.tree)
        raw = analyze(source.text)
        lines = (file, raw.lloc, raw.sloc, raw.comments, raw.multi)
        assert (file, *count_lines(source.text)) == lines
        assert halstead_volume(found) == pytest.approx(h_visit_ast(source.tree).total.volume), file
        if total_complexity(found) == ComplexityVisitor.from_ast(source.tree).total_complexity:
            metrics = measure(data, with_maintainability=True)
            assert isinstance(metrics, SourceMetrics)
            assert metrics.maintainability_index == pytest.approx(mi_visit(source.text, multi=True)), file
            compared += 1
    return compared


def is_readable_for_radon(text: str, tree: ast.Module) -> bool:
    """Radon splits lines at form feeds and the like, does not tokenise every name (Python 3.11), and counts the colons
    inside f-strings as if they were code (since Python 3.12).
    """
    if sys.version_info >= (3, 12) and any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)):
        return False
    if len(text.splitlines()) != text.count("\n") + (not text.endswith("\n")):
        return False
    try:
        analyze(text)
    except SyntaxError:
        return False
    return True
