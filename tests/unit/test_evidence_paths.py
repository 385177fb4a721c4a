"""Files and folders as evidence, in the tree that is judged."""

import pytest

from tests.support.evidence import about, design, found, said
from tests.support.memory import MemorySnapshot


class TestPaths:
    @pytest.mark.parametrize(
        "value", ["doc.md", "{path: doc.md}", "./doc.md", "a/../doc.md", "docs", "docs/", ".", "a b.md"]
    )
    def test_what_is_there(self, value: str) -> None:
        assert said(value, {"doc.md": "x", "docs/a.md": "x", "a b.md": "x"}) == ""

    @pytest.mark.parametrize("value", ["https://wiki.example.org/x", "{url: 'https://wiki.example.org/x'}"])
    def test_an_address_is_accepted(self, value: str) -> None:
        assert said(value) == ""

    @pytest.mark.parametrize("value", ["TODO", "tbd", "{path: TODO}", "{path: doc.md, contains: TBD}"])
    def test_a_text_that_says_nothing_is_no_citation(self, value: str) -> None:
        assert said(value, {"doc.md": "x"}) == ""

    @pytest.mark.parametrize("value", ["[doc.md]", "{paht: doc.md}", "{path: a, workflow: b}", "null", "{}"])
    def test_what_the_schema_refuses_is_not_reported_again(self, value: str) -> None:
        assert said(value) == ""

    def test_a_path_is_sought_from_the_folder_of_the_file(self) -> None:
        inner = {"services/a/REVIEW.yaml": design("doc.md"), "doc.md": "x"}
        (finding,) = found(MemorySnapshot(inner))
        assert finding.message == "there is no `doc.md` in this commit"
        assert finding.hint == "did you mean `../../doc.md`?"
        assert finding.data == {"evidence": "services/a/doc.md", "candidates": ["../../doc.md"]}
        assert not found(MemorySnapshot({**inner, "services/a/REVIEW.yaml": design("../../doc.md")}))

    @pytest.mark.parametrize(
        ("value", "hint"),
        [
            ("http://example.org/x", "an address begins with https://"),
            ("images/*.svg", "name one file or folder: patterns are not looked up here"),
            ("prometheus", "this is taken for a path; `review-lint explain evidence` shows what else may be cited"),
            ("docs\\a.md", "write the path from the root of the repository, with / and in the same case"),
        ],
    )
    def test_what_is_written_in_another_way(self, value: str, hint: str) -> None:
        finding = about(value, {"docs/a.md": "x"})
        assert finding is not None and finding.hint == hint

    def test_case_counts(self) -> None:
        finding = about("docs/Design.md", {"docs/design.md": "x"})
        assert finding is not None and finding.hint == "did you mean `docs/design.md`?"

    @pytest.mark.parametrize(
        ("value", "near"),
        [
            ("doc/adr/one.md", ["docs/adr/one.md"]),
            ("docs/adr/on.md", ["docs/adr/one.md"]),
            ("'docs\\adr\\one.md'", []),
            ("one.md", ["docs/adr/one.md"]),
            ("elsewhere/two.md", ["a/two.md", "b/two.md"]),
            ("nothing/like/it.txt", []),
        ],
    )
    def test_what_was_probably_meant(self, value: str, near: list[str]) -> None:
        files = dict.fromkeys(("docs/adr/one.md", "a/two.md", "b/two.md"), "x")
        finding = about(value, files)
        assert finding is not None
        assert finding.data.get("candidates", []) == near

    @pytest.mark.parametrize("value", ["../doc.md", "docs/../../doc.md", "/etc/passwd"])
    def test_what_lies_outside(self, value: str) -> None:
        assert said(value, {"doc.md": "x"}) == f"RL012 error: `{value}` lies outside the repository"

    @pytest.mark.parametrize("content", ["", "\n", " \n\t\r\n"])
    def test_an_empty_file_shows_nothing(self, content: str) -> None:
        assert said("doc.md", {"doc.md": content}) == "RL012 error: `doc.md` is empty"

    def test_a_large_file_is_not_empty(self) -> None:
        assert said("picture.png", {"picture.png": b"\0" * 5_000_000}) == ""

    def test_a_staged_run_says_that_new_files_are_to_be_staged(self) -> None:
        finding = about("doc.md", base=MemorySnapshot({}))
        assert finding is not None
        assert finding.message == "there is no `doc.md` in what is staged"
        assert finding.hint is not None and finding.hint.endswith("a new file has to be staged (git add)")


class TestLinksAndSubmodules:
    def test_a_link_is_no_file(self) -> None:
        finding = about("doc.md", {"docs/real.md": "x"}, links={"doc.md": "docs/real.md"})
        assert finding is not None and finding.rule == "RL012"
        assert finding.message == "`doc.md` is a symbolic link to `docs/real.md`; its content in git is that name alone"
        assert finding.hint == "name the file itself: `docs/real.md`"

    @pytest.mark.parametrize("target", ["/etc/passwd", "../../secret"])
    def test_a_link_that_leads_out(self, target: str) -> None:
        expected = f"RL012 error: `doc.md` is a symbolic link that leads out of the repository, to `{target}`"
        assert said("doc.md", links={"doc.md": target}) == expected

    def test_behind_a_linked_folder_is_nothing(self) -> None:
        expected = "RL011 error: there is no `docs/a.md`: `docs` is a symbolic link"
        assert said("docs/a.md", {"real/a.md": "x"}, links={"docs": "real"}) == expected

    def test_a_submodule_is_there_and_what_lies_in_it_cannot_be_known(self) -> None:
        assert said("vendor", submodules=["vendor"]) == ""
        expected = "`vendor/a.md` lies in the submodule `vendor`, whose content is not part of this tree"
        assert said("vendor/a.md", submodules=["vendor"]) == f"RL011 advice: {expected}"


class TestContains:
    @pytest.mark.parametrize("content", ["## Context\n", "# A\r\n\r\n## Context\r\n", "\ufeff## Context"])
    def test_met(self, content: str) -> None:
        assert said("{path: doc.md, contains: '## Context'}", {"doc.md": content}) == ""

    def test_over_two_lines(self) -> None:
        assert said('{path: doc.md, contains: "a\\nb"}', {"doc.md": "a\r\nb"}) == ""

    def test_not_met(self) -> None:
        finding = about("{path: doc.md, contains: '## Context'}", {"doc.md": "## context\n"})
        assert finding is not None and finding.message == "`doc.md` does not contain `## Context`"
        assert finding.location.pointer == "/planning/design_doc/contains"

    def test_a_folder_contains_no_text(self) -> None:
        expected = "RL012 error: `docs` is a folder; a file is needed here"
        assert said("{path: docs, contains: x}", {"docs/a.md": "x"}) == expected

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", "its content is kept in Git LFS"),
            (b"x" * (4 << 20) + b"y", "is larger than 4,194,304 bytes"),
        ],
    )
    def test_what_cannot_be_read_is_advice(self, content: bytes, reason: str) -> None:
        expected = f"RL012 advice: `doc.md` could not be looked into ({reason})"
        assert said("{path: doc.md, contains: y}", {"doc.md": content}) == expected

    def test_a_file_that_git_does_not_have(self) -> None:
        assert said("doc.md", {"doc.md": "x"}, unreadable=["doc.md"]) == ""
        expected = "RL012 advice: `doc.md` could not be looked into (cannot be read)"
        assert said("{path: doc.md, contains: y}", {"doc.md": "x"}, unreadable=["doc.md"]) == expected
