"""Which promises changed between two versions of a review file or a configuration, and which of them are less."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.engine.governance import weakening
from linter.engine.governance.weakening import own_severities
from linter.engine.lint import lint
from linter.engine.project import own_configuration
from linter.model.finding import Finding, Severity
from linter.model.pointer import parent, resolve, split
from linter.model.policy import Configuration
from linter.model.promise.configuration import compare_configurations
from linter.model.promise.review import compare_reviews
from linter.model.request import Request
from linter.model.simplicity import Simplicity
from linter.model.snapshot import Snapshot
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

WAIVER = {
    "id": "w1",
    "rules": ["RL801"],
    "paths": ["src/a.py"],
    "symbol": "f",
    "ceiling": 20,
    "reason": "The old format goes away with the old shop.",
    "owner": "@ada",
    "approved_by": "@grace",
    "created": "2026-05-01",
    "expires": "2026-08-01",
}
PAYMENTS: dict[str, Any] = {
    "kind": "service",
    "lifecycle": "production",
    "tier": 1,
    "clarity": {
        "sla": {
            "availability_percent": 99.9,
            "window": "30d",
            "latency": [{"percentile": 99, "max_ms": 250}, {"percentile": 50, "max_ms": 20}],
            "error_rate_percent": 0.1,
            "durability_percent": 99.999,
            "rpo": "5m",
            "rto": "1h",
            "support": "24x7",
        }
    },
    "quality": {"backup": {"rpo": "5m"}},
    "release_plan": {"stages": [{"name": "canary", "percent": 5}, {"name": "all", "percent": 100}]},
    "simplicity": {
        "limits": {"cyclomatic_complexity": 10, "maintainability_index_min": 30},
        "test_limits": {"nesting": 4},
        "legacy_tolerance": 1,
        "overrides": [{"paths": ["legacy/**"], "limits": {"nesting": 6}}],
        "generated": ["src/pb/*"],
        "debt": [{"symbol": "f", "path": "a.py", "metric": "nesting", "ceiling": 7, "until": "2027-01-01"}],
    },
    "waivers": [WAIVER],
}
GONE = object()


def changed(pointer: str, value: Any, data: Mapping[str, Any] = PAYMENTS) -> dict[str, Any]:
    """The data with another value at a pointer (a list grows by it at `/-`), or with nothing there."""
    result: Any = copy.deepcopy(data)
    holder, key = resolve(result, parent(pointer)), split(pointer)[-1]
    if key == "-":
        holder.append(value)
    elif value is GONE:
        del holder[int(key) if isinstance(holder, list) else key]
    else:
        holder[int(key) if isinstance(holder, list) else key] = value
    return dict(result)


def sentences(before: Mapping[str, Any], after: Mapping[str, Any], is_weaker: bool = True) -> list[str]:
    changes = compare_reviews(before, after, Simplicity())
    return [change.sentence for change in changes if change.is_weaker == is_weaker]


@pytest.mark.parametrize(
    ("pointer", "value", "sentence"),
    [
        ("/kind", "library", "`kind` changes from service to library"),
        ("/lifecycle", "beta", "`lifecycle` changes from production to beta"),
        ("/tier", 2, "`tier` changes from 1 to 2"),
        ("/tier", GONE, "`tier` is dropped: 1"),
        ("/clarity/status", "draft", "`clarity.status` changes from adopted to draft"),
        ("/clarity/sla", GONE, "`clarity.sla` is dropped"),
        ("/clarity/sla/availability_percent", 99.5, "is lowered from 99.9 % to 99.5 %"),
        ("/clarity/sla/durability_percent", 99.9, "is lowered from 99.999 % to 99.9 %"),
        ("/clarity/sla/error_rate_percent", 0.2, "is raised from 0.1 % to 0.2 %"),
        ("/clarity/sla/window", "quarter", "`clarity.sla.window` changes from 30d to quarter"),
        ("/clarity/sla/latency/0/max_ms", 300, "`clarity.sla.latency[99].max_ms` is raised from 250 ms to 300 ms"),
        ("/clarity/sla/latency/0", GONE, "`clarity.sla.latency[99]` is dropped"),
        ("/clarity/sla/latency", GONE, "`clarity.sla.latency` is dropped"),
        ("/clarity/sla/rpo", "90m", "`clarity.sla.rpo` changes from 5m to 90m"),
        ("/clarity/sla/rto", GONE, "`clarity.sla.rto` is dropped: 1h"),
        ("/clarity/sla/support", "business-hours", "changes from 24x7 to business-hours"),
        (
            "/quality/backup",
            {"not_applicable": {"because": "x", "agreed_by": "@a"}},
            "`quality.backup` is declared not",
        ),
        ("/quality", {"not_applicable": {"because": "x", "agreed_by": "@a"}}, "`quality` is declared not applicable"),
        ("/simplicity/limits/cyclomatic_complexity", 11, "is raised from 10 to 11"),
        ("/simplicity/limits/cyclomatic_complexity", GONE, "is raised from 10 to 15"),
        ("/simplicity/limits/maintainability_index_min", 29, "is lowered from 30 to 29"),
        ("/simplicity/limits/arguments", 9, "`simplicity.limits.arguments` is raised from 8 to 9"),
        ("/simplicity/test_limits/nesting", 5, "`simplicity.test_limits.nesting` is raised from 4 to 5"),
        ("/simplicity/legacy_tolerance", 2, "`simplicity.legacy_tolerance` is raised from 1 to 2"),
        ("/simplicity/mode", "advice", "`simplicity.mode` changes from ratchet to advice"),
        ("/simplicity/generated/-", "src/x/*", "`simplicity.generated[src/x/*]` is added"),
        ("/simplicity/overrides/0/limits/nesting", 7, "`nesting` for legacy/** is raised from 6 to 7"),
        (
            "/simplicity/overrides/-",
            {"paths": ["b"], "limits": {"nesting": 6}},
            "`nesting` for b is raised from 5 to 6",
        ),
        ("/simplicity/debt/0/ceiling", 8, "`ceiling` of debt f a.py nesting is raised from 7 to 8"),
        ("/waivers/0/expires", "2026-09-01", "`expires` of waiver w1 changes from 2026-08-01 to 2026-09-01"),
        ("/waivers/0/rules/-", "RL805", "`rules[RL805]` of waiver w1 is added"),
        ("/waivers/0/paths/-", "src/b.py", "`paths[src/b.py]` of waiver w1 is added"),
        ("/waivers/0/paths", GONE, "`paths` of waiver w1 is dropped"),
        ("/waivers/0/symbol", GONE, "`symbol` of waiver w1 is dropped: f"),
        ("/waivers/0/ceiling", 21, "`ceiling` of waiver w1 is raised from 20 to 21"),
        ("/waivers/0/ceiling", GONE, "`ceiling` of waiver w1 is dropped: 20"),
    ],
)
def test_what_promises_less(pointer: str, value: Any, sentence: str) -> None:
    other = changed(pointer, value)
    (found,) = sentences(PAYMENTS, other)
    assert sentence in found
    assert sentences(other, PAYMENTS) == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/clarity/status", "adopted"),
        ("/clarity/sla/availability_percent", 99.90),
        ("/clarity/sla/rto", "60m"),
        ("/simplicity/limits/nesting", 5),
        ("/simplicity/mode", "ratchet"),
        ("/simplicity/overrides/-", {"paths": ["b"], "limits": {"nesting": 5}}),
        ("/release_plan/stages/0", GONE),
        ("/waivers/0/reason", "The old format goes away with the very old shop."),
        ("/waivers/0/expires", "2026-07-01"),
        ("/waivers/-", {**WAIVER, "id": "w2", "created": "2026-06-01"}),
        ("/waivers/0", {**WAIVER, "expires": "2027-08-01", "created": "2026-06-01"}),
        ("/waivers/0", {**WAIVER, "expires": "2027-08-01", "approved_by": "@joan"}),
        ("/waivers/0", GONE),
        ("/x-team", {"availability_percent": 1}),
    ],
)
def test_what_promises_as_much(pointer: str, value: Any) -> None:
    assert sentences(PAYMENTS, changed(pointer, value)) == []


def test_a_waiver_for_another_function_is_wider_either_way() -> None:
    other = changed("/waivers/0/symbol", "g")
    assert "`symbol` of waiver w1 changes from f to g" in sentences(PAYMENTS, other)[0]
    assert "`symbol` of waiver w1 changes from g to f" in sentences(other, PAYMENTS)[0]


def test_a_waiver_with_another_name_is_no_new_one() -> None:
    after = changed("/waivers/0", {**WAIVER, "id": "w9", "expires": "2026-10-01"})
    assert sentences(PAYMENTS, after)[0].endswith(
        "nobody has agreed to that: `approved_by` and `created` are as they were"
    )


def test_what_else_changes_is_said_without_blame() -> None:
    after = changed("/release_plan/stages/0", GONE, changed("/waivers/-", {**WAIVER, "id": "w2"}))
    assert sentences(PAYMENTS, after, is_weaker=False) == [
        "stage canary is dropped",
        "waiver w2 is added: RL801 until 2026-08-01, approved by @grace",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["adopted", "5m", "2026-01-01", ""]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "paths", "rules"]), inner)
    ),
    max_leaves=6,
)
PLACES = [
    "/tier",
    "/clarity",
    "/clarity/sla",
    "/clarity/sla/latency",
    "/clarity/sla/latency/0",
    "/simplicity",
    "/simplicity/limits",
    "/simplicity/limits/nesting",
    "/simplicity/mode",
    "/simplicity/generated",
    "/simplicity/overrides",
    "/simplicity/overrides/0/paths",
    "/simplicity/debt/0",
    "/waivers",
    "/waivers/0",
    "/waivers/0/expires",
    "/waivers/0/paths",
    "/waivers/0/rules",
]


@given(st.sampled_from(PLACES), JSON)
def test_any_two_versions_can_be_compared(pointer: str, value: Any) -> None:
    other = changed(pointer, value)
    assert sentences(other, other) == sentences(other, other, is_weaker=False) == []
    weaker, stronger = sentences(PAYMENTS, other), sentences(other, PAYMENTS)
    assert all("\n" not in sentence for sentence in (*weaker, *stronger))


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"exclude": ("vendor/**",)}, "`exclude` gains `vendor/**`"),
        ({"ignore": ("RL802", "RL803")}, "`ignore` takes away RL802 and RL803"),
        ({"select": ("RL0", "RL1", "RL8", "RL9")}, "`select` takes away RL201, RL202, RL203, RL204, RL301 and 14 more"),
        ({"severity": (("RL801", Severity.ADVICE),)}, "the severity of RL801 is lowered from error to advice"),
        ({"per_path_ignore": (("src/**", ("RL8",)),)}, "`per-path-ignore` gains `src/**: RL8`"),
        ({"policy": None}, "`policy` changes from `acme.yaml` to none"),
    ],
)
def test_configurations(settings: dict[str, Any], expected: str) -> None:
    before = Configuration(policy="acme.yaml")
    after = before._replace(**settings)
    weaker = [
        [change.sentence for change in compare_configurations(*pair, own_severities()) if change.is_weaker]
        for pair in ((before, after), (after, before))
    ]
    assert weaker == [[expected], []]


def test_failing_later_promises_less() -> None:
    strict = Configuration(fail_on=Severity.WARNING)
    (change,) = compare_configurations(strict, Configuration(), own_severities())
    assert (change.is_weaker, change.sentence) == (True, "`fail-on` changes from warning to error")


def lowered_to(tier: int) -> str:
    return review(changes={"kind: app": f"kind: app\ntier: {tier}"})


def findings(snapshot: MemorySnapshot, **supposed: int) -> list[Finding]:
    return list(lint(snapshot, Request("2026-06-01", select=("RL908",), supposed=supposed)).findings)


class TestAgainstBases:
    def test_a_merge_is_told_only_what_is_less_than_on_every_side(self) -> None:
        ours, theirs = (MemorySnapshot({"REVIEW.yaml": lowered_to(tier)}) for tier in (1, 3))
        assert findings(MemorySnapshot({"REVIEW.yaml": lowered_to(3)}, (ours, theirs))) == []
        (found,) = findings(MemorySnapshot({"REVIEW.yaml": lowered_to(4)}, (ours, theirs)))
        assert found.message == "`tier` changes from 1 to 4"

    def test_without_a_base_nothing_is_compared(self) -> None:
        assert findings(MemorySnapshot({"REVIEW.yaml": lowered_to(4)})) == []

    def test_a_base_that_cannot_be_read_promised_nothing_known(self) -> None:
        bases = [{"REVIEW.yaml": "tier: [\n"}, {"REVIEW.yaml": lowered_to(1), "review-lint.toml": "x = 1\n"}]
        new = {"REVIEW.yaml": lowered_to(4), "review-lint.toml": 'ignore = ["RL803"]\n'}
        assert findings(MemorySnapshot(new, MemorySnapshot(bases[0]))) != []
        assert [one.message for one in findings(MemorySnapshot(new, MemorySnapshot(bases[1])))] == [
            "`tier` changes from 1 to 4"
        ]

    @pytest.mark.parametrize("reviews", [{}, {"REVIEW.yaml": "tier: [\n"}])
    def test_a_configuration_is_compared_without_a_review_file_too(self, reviews: dict[str, str]) -> None:
        base = MemorySnapshot({"REVIEW.yaml": review()})
        (found,) = findings(MemorySnapshot({**reviews, "review-lint.toml": 'exclude = ["src/**"]\n'}, base))
        assert found.message == "`exclude` gains `src/**`"

    def test_a_configuration_that_excludes_every_file_is_compared(self) -> None:
        files = {"REVIEW.yaml": review(), "review-lint.toml": 'exclude = ["**"]\nignore = ["RL005"]\n'}
        found = findings(MemorySnapshot(files, MemorySnapshot({"REVIEW.yaml": review()})))
        assert [one.message for one in found] == ["`exclude` gains `**`", "`ignore` takes away RL005"]

    def test_a_configuration_is_not_read_again_for_each_thing_that_it_takes_away(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One of 256 KiB took an hour."""
        read: list[object] = []

        def counted(snapshot: Snapshot) -> Configuration:
            read.append(snapshot)
            return own_configuration(snapshot)

        monkeypatch.setattr(weakening, "own_configuration", counted)
        counts = []
        for number in (2, 50):
            globs = ", ".join(f'"v{index}/**"' for index in range(number))
            new = {"REVIEW.yaml": review(), "review-lint.toml": f"exclude = [\n{globs}]\n"}
            found = findings(MemorySnapshot(new, MemorySnapshot({"REVIEW.yaml": review()})))
            assert [one.location.span.start.line for one in found] == [2] * number
            counts.append(len(read))
            read.clear()
        assert counts[0] == counts[1]

    def test_what_is_only_supposed_breaks_no_promise(self) -> None:
        base = MemorySnapshot({"REVIEW.yaml": lowered_to(1)})
        assert findings(MemorySnapshot({"REVIEW.yaml": lowered_to(1)}, base), tier=3) == []
        new = lowered_to(1).replace("kind: app", "kind: tool")
        (found,) = findings(MemorySnapshot({"REVIEW.yaml": new}, base), tier=3)
        assert found.message == "`kind` changes from app to tool"
