"""Edges of the rules that compare a review file with the repository around it, and what they do not ask."""

from collections.abc import Mapping

import pytest

from linter.engine.lint import lint
from linter.engine.repository.needs import compose_needs, product_of
from linter.engine.repository.releases import release_days
from linter.model.finding import Finding
from linter.model.history import Tag
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

REVIEW = "REVIEW.yaml"
TODAY = "2026-06-01"

Files = Mapping[str, str | bytes]


class Past:
    """A history in memory: `commits` are the trees behind the judged one, newest first; it counts its questions."""

    def __init__(self, commits: tuple[Files, ...] = (), tags: tuple[Tag, ...] = (), is_shallow: bool = False) -> None:
        self.commits = commits
        self.known_tags = tags
        self.is_shallow = is_shallow
        self.questions = 0

    def has_commit(self, name: str) -> bool:
        return False

    def changes(self, path: str, count: int) -> tuple[str, ...]:
        return ()

    def last_change(self, path: str) -> str | None:
        self.questions += 1
        pairs = zip(self.commits, (*self.commits[1:], {}), strict=False)
        return next((str(n) for n, (new, old) in enumerate(pairs) if new.get(path) != old.get(path)), None)

    def read_at(self, commit: str, path: str, limit: int) -> bytes | None:
        self.questions += 1
        text = self.commits[int(commit)].get(path)
        return text.encode() if isinstance(text, str) else text

    def tags(self) -> tuple[Tag, ...]:
        self.questions += 1
        return self.known_tags


def found(code: str, files: Files, base: Files | None = None, past: Past | None = None) -> list[Finding]:
    if base is None:
        snapshot = MemorySnapshot(files, kind=TargetKind.REVISION)
    else:
        snapshot = MemorySnapshot(files, MemorySnapshot(base, revision="0" * 40))
    return list(lint(snapshot, Request(TODAY, select=(code,)), past).findings)


def dependent(*names: str, more: str = "") -> str:
    items = "".join(f"    - {{name: {name}, kind: service, criticality: soft}}\n" for name in names)
    return review(more, {"  dependencies: []\n": f"  dependencies:\n{items}"} if names else None)


def drawn(*names: str, diagram: str = "a.mmd") -> str:
    return dependent(*names).replace("planning:\n", f"planning:\n  architecture_diagram: {diagram}\n")


class TestUnknownOwner:
    @pytest.mark.parametrize(
        ("team", "owner", "agrees"),
        [
            ("@acme/drawing", "drawing", True),
            ("@acme/drawing", "Group:default/Drawing", True),
            ("@acme/drawing", "group:drawing", True),
            ("@drawing", "user:default/drawing", True),
            ("@acme/drawing", "acme/draw", False),
            ("@acme/drawing", "drawing@example.org", True),
            ("ink@example.org", "Ink@example.org", True),
            ("ink@example.org", "pen@example.org", False),
        ],
    )
    def test_teams_are_compared_by_name(self, team: str, owner: str, agrees: bool) -> None:
        catalog = f"kind: Component\nspec: {{owner: '{owner}'}}\n"
        files = {REVIEW: review(changes={"@acme/drawing": team}), "catalog-info.yaml": catalog}
        assert [finding.rule for finding in found("RL014", files)] == ([] if agrees else ["RL014"])

    def test_both_disagreements_are_one_finding(self) -> None:
        files = {REVIEW: review(), "CODEOWNERS": "* @a", "catalog-info.yaml": "kind: API\nspec: {owner: b}\n"}
        (finding,) = found("RL014", files)
        assert "`CODEOWNERS`, and" in finding.message
        assert '"b"' in finding.message

    def test_a_misspelt_team_is_recognised(self) -> None:
        (finding,) = found("RL014", {REVIEW: review(), "CODEOWNERS": "/src/ @acme/drawings\n"})
        assert finding.hint == 'did you mean "@acme/drawings"?'

    @pytest.mark.parametrize("content", ["* @acme/drawing\n".encode("utf-8-sig"), b"\xff @x\n* @acme/drawing\n"])
    def test_encodings_do_not_matter(self, content: bytes) -> None:
        assert found("RL014", {REVIEW: review(), "CODEOWNERS": content}) == []

    def test_one_that_is_too_large_is_named_once(self) -> None:
        (finding,) = found("RL014", {REVIEW: review(), "CODEOWNERS": b"#" * (3 << 20) + b"#"})
        assert finding.location.path == "CODEOWNERS"
        assert "larger than" in finding.message

    def test_many_skipped_lines_are_one_finding(self) -> None:
        owners = "* @acme/drawing\n" + "a nobody\n" * 30
        (finding,) = found("RL014", {REVIEW: review(), "CODEOWNERS": owners})
        assert finding.location.span.start.line == 2
        assert "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 20 more are skipped" in finding.message

    @pytest.mark.parametrize("team", ['"@TODO"', "7", "[]", "{x: y}", "no-handle"])
    def test_what_is_no_team_is_not_looked_for(self, team: str) -> None:
        files = {REVIEW: review(changes={'"@acme/drawing"': team}), "CODEOWNERS": "* @a\n"}
        assert found("RL014", files) == []

    def test_a_change_of_something_else_does_not_ask(self) -> None:
        files: Files = {REVIEW: review(), "CODEOWNERS": "* @a\n"}
        assert found("RL014", {**files, "x": ""}, base=files) == []
        assert len(found("RL014", {**files, "CODEOWNERS": "* @b\n"}, base=files)) == 1


