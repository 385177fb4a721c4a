"""Globs of paths, compared with a matcher that is too simple to be wrong."""

import time
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linter.model.glob import Globs, matches, relative

MATCHING = [
    ("*.py", "a.py"),
    ("*.py", ".py"),
    ("src/*.py", "src/a.py"),
    ("**", "a/b/c"),
    ("**/x.py", "x.py"),
    ("**/x.py", "a/b/x.py"),
    ("a/**/b", "a/b"),
    ("a/**/b", "a/x/y/b"),
    ("a/**/**/b", "a/b"),
    ("a/**", "a/b/c"),
    ("a/**/*.py", "a/b.py"),
    ("a/**.py", "a/b/c.py"),
    ("a**/c", "ab/x/c"),
    ("a**b", "a/x/b"),
    ("?.py", "a.py"),
    ("[a-c]x", "bx"),
    ("[!a-c]x", "dx"),
    ("[^a-c]x", "dx"),
    ("[]]x", "]x"),
    ("[!]]x", "ax"),
    ("[a-]", "-"),
    ("[*]", "*"),
    ("[ab", "[ab"),
    ("[]", "[]"),
    ("[!]", "[!]"),
    ("[!!]", "a"),
    ("a]", "a]"),
    ("[[&~|-]", "&"),
    ("a\\b", "a\\b"),
    ("{a,b}", "{a,b}"),
    ("a.b+c", "a.b+c"),
    ("docs", "docs"),
    ("docs", "docs/a/b.md"),
    ("docs/", "docs/a/b.md"),
    ("**/build", "a/build/x/y"),
    ("./src//*.py", "src/a.py"),
    ("/src/*.py", "src/a.py"),
    (".", "a/b"),
    ("./", "a"),
    ("a/*/c/**/*.t[xy]t", "a/b/c/d/e/f.txt"),
    ("*", "new\nline"),
    ("?.py", "\udcff.py"),
    ("\u00fc*", "\u00fcber"),
]
DIFFERING = [
    ("*.py", "a/b.py"),
    ("src/*", "src/a/b"),
    ("src/*.py", "SRC/a.py"),
    ("*.py", "a.PY"),
    ("a/**", "a"),
    ("a/**", "ab/c"),
    ("a/**/b", "ab"),
    ("a/**/b", "a/xb"),
    ("?", "/"),
    ("a?b", "a/b"),
    ("a[/]b", "a/b"),
    ("a[!x]b", "a/b"),
    ("a[.-0]b", "a/b"),
    ("[z-a]", "z"),
    ("[z-a]", "["),
    ("[ab", "a"),
    ("[!]", "a"),
    ("[!]", "!"),
    ("{a,b}", "a"),
    ("docs/", "docs"),
    ("docs", "docs.md"),
    ("docs", "a/docs"),
    ("", ""),
    ("", "a"),
    ("../a", "a"),
    ("a.py", "aXpy"),
    ("a", "a\n"),
]


@pytest.mark.parametrize(("pattern", "path"), MATCHING)
def test_pattern_matches(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(("pattern", "path"), DIFFERING)
def test_pattern_does_not_match(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


def test_one_of_several_patterns_is_enough() -> None:
    globs = Globs(("*.md", "src/**"))
    assert [globs.match(path) for path in ("a.md", "src/x/y", "b/a.md")] == [True, True, False]
    assert not Globs().match("a")


def test_patterns_may_stand_in_a_folder() -> None:
    assert Globs(("*.py",)).match("a/x.py", "a")
    assert not Globs(("**",)).match("b/x.py", "a")


@pytest.mark.parametrize(
    ("path", "folder", "expected"),
    [("a/b", "", "a/b"), ("a/b", "a", "b"), ("ab/c", "a", None), ("a", "a", None), ("b/c", "a", None)],
)
def test_paths_are_seen_from_a_folder(path: str, folder: str, expected: str | None) -> None:
    assert relative(path, folder) == expected


@given(
    st.text(st.sampled_from("ab/**?"), max_size=9),
    st.lists(st.text(st.sampled_from("ab"), min_size=1, max_size=3), min_size=1, max_size=5).map("/".join),
)
@example("**a*b", "a/ab")
@example("**a*b**b", "ab/aab/b")
@example("a*b/**a", "abab/ba")
def test_wildcards_agree_with_a_simple_matcher(pattern: str, path: str) -> None:
    assert matches(pattern, path) == simple_match(pattern, path)


@given(st.text(), st.text())
@example("[\\", "[\\")
@example("[a-\\]", "]")
def test_every_text_is_a_pattern(pattern: str, path: str) -> None:
    assert matches(pattern, path) in (True, False)


@given(st.text(st.characters(exclude_characters="/*?["), min_size=1))
def test_a_name_without_wildcards_matches_itself(name: str) -> None:
    assert matches("a/" + name + "/c", "a/" + name + "/c") == (name not in (".",))


@pytest.mark.parametrize("pattern", ["*a" * 200 + "b", "**a" * 200 + "b", "**/a*/" * 100 + "b", "?**" * 200 + "/b/**"])
def test_no_pattern_is_slow(pattern: str) -> None:
    start = time.perf_counter()
    for path in ("a" * 2000, "a/" * 1000 + "a", "aaaa/" * 400 + "c"):
        matches(pattern, path)
    assert time.perf_counter() - start < 2


def simple_match(pattern: str, path: str) -> bool:
    """The documented meaning, said once more by plain recursion over characters."""
    names = [name for name in pattern.split("/") if name]
    plain = "/".join("**" if len(name) > 1 and not name.strip("*") else name for name in names)
    last = pattern.rpartition("/")[2]
    below = bool(pattern) and not set(last) & set("*?")
    return (bool(last) and characters_match(plain, path)) or (
        below and characters_match(f"{plain}/**" if plain else "**", path)
    )


def characters_match(pattern: str, path: str) -> bool:
    @cache
    def match(i: int, j: int) -> bool:
        rest = pattern[i:]
        if not rest:
            return j == len(path)
        at_name = i == 0 or pattern[i - 1] == "/"
        if at_name and rest == "**":
            return j < len(path)
        if at_name and rest.startswith("**/"):
            return match(i + 3, j) or any(path[k] == "/" and match(i + 3, k + 1) for k in range(j, len(path)))
        if rest.startswith("**"):
            return match(i + 2, j) or (rest[2:3] == "*" and match(i + 1, j)) or (j < len(path) and match(i, j + 1))
        if rest[0] == "*":
            return match(i + 1, j) or (j < len(path) and path[j] != "/" and match(i, j + 1))
        return j < len(path) and (path[j] == rest[0] or (rest[0] == "?" and path[j] != "/")) and match(i + 1, j + 1)

    return match(0, 0)
