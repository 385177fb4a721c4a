"""Evidence is looked for in the tree that is judged: paths, texts, workflows, commits, symbols, globs."""

import subprocess
import sys

import pytest

from linter.engine.evidence import pattern
from linter.engine.evidence.citation import PLACES, Form
from linter.model.finding import Severity
from linter.model.history import Tag
from linter.model.pointer import join
from linter.model.schema import annotation, key_places, subschemas
from tests.support.evidence import about, design, found, said
from tests.support.memory import MemorySnapshot
from tests.support.review_schema import ROOT, SCHEMA
from tests.support.reviews import review

JUDGED_ELSEWHERE = {
    "/owner/team": "RL014",
    "/waivers": "RL905 to RL907",
    "/reviews/*/digest": "RL902",
    "/simplicity/debt": "RL810",
    "/iterating/acted_on": "its `change`",
    "/simplicity/modules": "its `paths`",
    "/planning/dependencies/*/contract/path": "the contract",
    "/planning/dependencies/*/contract/sha256": "the contract",
    "/planning/provides/*/contract/path": "the contract",
    "/planning/provides/*/contract/sha256": "the contract",
}


def test_every_place_that_the_schema_marks_is_judged() -> None:
    pointers = {join(place.parent, place.key) for place in key_places(SCHEMA)}
    marked = {
        p for p in pointers if any(annotation(subschemas(SCHEMA, p), mark) for mark in ("x-evidence", "x-verified"))
    }
    judged = {pattern.removesuffix("/*") for pattern, _ in PLACES}
    unmarked = {"/planning/dependencies/*/contract"}
    assert judged - unmarked == marked - JUDGED_ELSEWHERE.keys()


def test_what_is_marked_as_evidence_is_judged_as_evidence() -> None:
    forms = {pattern: form for pattern, form in PLACES if annotation(subschemas(SCHEMA, pattern), "x-evidence")}
    assert set(forms.values()) == {Form.EVIDENCE, Form.EVENT}


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


GITHUB = "on: push\njobs:\n  test: {steps: []}\n  deploy: {steps: []}\n"
GITLAB = "stages: [test]\nvariables: {A: b}\n.base: {script: x}\nunit: {script: x}\n"


class TestWorkflows:
    @pytest.mark.parametrize(
        "value",
        [
            "{workflow: .github/workflows/ci.yml}",
            "{workflow: .github/workflows/ci.yml, job: deploy}",
            "{workflow: .gitlab-ci.yml, job: unit}",
            "{workflow: Jenkinsfile, job: whatever}",
        ],
    )
    def test_what_is_there(self, value: str) -> None:
        files = {".github/workflows/ci.yml": GITHUB, ".gitlab-ci.yml": GITLAB, "Jenkinsfile": "pipeline {}"}
        assert said(value, files) == ""

    def test_a_job_that_is_not_there(self) -> None:
        finding = about("{workflow: .github/workflows/ci.yml, job: deply}", {".github/workflows/ci.yml": GITHUB})
        assert finding is not None and finding.message == "`.github/workflows/ci.yml` has no job `deply`"
        assert finding.hint == "did you mean `deploy`?"
        assert finding.location.pointer == "/planning/design_doc/job"
        other = about("{workflow: .github/workflows/ci.yml, job: nightly}", {".github/workflows/ci.yml": GITHUB})
        assert other is not None and other.hint == "its jobs are `test` and `deploy`"

    @pytest.mark.parametrize("job", ["variables", ".base", "stages"])
    def test_what_is_no_job_of_gitlab(self, job: str) -> None:
        assert said(f"{{workflow: .gitlab-ci.yml, job: {job}}}", {".gitlab-ci.yml": GITLAB}).startswith("RL011 error")

    def test_a_job_that_may_be_included_cannot_be_known(self) -> None:
        files = {".gitlab-ci.yml": "include: [{local: ci/test.yml}]\n" + GITLAB}
        assert said("{workflow: .gitlab-ci.yml, job: other}", files).startswith("RL011 advice: ")

    def test_gitlab_has_tags_and_two_documents(self) -> None:
        files = {".gitlab-ci.yml": "spec: {inputs: {a: {}}}\n---\nunit:\n  script: !reference [.base, script]\n"}
        assert said("{workflow: .gitlab-ci.yml, job: unit}", files) == ""

    def test_another_file_is_no_workflow(self) -> None:
        expected = "RL012 error: `ci.yml` is no GitHub workflow, no .gitlab-ci.yml and no Jenkinsfile"
        assert said("{workflow: ci.yml}", {"ci.yml": GITHUB}) == expected

    @pytest.mark.parametrize("content", ["jobs: [", "\x80", "a: b: c"])
    def test_a_workflow_that_is_no_yaml(self, content: str) -> None:
        files = {".github/workflows/ci.yml": content.encode("latin-1")}
        assert said("{workflow: .github/workflows/ci.yml, job: a}", files).startswith("RL012 error: ")
        assert said("{workflow: .github/workflows/ci.yml}", files) == ""

    @pytest.mark.parametrize("content", ["[]", "jobs: []", "jobs: null", "x", "jobs: {}"])
    def test_a_workflow_without_jobs(self, content: str) -> None:
        finding = about("{workflow: .github/workflows/ci.yml, job: a}", {".github/workflows/ci.yml": content})
        assert finding is not None and finding.hint == "the file has no jobs at all"