class TestUndeclaredDependency:
    @pytest.mark.parametrize(
        ("image", "names"),
        [
            ("redis", ("one", "redis")),
            ("docker.io/bitnami/redis:7@sha256:ab", ("one", "redis")),
            ("registry:5000/My_Redis", ("one", "my-redis")),
            ("${IMAGE:-acme/redis:7}", ("one", "redis")),
            ("one:3", ("one",)),
        ],
    )
    def test_services_go_by_their_own_name_and_that_of_their_image(self, image: str, names: tuple[str, ...]) -> None:
        (need,) = compose_needs(({"services": {"one": {"image": image}}},))
        assert need.names == names

    @pytest.mark.parametrize(
        "service", [None, [], {"image": ""}, {"image": "x", "build": "."}, {"image": "x", "profiles": ["a"]}]
    )
    def test_other_services_are_not_needed(self, service: object) -> None:
        assert compose_needs(({"services": {"one": service}},)) == ()

    @pytest.mark.parametrize("extends", ["web", {"service": "web"}])
    def test_what_extends_a_service_that_is_built_here_is_built_too(self, extends: object) -> None:
        services = {"web": {"build": "."}, "worker": {"extends": extends, "image": "acme/worker"}}
        assert compose_needs(({"services": services},)) == ()

    @pytest.mark.parametrize("extends", ["db", {"service": "db"}, {"file": "x.yml", "service": "db"}, [], {}, 3, None])
    def test_what_extends_another_is_not(self, extends: object) -> None:
        services = {"db": {"command": "x"}, "worker": {"extends": extends, "image": "redis"}}
        assert [need.names for need in compose_needs(({"services": services},))] == [("worker", "redis")]

    def test_two_files_that_need_the_same_give_one_finding(self) -> None:
        catalog = "kind: Component\nspec: {dependsOn: ['resource:ink', ink]}\n"
        files = {REVIEW: review(), "compose.yaml": "services: {ink: {image: x}}", "catalog-info.yaml": catalog}
        assert len(found("RL203", files)) == 1

    def test_the_entity_of_the_product_counts(self) -> None:
        documents = tuple({"kind": "Component", "metadata": {"name": name}} for name in ("one", "Two"))
        assert product_of(documents, "two").metadata == {"name": "Two"}
        assert product_of(documents, "three").metadata == {"name": "one"}
        assert product_of((), "one").metadata == {}

    @pytest.mark.parametrize("planning", ["planning: {}", "planning: []", "planning: {dependencies: 7}"])
    def test_without_a_list_there_is_nothing_to_compare(self, planning: str) -> None:
        text = review(changes={"planning:\n  dependencies: []": planning})
        assert found("RL203", {REVIEW: text, "compose.yaml": "services: {ink: {image: x}}"}) == []


