"""Anchors of Markdown documents as GitHub makes them."""

import time

import pytest

from linter.adapters.markdown import anchors
from tests.support.evidence import found
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("# Getting started", "getting-started"),
        ("## Getting Started ##", "getting-started"),
        ("### What's new in 2.0?", "whats-new-in-20"),
        ("# C++ & C#", "c--c"),
        ("# a  b", "a--b"),
        ("# Foo - Bar", "foo---bar"),
        ("# snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("# `git push --force`", "git-push---force"),
        ("# *Important*: **read** _this_", "important-read-this"),
        ("# ~~Old~~ new", "old-new"),
        ("# [The *docs*](https://example.org)", "the-docs"),
        ("# Orders <a href='x'>now</a>", "orders-now"),
        ("# :rocket: Launch", "rocket-launch"),
        ("# 🚀 Launch", "-launch"),
        ("# Über uns", "über-uns"),
        ("# 安装", "安装"),
        ("# हिन्दी", "हिन्दी"),
        ("# 1.2.3 (2026-01-01)", "123-2026-01-01"),
        (r"# \*not emphasis\*", "not-emphasis"),
        ("# AT&amp;T &lt;3", "att-3"),
        ("# a/b:c;d", "abcd"),
        ("Title\n=====", "title"),
        ("Two\nlines\n---", "two-lines"),
        ("> # Quoted", "quoted"),
        ("- # Listed", "listed"),
        ("#Tight\n# Loose", "loose"),
        ('<a name="here"></a>', "here"),
        ("<h2 class='x' id='there'>There</h2>", "there"),
        ('<H1 align="center">\n  <b>My</b> Q&amp;A\n</H1>', "my-qa"),
        ("<details>\n<summary><h3>When it is slow</h3></summary>", "when-it-is-slow"),
        ("Some <span ID=inline>text</span>.", "inline"),
    ],
)
def test_what_a_heading_becomes(heading: str, anchor: str) -> None:
    assert anchors(heading + "\n") == {anchor}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("# ![logo](logo.png) Orders", {"orders", "-orders"}),
        ("# Orders [![build](b.svg)](b)", {"orders", "orders-"}),
    ],
)
def test_white_space_beside_images_may_count(heading: str, found: set[str]) -> None:
    assert anchors(heading + "\n") == found


def test_equal_headings_are_numbered() -> None:
    assert anchors("<h1>A</h1>\n\n# A\n") == {"a", "a-1"}
    assert anchors("# A\n# A\n## a\n# B\n") == {"a", "a-1", "a-2", "b"}


@pytest.mark.parametrize(
    "text",
    [
        "```\n# comment\n```\n",
        "~~~sh\n# comment\n~~~\n",
        "````\n```\n# comment\n````\n",
        "    # indented\n",
        "<!--\n# hidden\n-->\n",
        "#no-space\n",
        "####### seven\n",
        "---\ntitle: orders\n---\n",
        "---\r\ntitle: orders\r\n---\r\n",
        "",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert anchors(text) == set()


def test_front_matter_is_left_out_and_a_line_is_not() -> None:
    assert anchors("---\ntitle: x\n---\n# A\n") == {"a"}
    assert anchors("---\n\n# A\n") == {"a"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 400_000,
        "# " + "[" * 30_000,
        "# " + "*a_" * 10_000,
        "# " + "`" * 50_000 + "a",
        "<a " * 150_000,
        "<a id=" + "x" * 400_000,
        ">" * 400_000,
        "- " * 200_000,
        "---\n" + "a: b\n" * 30_000,
        "![" * 60_000,
        "# " + "![a](" * 6_000,
        "<h1>" * 100_000,
        "<h1 " * 100_000,
        "<h1>" + "<a>" * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_takes_seconds_at_most(text: str) -> None:
    started = time.process_time()
    anchors(text)
    assert time.process_time() - started < 4


def runbook(text: str, files: dict[str, str]) -> list[str]:
    """What is said of an alert's runbook."""
    alert = f'{{name: down, condition: none served, severity: page, runbook: "{text}"}}'
    tree = MemorySnapshot({"REVIEW.yaml": review(f"quality: {{alerts: [{alert}]}}\n"), **files})
    return [f"{finding.rule} {finding.message} | {finding.hint}" for finding in found(tree)]


class TestRunbooks:
    @pytest.mark.parametrize(
        "text",
        [
            "run.md",
            "run.md#restart",
            "run.md#%C3%BCber",
            "run.md#",
            "run.rst#any",
            "https://wiki.example.org/run#x",
            "docs",
        ],
    )
    def test_what_is_there(self, text: str) -> None:
        assert runbook(text, {"run.md": "# Restart\n# Über\n", "run.rst": "x", "docs/a": "x"}) == []

    def test_an_anchor_that_is_not(self) -> None:
        (message,) = runbook("run.md#restrat", {"run.md": "# Restart\n"})
        assert message == "RL011 run.md has no heading with the anchor `#restrat` | did you mean `#restart`?"
        (message,) = runbook("run.md#Restart", {"run.md": "# Restart\n"})
        assert message.endswith("| did you mean `#restart`?")
        (message,) = runbook("run.md#x", {"run.md": "none\n"})
        assert message.endswith("| the file has no headings")

    def test_a_file_that_is_not(self) -> None:
        (message,) = runbook("docs/run.md#restart", {"run.md": "# Restart\n"})
        assert message == "RL011 there is no `docs/run.md` in this commit | did you mean `run.md`?"
        assert runbook("#restart", {"run.md": "# Restart\n"}) == ["RL011 `#restart` names no file | write path#anchor"]
