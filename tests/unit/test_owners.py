"""Who owns what by a CODEOWNERS file: GitHub's pattern rules, GitLab's sections, and lines that are skipped."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.model.owners import CodeOwners, parse_code_owners


def owners(text: str, path: str = "CODEOWNERS") -> CodeOwners:
    return parse_code_owners(path, text)


class TestPatterns:
    @pytest.mark.parametrize(
        ("pattern", "yes", "no"),
        [
            ("*", ["a", "a/b/c.py", ".x"], []),
            ("**", ["a", "a/b"], []),
            ("*.js", ["a.js", "src/b.js"], ["a.jsx"]),
            ("/build/logs/", ["build/logs/a", "build/logs/b/c"], ["build/logs", "x/build/logs/a"]),
            ("build/logs/", ["build/logs/a"], ["x/build/logs/a"]),
            ("docs/*", ["docs/a.md"], ["docs/build/a.md", "x/docs/a.md"]),
            ("/docs/*", ["docs/a.md"], ["docs/build/a.md"]),
            ("docs/**", ["docs/a.md", "docs/build/a.md"], ["docs"]),
            ("apps/", ["apps/a", "x/apps/b/c"], ["apps"]),
            ("/apps/", ["apps/a"], ["x/apps/a"]),
            ("apps", ["apps", "apps/a", "x/apps/b/c"], ["apps2"]),
            ("/apps/git*", ["apps/github", "apps/github/a"], ["apps/x/github"]),
            ("**/logs", ["logs", "logs/a", "x/logs/y"], ["x/logs2"]),
            ("/a/**/z", ["a/z", "a/b/c/z", "a/b/z/y"], ["b/a/z"]),
            ("a**z", ["abz", "x/a-z"], ["a/b/z"]),
            ("/?.py", ["a.py"], ["ab.py", "x/a.py"]),
            ("a\\ b.md", ["a b.md", "x/a b.md"], ["a", "b.md"]),
            ("Docs/", ["Docs/a"], ["docs/a"]),
            ("/", [], ["a"]),
        ],
    )
    def test_what_a_pattern_matches(self, pattern: str, yes: list[str], no: list[str]) -> None:
        found = owners(f"{pattern} @ada")
        assert [path for path in yes + no if found.owners_of(path)] == yes

    def test_the_last_rule_that_matches_counts(self) -> None:
        found = owners("* @acme/all\n/docs/ @acme/docs @ada\n/docs/free/\n")
        assert found.owners_of("src/a.py") == ("@acme/all",)
        assert found.owners_of("docs/a.md") == ("@acme/docs", "@ada")
        assert found.owners_of("docs/free/a.md") == ()

    def test_comments_and_empty_lines_are_no_rules(self) -> None:
        found = owners("# * @x\n\n  \r\n*\t@ada # and @bob\r\n/a#b @bob\n")
        assert found.names == ("@ada", "@bob")
        assert found.owners_of("a#b") == ("@bob",)
        assert found.broken == ()


class TestOwners:
    def test_case_does_not_matter(self) -> None:
        found = owners("* @Acme/Shop Ada@Example.org")
        assert found.is_named("@acme/shop")
        assert found.is_named("ada@example.ORG")
        assert not found.is_named("@acme/sho")

    def test_who_is_overruled_everywhere_owns_nothing(self) -> None:
        found = owners("* @acme/all\n/orders/ @acme/orders\n/payments/ @acme/payments\n")
        assert found.owns_any("@ACME/orders", ["payments/a", "orders/a"])
        assert not found.owns_any("@acme/orders", ["payments/a", "readme"])
        assert not found.owns_any("@acme/all", ["payments/a", "orders/a"])

    def test_the_search_ends_at_the_first_path(self) -> None:
        def paths() -> Iterator[str]:
            yield "a"
            raise AssertionError

        assert owners("* @ada").owns_any("@ada", paths())


class TestBrokenLines:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("* ada", "`ada` is no owner"),
            ("* @ada @", "`@` is no owner"),
            ("!docs/ @ada", "cannot begin with !"),
            ("\\#a @ada", "escaped #"),
            ("src/[a-z]*.py @ada", "sets such as"),
        ],
    )
    def test_github_skips_the_line(self, line: str, reason: str) -> None:
        found = owners(f"* @bob\n\n{line}\n")
        assert found.owners_of("docs/a.md") == ("@bob",)
        assert [(broken.line, broken.text) for broken in found.broken] == [(3, line)]
        assert reason in found.broken[0].reason


class TestGitLab:
    TEXT = """\
* @acme/all
[Documentation][2] @acme/docs
docs/
README.md @ada nobody
^[Database]
*.sql @@maintainer @acme/group/dba
!docs/x.sql
"""

    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("src/a.py", {"@acme/all"}),
            ("docs/a.md", {"@acme/all", "@acme/docs"}),
            ("README.md", {"@acme/all", "@ada"}),
            ("a.sql", {"@acme/all", "@@maintainer", "@acme/group/dba"}),
            ("docs/x.sql", {"@acme/all", "@acme/docs"}),
        ],
    )
    def test_every_section_has_its_say(self, path: str, expected: set[str]) -> None:
        assert set(owners(self.TEXT).owners_of(path)) == expected

    def test_sections_of_one_name_are_one(self) -> None:
        text = "[Docs] @acme/docs\n*.md\n[Code]\n*.py @ada\n[docs] @acme/press\nnews.md\n"
        assert owners(text).owners_of("news.md") == ("@acme/press",)
        assert owners(text).owners_of("a.md") == ("@acme/docs",)

    def test_nothing_is_broken(self) -> None:
        assert owners(self.TEXT).broken == ()
        assert owners("!a @x\n[b-c] nobody", ".gitlab/CODEOWNERS").broken == ()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="*/[]!\\#@^ \n\t?ab.-", max_size=40), st.text(alphabet="/ab.-", max_size=12))
def test_any_text_is_read(text: str, path: str) -> None:
    found = owners(text)
    assert found.owns_any("@a", [path]) == ("@a" in found.owners_of(path))