class TestStaleDiagram:
    def test_what_is_new_and_what_is_gone_is_named(self) -> None:
        files: Files = {REVIEW: drawn("ink", "paper", "pen"), "a.mmd": "x"}
        past = Past((files, {REVIEW: drawn("ink", "chalk"), "a.mmd": "x"}))
        (finding,) = found("RL201", files, past=past)
        assert finding.message.endswith("since then `paper` and `pen` are new and `chalk` is gone")
        assert finding.data == {"commit": "1", "new": ["paper", "pen"], "gone": ["chalk"]}

    @pytest.mark.parametrize(
        "diagram",
        ["https://example.org/a", "{url: https://example.org/a}", "../a.mmd", "b.mmd", "{symbol: 'a:b'}", "7"],
    )
    def test_what_is_no_file_here_has_no_past(self, diagram: str) -> None:
        past = Past()
        assert found("RL201", {REVIEW: drawn("ink", diagram=diagram), "a.mmd": "x"}, past=past) == []
        assert past.questions == 0

    def test_without_an_answer_it_says_so(self) -> None:
        (finding,) = found("RL201", {REVIEW: drawn("ink"), "a.mmd": "x"}, past=Past())
        assert "git does not say it in time" in finding.message

    def test_a_file_that_could_not_be_read_then_says_nothing(self) -> None:
        files: Files = {REVIEW: drawn("ink"), "a.mmd": "x"}
        assert found("RL201", files, past=Past((files, {REVIEW: "a: [", "a.mmd": "x"}))) == []

    @pytest.mark.parametrize("change", [{"src/a.py": ""}, {REVIEW: drawn("ink") + "tags: [pads]\n"}])
    def test_other_changes_do_not_ask(self, change: Files) -> None:
        base: Files = {REVIEW: drawn("ink"), "a.mmd": "x"}
        past = Past((base,))
        assert found("RL201", {**base, **change}, base=base, past=past) == []
        assert past.questions == 0


class TestCadenceDrift:
    @pytest.mark.parametrize(
        ("name", "counts"),
        [
            ("1.2.3", True),
            ("v1.2", True),
            ("V2026.05.1", True),
            ("release-1.0", True),
            ("rel/1.0", True),
            ("pads-1.0.0", True),
            ("pads/v1.0.0", True),
            ("@acme/pads@1.0.0", True),
            ("Pads_v1.0", True),
            ("1.0.post1", True),
            ("1.0.0+build.7", True),
            ("1.0.Final", True),
            ("v4", False),
            ("20260501", False),
            ("1.0rc1", False),
            ("1.0.0-beta.1", False),
            ("2.0.0.dev3", False),
            ("boards-1.0.0", False),
            ("nightly", False),
            ("1.0-1.1", False),
        ],
    )
    def test_which_tags_are_releases(self, name: str, counts: bool) -> None:
        assert release_days([Tag(name, "2026-01-01")], "pads", TODAY) == (("2026-01-01",) if counts else ())

    def test_days_count_once_and_until_today(self) -> None:
        tags = [Tag("1.1", "2026-05-01"), Tag("1.0", "2026-05-01"), Tag("1.2", TODAY), Tag("1.3", "2026-06-02")]
        assert release_days(tags, "pads", TODAY) == ("2026-05-01", TODAY)

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            (("01", "02", "03", "04", "05"), None),
            (("01", "04", "07", "10", "13"), None),
            (("01", "04", "08", "11", "15"), 3.5),
            (("01", "02", "03", "27", "28"), None),
            (("01", "08", "15", "22", "29"), 7),
            (("01", "08", "25", "26", "27", "28", "29"), None),
        ],
    )
    def test_more_than_three_times_the_promise_is_told(self, days: tuple[str, ...], expected: float | None) -> None:
        past = Past(tags=tuple(Tag(f"1.{n}", f"2026-01-{day}") for n, day in enumerate(days)))
        findings = found("RL401", {REVIEW: review("iterating: {release_cadence: daily}\n")}, past=past)
        assert [finding.data["median_days"] for finding in findings] == ([] if expected is None else [expected])

    @pytest.mark.parametrize("cadence", ["on-demand", "sometimes", "7", "[]"])
    def test_without_a_rhythm_nothing_is_said(self, cadence: str) -> None:
        past = Past(is_shallow=True)
        assert found("RL401", {REVIEW: review(f"iterating: {{release_cadence: {cadence}}}\n")}, past=past) == []
        assert past.questions == 0

    def test_other_changes_do_not_ask(self) -> None:
        base: Files = {REVIEW: review("iterating: {release_cadence: daily}\n")}
        past = Past()
        assert found("RL401", {**base, "a": ""}, base=base, past=past) == []
        assert past.questions == 0