class Past:
    """A history that knows one commit."""

    def __init__(self, is_shallow: bool = False) -> None:
        self.is_shallow = is_shallow

    def has_commit(self, name: str) -> bool:
        return "3f2a9c1d".startswith(name.lower())

    def last_change(self, path: str) -> str | None:
        return None

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        return None

    def tags(self) -> tuple[Tag, ...]:
        return ()


class TestCommits:
    def about(self, commit: str, history: Past | None) -> list[str]:
        tree = MemorySnapshot({"REVIEW.yaml": design(f'{{commit: "{commit}"}}')})
        return [f"{finding.rule} {finding.severity.label} {finding.message}" for finding in found(tree, history)]

    def test_what_is_there(self) -> None:
        assert self.about("3F2A9C1", Past()) == []

    def test_what_is_not(self) -> None:
        assert self.about("deadbee", Past()) == ["RL011 error this repository has no commit `deadbee`"]

    def test_a_shallow_clone_cannot_know(self) -> None:
        message = "RL011 advice the commit `deadbee` could not be looked up: this clone is shallow"
        assert self.about("deadbee", Past(is_shallow=True)) == [message]
        assert self.about("3f2a9c1", Past(is_shallow=True)) == []

    def test_without_a_past_nothing_is_said(self) -> None:
        assert self.about("deadbee", None) == []


MODULES = {
    "src/shop/money.py": "class Money:\n    zero = 0\n    def add(self): pass\n",
    "shop/cart.py": "def cart(): pass\n",
    "src/shop/__init__.py": "from .money import Money\n",
    "src/shop/all.py": "from .money import *\n",
    "src/shop/broken.py": "def f(:\n",
}


class TestSymbols:
    @pytest.mark.parametrize(
        "symbol", ["shop.money:Money.add", "shop.money:Money.zero", "shop.cart:cart", "shop:Money"]
    )
    def test_what_is_there(self, symbol: str) -> None:
        assert said(f'{{symbol: "{symbol}"}}', MODULES) == ""

    @pytest.mark.parametrize(
        ("symbol", "expected"),
        [
            ("shop.money:Mony", "RL011 error: src/shop/money.py does not define `Mony`"),
            (
                "shop.none:X",
                "RL011 error: there is no Python module `shop.none` in the root of the repository or its `src`",
            ),
            (
                "..money:X",
                "RL011 error: there is no Python module `..money` in the root of the repository or its `src`",
            ),
            (
                "shop.broken:X",
                "RL011 advice: `shop.broken:X` could not be looked up in src/shop/broken.py: syntax error: ",
            ),
            ("shop.all:X", "RL011 advice: src/shop/all.py does not define `X` itself, and only running it tells"),
        ],
    )
    def test_what_is_not(self, symbol: str, expected: str) -> None:
        assert said(f'{{symbol: "{symbol}"}}', MODULES).startswith(expected)

    def test_a_member_without_its_class(self) -> None:
        finding = about('{symbol: "shop.money:add"}', MODULES)
        assert finding is not None and finding.hint == "did you mean `shop.money:Money.add`?"


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


def test_an_event_has_one_rule_of_its_own() -> None:
    text = """\
monitoring:
  events:
    - {name: a, where: {path: none.py, contains: a}}
    - {name: b, where: {path: here.py, contains: b}}
    - {name: c, where: {symbol: "here:c"}}
    - {name: d, where: {path: ../up.py, contains: d}}
"""
    findings = found(MemorySnapshot({"REVIEW.yaml": review(text), "here.py": "x = 1\n"}))
    assert [finding.rule for finding in findings] == ["RL603", "RL603", "RL603", "RL012"]


def test_suggestions_in_a_large_tree_are_quick() -> None:
    files = {f"pkg{index % 300}/mod{index}.py": "x" for index in range(30_000)}
    files["REVIEW.yaml"] = review("covers:\n" + "".join(f"  - pkg{index}/modd{index}.pi\n" for index in range(400)))
    findings = found(MemorySnapshot(files))
    assert len(findings) == 400
    assert sum("candidates" in finding.data or "did you mean" in (finding.hint or "") for finding in findings) <= 50


def test_nothing_heavy_is_loaded_for_plain_paths() -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from linter.engine.evidence.builder import build
from linter.engine.ground import Ground
from linter.model.document import Document
from linter.model.review import Review
from tests.support.memory import MemorySnapshot
data = {{"planning": {{"design_doc": "doc.md", "decisions": "docs/*"}}}}
tree = MemorySnapshot({{"doc.md": "x", "docs/a": "x"}})
assert not list(build(Ground(tree, None, [Review(Document("REVIEW.yaml", data=data), "2026-06-01")])))
print(*sorted(sys.modules))
"""
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"yaml", "ast", "jsonschema", "markdown_it", "graphql", "openapi_spec_validator", "antlr4", "subprocess"}
    assert heavy.isdisjoint(loaded)
