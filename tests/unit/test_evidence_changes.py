"""Globs that have to match, and evidence that a change moves or touches."""

import pytest

from linter.engine.evidence import pattern
from linter.model.finding import Severity
from tests.support.evidence import design, found
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review


class TestGlobs:
    def findings(self, text: str, *paths: str) -> list[tuple[str, str | None, str]]:
        findings = found(MemorySnapshot({"REVIEW.yaml": review(text), **dict.fromkeys(paths, "x")}))
        return [(finding.rule, finding.location.pointer, finding.message) for finding in findings]

    def test_covers(self) -> None:
        assert self.findings("covers: ['src/**', 'app/**']\n", "src/a.py") == [
            ("RL011", "/covers/1", "`app/**` matches no file")
        ]

    def test_some_globs_of_tests_match_nothing(self) -> None:
        text = "preparation: {unit_tests: {paths: ['tests/**', 'src/**/*_test.py']}}\n"
        assert self.findings(text, "tests/test_a.py") == [
            ("RL011", "/preparation/unit_tests/paths/1", "`src/**/*_test.py` matches no file")
        ]

    def test_no_glob_of_tests_matches(self) -> None:
        text = "preparation: {unit_tests: {paths: ['tests/**']}}\n"
        message = "there are no unit tests: `tests/**` matches no file"
        assert self.findings(text) == [("RL301", "/preparation/unit_tests/paths", message)]

    def test_globs_by_the_thousand_are_not_all_looked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pattern, "MOST_COMPARED", 50)
        paths = [f"src/{index}.py" for index in range(30)]
        messages = [message for _, _, message in self.findings("covers: ['**/a', '**/b', '**/c', 'src/1.*']\n", *paths)]
        assert messages[0] == "`**/a` matches no file"
        assert messages[1:] == [f"`{one}` was not looked for: too many globs" for one in ("**/b", "**/c", "src/1.*")]

    @pytest.mark.parametrize("glob", ["src", "src/", "./src/a.py", "/src/*.py", "**/a.py", "src/**", "."])
    def test_what_matches(self, glob: str) -> None:
        assert self.findings(f"covers: ['{glob}', REVIEW.yaml]\n", "src/a.py", "src-b") == []

    @pytest.mark.parametrize("glob", ["src/b.py", "sr", "src/*", "a.py", "../*", "src/a.py/*"])
    def test_what_does_not(self, glob: str) -> None:
        assert len(self.findings(f"covers: ['{glob}', REVIEW.yaml]\n", "src/b/a.py", "src-b/c")) == 1

    def test_a_placeholder_beside_a_dead_glob(self) -> None:
        text = "preparation: {unit_tests: {paths: [TODO]}}\n"
        assert self.findings(text) == []


def staged(before: dict[str, str], after: dict[str, str], text: str) -> list[tuple[str, Severity, str]]:
    """What a change that leaves REVIEW.yaml alone is told."""
    base = MemorySnapshot({"REVIEW.yaml": text, **before}, revision="0" * 40)
    tree = MemorySnapshot({"REVIEW.yaml": text, **after}, base)
    return [(finding.rule, finding.severity, finding.message) for finding in found(tree)]


class TestChanges:
    def test_a_rename_is_followed(self) -> None:
        message = "this change moved `doc.md` to `docs/design.md`"
        moved = staged({"doc.md": "# Design"}, {"docs/design.md": "# Design"}, design("doc.md"))
        assert moved == [("RL011", Severity.ERROR, message)]

    def test_of_several_copies_that_of_the_same_name(self) -> None:
        moved = staged({"doc.md": "# A"}, {"a/other.md": "# A", "b/doc.md": "# A"}, design("doc.md"))
        assert moved == [("RL011", Severity.ERROR, "this change moved `doc.md` to `b/doc.md`")]

    def test_what_a_base_lacks_too_is_a_warning(self) -> None:
        text = design("doc.md")
        assert staged({}, {"other.md": "x"}, text) == [
            ("RL011", Severity.WARNING, "there is no `doc.md` in what is staged")
        ]

    def test_a_change_of_the_evidence_owes_what_it_lacks(self) -> None:
        text = design("{path: doc.md, contains: Context}")
        (finding,) = staged({"doc.md": "a"}, {"doc.md": "b"}, text)
        assert finding[:2] == ("RL012", Severity.ERROR)
        (finding,) = staged({"doc.md": "a"}, {"doc.md": "a", "other.md": "b"}, text)
        assert finding[:2] == ("RL012", Severity.WARNING)

    def test_with_two_bases(self) -> None:
        text = design("{path: doc.md, contains: Context}")
        bases = tuple(MemorySnapshot({"REVIEW.yaml": text, "doc.md": content}) for content in ("a", "b"))
        (finding,) = found(MemorySnapshot({"REVIEW.yaml": text, "doc.md": "a"}, bases))
        assert finding.severity is Severity.WARNING


class TestWhatCitedFilesSay:
    """What has to be parsed is read where the citation or the file is new."""

    BROKEN = (
        ("{symbol: 'shop:gone'}", "shop.py", "RL011"),
        ("{workflow: .gitlab-ci.yml, job: gone}", ".gitlab-ci.yml", "RL011"),
    )

    @pytest.mark.parametrize(("value", "path", "rule"), BROKEN)
    def test_neither_changes(self, value: str, path: str, rule: str) -> None:
        assert staged({path: "a: {}"}, {path: "a: {}", "other.py": "x = 1"}, design(value)) == []

    @pytest.mark.parametrize(("value", "path", "rule"), BROKEN)
    def test_the_file_changes(self, value: str, path: str, rule: str) -> None:
        (finding,) = staged({path: "a: {}"}, {path: "b: {}"}, design(value))
        assert finding[:2] == (rule, Severity.ERROR)

    @pytest.mark.parametrize(("value", "path", "rule"), BROKEN)
    def test_a_merge_brings_the_citation_from_one_side_and_the_file_from_the_other(
        self, value: str, path: str, rule: str
    ) -> None:
        ours, theirs = {"REVIEW.yaml": design(value), path: "gone: int = 1"}, {"REVIEW.yaml": review(), path: "a: {}"}
        bases = (MemorySnapshot(ours), MemorySnapshot(theirs))
        (finding,) = found(MemorySnapshot({**ours, path: "a: {}"}, bases))
        assert (finding.rule, finding.severity) == (rule, Severity.ERROR)
        assert found(MemorySnapshot(ours, bases)) == []