TESTED = review("preparation:\n  unit_tests: {paths: ['tests/**']}\n")
OLD = "def ink(pot):\n    if pot:\n        return pot - 1\n    return 0\n"


class TestChangeUntested:
    @pytest.mark.parametrize(
        ("new", "functions"),
        [
            (OLD.replace("- 1", "- 2"), 1),
            (OLD.replace("        return pot - 1\n    return", "        return pot - 1\n        return"), 1),
            (OLD.replace("    if", "\n    # Comments and blank lines\n\n    if"), 0),
            ("import os\n\nLIMIT = 3\n" + OLD, 0),
            (OLD.replace("    if pot:\n        return pot - 1\n", ""), 0),
            ("@cached\n" + OLD, 1),
            (OLD + "\n\ndef pen():\n    def nib():\n        return 2\n    return nib\n", 1),
            ("class Pot:\n    size = 2\n", 0),
            ("def ink(:\n", 0),
            ("# -*- coding: nonsense -*-\n" + OLD, 0),
        ],
    )
    def test_what_counts_as_changed(self, new: str, functions: int) -> None:
        base: Files = {REVIEW: TESTED, "ink.py": OLD}
        findings = found("RL302", {**base, "ink.py": new}, base=base)
        assert [finding.data["functions"] for finding in findings] == [functions] * bool(functions)

    @pytest.mark.parametrize("path", ["tests/test_ink.py", "tests/data/pot.json"])
    def test_a_test_is_what_the_globs_match(self, path: str) -> None:
        base: Files = {REVIEW: TESTED, "ink.py": ""}
        assert found("RL302", {REVIEW: TESTED, "ink.py": OLD, path: "1"}, base=base) == []

    def test_removing_a_test_is_no_test(self) -> None:
        base: Files = {REVIEW: TESTED, "ink.py": "", "tests/test_ink.py": ""}
        assert len(found("RL302", {REVIEW: TESTED, "ink.py": OLD}, base=base)) == 1

    def test_generated_code_is_nobodys(self) -> None:
        base: Files = {REVIEW: TESTED}
        assert found("RL302", {REVIEW: TESTED, "ink.py": f"# @generated\n{OLD}"}, base=base) == []

    def test_many_functions_are_counted(self) -> None:
        base: Files = {REVIEW: TESTED}
        code = "".join(f"def f{n}():\n    return {n}\n" for n in range(5))
        (finding,) = found("RL302", {REVIEW: TESTED, "a.py": code}, base=base)
        assert (
            finding.message == "5 functions are changed and no test is: `a.py: f0`, `a.py: f1`, `a.py: f2` and 2 more"
        )

    def test_whole_runs_do_not_ask(self) -> None:
        assert found("RL302", {REVIEW: TESTED, "ink.py": OLD}) == []
