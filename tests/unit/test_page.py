"""The page of a review file: what is told about its content, the state of its sections, and their sign-offs."""

from collections.abc import Iterator, Mapping

import pytest

from linter.engine.governance.signing import SnapshotFiles, substance_of
from linter.engine.page.builder import RenderError
from linter.engine.reviews import judged_document
from linter.model.page import (
    Badge,
    Block,
    Cell,
    Code,
    Facts,
    Heading,
    Line,
    Link,
    Page,
    Paragraph,
    Rollout,
    Surroundings,
    Table,
    Tone,
)
from tests.support.examples import TODAY
from tests.support.memory import MemorySnapshot
from tests.support.pages import page_of
from tests.support.reviews import review

NONE = "\u2013"

PRODUCTION = {"lifecycle: experimental": "lifecycle: production\ntier: 3"}


def told(line: Line) -> str:
    """A line as people read it; badges in brackets."""
    return "".join(f"[{piece.text}]" if isinstance(piece, Badge) else getattr(piece, "text", piece) for piece in line)


def rows(table: Table) -> list[list[str]]:
    return [["\n".join(map(told, cell)) for cell in row] for row in table.rows]


def blocks(page: Page, section: str) -> tuple[Block, ...]:
    return next(one.blocks for one in page.sections if one.title == section)


def table_of(page: Page, section: str, caption: str) -> Table:
    return next(block for block in blocks(page, section) if isinstance(block, Table) and block.caption == caption)


def facts_of(found: tuple[Block, ...]) -> dict[str, str]:
    return {name: told(cell[0]) for block in found if isinstance(block, Facts) for name, cell in block.rows}


def cells(page: Page) -> Iterator[Cell]:
    for block in [block for section in page.sections for block in section.blocks]:
        if isinstance(block, Facts):
            yield from (cell for _, cell in block.rows)
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)


def overview(page: Page) -> dict[str, list[str]]:
    table = next(block for block in page.blocks if isinstance(block, Table) and block.caption == "At a glance")
    return {row[0]: row[1:] for row in rows(table)}


def page(text: str = "", changes: Mapping[str, str] | None = None, today: str = TODAY, **files: str) -> Page:
    return page_of({"REVIEW.yaml": review(text, changes), **files}, today=today)


def signed(text: str, **entry: str) -> str:
    """A file whose clarity is signed; `entry` replaces and adds keys."""
    document = judged_document("REVIEW.yaml", text.encode())
    digest = substance_of(document.data, "", ("clarity",), SnapshotFiles(MemorySnapshot({}))).digest
    said = {"by": "'@mei'", "role": "sre", "signed_on": "2026-05-01", "verdict": "approved", "digest": digest, **entry}
    keys = "".join(f"    {key}: {value}\n" for key, value in said.items())
    return f"{text}reviews:\n  - sections: [clarity]\n{keys}"


def sign_off(text: str, policy: str = "") -> list[list[str]]:
    return rows(table_of(page_of({"REVIEW.yaml": text}, policy), "1 Clarity", "Sign-offs"))


class TestTop:
    def test_it_says_what_the_product_is_and_whose(self) -> None:
        found = page('system: art\ntags: [drawing, "x"]\n', PRODUCTION)
        assert (found.title, found.lead) == ("sketchpad", "Lets two people draw on the same page at once.")
        assert [badge.text for badge in found.badges] == ["app", "production", "tier 3"]
        facts = facts_of(found.blocks)
        assert facts["Team"] == "@acme/drawing"
        assert facts["Product owner"] == "ada@example.org"
        assert (facts["System"], facts["Tags"]) == ("art", "drawing, x")

    def test_it_says_from_what_and_when_it_was_made(self) -> None:
        assert told(page(today="2026-02-03").note) == "Made on 2026-02-03 from REVIEW.yaml by review-lint render"

    def test_the_nearest_file_is_shown(self) -> None:
        tree = {"REVIEW.yaml": review(), "shop/REVIEW.yaml": review(changes={"name: sketchpad": "name: shop"})}
        assert page_of(tree, folder="shop/src").title == "shop"
        assert page_of(tree, folder="other").title == "sketchpad"

    def test_without_a_file_there_is_no_page(self) -> None:
        with pytest.raises(RenderError, match=r"no REVIEW\.yaml here or in a folder above"):
            page_of({"README.md": ""})

    @pytest.mark.parametrize(
        ("text", "place"), [("a: [", "REVIEW.yaml:1:"), ("", "REVIEW.yaml:1:1"), ("version: 9", "REVIEW.yaml:1:")]
    )
    def test_what_cannot_be_read_has_no_page(self, text: str, place: str) -> None:
        with pytest.raises(RenderError) as caught:
            page_of({"REVIEW.yaml": text})
        assert str(caught.value).startswith(place)
        assert caught.value.hint


class TestSections:
    def test_states(self) -> None:
        text = (
            "monitoring: {not_applicable: {because: It draws and nobody watches it., agreed_by: '@mei'}}\n"
            "quality: {status: proposed}\niterating: {status: draft}\npreparation: {unit_tests: {paths: [a]}}\n"
        )
        found = page(text)
        assert {name: row[0] for name, row in overview(found).items()} == {
            "1 Clarity": "[adopted]", "2 Planning": "[adopted]", "3 Preparation": "[adopted]", "4 Iterating": "[draft]",
            "5 Quality": "[proposed]", "6 Monitoring": "[not applicable]", "7 Release plan": "[absent]",
            "8 Simplicity": "[absent]",
        }  # fmt: skip
        (paragraph,) = blocks(found, "6 Monitoring")
        assert isinstance(paragraph, Paragraph)
        assert told(paragraph.line) == "[not applicable] It draws and nobody watches it. (agreed by @mei)"

    def test_findings_stand_where_they_belong(self) -> None:
        text = "preparation: {unit_tests: {paths: ['tests/**']}}\nreviews: [{by: 1}]\nmonitorin: {}\n"
        found = page(text)
        assert overview(found)["3 Preparation"][2] == "[1 error]"
        severity, rule, line, what = rows(table_of(found, "3 Preparation", "Open findings"))[0]
        assert (severity, rule, line) == ("[error]", "RL301 tests-missing", "13")
        assert "tests/**" in what
        header = next(block for block in found.blocks if isinstance(block, Table) and block.caption == "Open findings")
        assert [row[1] for row in rows(header)] == ["RL006 unknown-key"]
        assert {row[1] for row in rows(table_of(found, "Agreements", "Open findings"))} >= {"RL008 invalid-value"}

    def test_findings_about_code_are_left_to_the_check(self) -> None:
        code = "def f(x):\n" + "    if x: x += 1\n" * 40
        assert all(row[2] == NONE for row in overview(page(**{"a.py": code})).values())

    def test_keys_of_the_team_are_left_out_and_unknown_ones_shown(self) -> None:
        changes = {"  use_cases:": "  x-note: hush-hush\n  whynot: {deep: [1, {a: b}]}\n  use_cases:"}
        told_of = str(page("x-top: secret\n", changes))
        assert "hush-hush" not in told_of
        assert "secret" not in told_of
        headings = [block.text for block in blocks(page("", changes), "1 Clarity") if isinstance(block, Heading)]
        assert "whynot" in headings


class TestValues:
    @pytest.mark.parametrize(("text", "expected"), [
        ("release_plan: {rollback: {max_minutes: 1500}}", "1,500 minutes"),
        ("quality: {scaling: {tested_to: {count: 2000, per: hour, metric: jobs, burst: 3000}}}",
         "2,000 jobs per hour, bursts of 3,000"),
        ("monitoring: {cost: {monthly_budget: {amount: 1200.5, currency: EUR}}}", "1,200.5 EUR"),
        ("quality: {backup: {rpo: 1m, rto: 4h}}", "1 minute"),
        ("quality: {security: {encryption_at_rest: false}}", "no"),
        ("iterating: {pipeline: {workflow: ci.yml, job: build}}", "ci.yml, job build"),
        ("iterating: {pipeline: gone.yml}", "gone.yml [missing]"),
        ("iterating: {pipeline: ../../secret}", "../../secret [missing]"),
        ("planning: {design_doc: {url: 'https://a.example/b', checked: '2026-01-02'}}",
         "a.example/b, seen on 2026-01-02"),
        ("release_plan: {kill_switch: {symbol: 'shop:stop'}}", "shop:stop"),
        ("release_plan: {kill_switch: {commit: abcdef1}}", "abcdef1"),
        ("release_plan: {kill_switch: {not_applicable: {because: There is nothing to kill., agreed_by: '@mei'}}}",
         "[not applicable] There is nothing to kill. (agreed by @mei)"),
        ("monitoring: {cost: {unit: {amount: .inf}}}", "inf"),
        ("iterating: {lead_time: null}", NONE),
        ("iterating: {lead_time: [{a: 1}, b]}", "1"),
    ])  # fmt: skip
    def test_value_in_words(self, text: str, expected: str) -> None:
        changes = {"planning:\n  dependencies: []\n": ""} if text.startswith("planning") else {}
        found = page(text + "\n", changes, **{"ci.yml": "jobs: {build: {}}\n"})
        assert expected in ["\n".join(map(told, cell)) for cell in cells(found)]

    def test_links_are_relative_to_the_file(self) -> None:
        changes = {"planning:\n  dependencies: []\n": "planning: {dependencies: [], design_doc: ../docs/a b%#.md}\n"}
        tree = {"shop/REVIEW.yaml": review("", changes), "docs/a b%#.md": "# Design\n"}
        links = [piece for cell in cells(page_of(tree, folder="shop")) for line in cell for piece in line]
        assert Link("../docs/a b%#.md", "../docs/a%20b%25%23.md") in links

    def test_ends_are_told_when_they_are_near(self) -> None:
        debt = "simplicity:\n  debt:\n" + "".join(
            f"    - {{symbol: f, path: a.py, metric: nesting, ceiling: 9, until: '2026-06-{day}', owner: '@mei'}}\n"
            for day in ("01", "02", "15", "16")
        )
        found = table_of(page(debt), "8 Simplicity", "Debt")
        assert [row[found.columns.index("Until")] for row in rows(found)] == [
            "2026-06-01 [today]", "2026-06-02 [in 1 day]", "2026-06-15 [in 14 days]", "2026-06-16",
        ]  # fmt: skip
        past = table_of(page(debt, today="2026-07-01"), "8 Simplicity", "Debt")
        assert {row[found.columns.index("Until")][11:] for row in rows(past)} == {"[past]"}

    def test_waivers_are_a_table_with_their_ends(self) -> None:
        waiver = (
            "waivers:\n  - {id: W1, rules: [RL701], kind: deferred, reason: The flag service comes in autumn.,"
            " owner: '@ada', approved_by: '@mei', created: '2026-05-01', expires: '2026-06-05'}\n"
        )
        table = table_of(page(waiver), "Agreements", "Waivers")
        row = dict(zip(table.columns, rows(table)[0], strict=True))
        assert (row["Created"], row["Expires"]) == ("2026-05-01", "2026-06-05 [in 4 days]")


class TestPictures:
    def test_service_levels_stand_side_by_side(self) -> None:
        changes = {
            "  use_cases:": "  sla:\n    availability_percent: 99.9\n    window: 30d\n"
            "    latency: [{percentile: 99, max_ms: 300}]\n"
            "  slo: {availability_percent: 99.95, window: 30d, error_rate_percent: 0.1}\n  use_cases:"
        }
        text = "monitoring: {slis: [{name: up, kind: availability, for: availability_percent, source: a}]}\n"
        table = table_of(page(text, changes), "1 Clarity", "Service levels")
        assert rows(table) == [
            ["Availability", "99.9 %", "99.95 %", "up"],
            ["Window", "30 days", "30 days", NONE],
            ["Error budget", "43.2 minutes", "21.6 minutes", NONE],
            ["Latency p99", "300 ms", NONE, NONE],
            ["Error rate", NONE, "0.1 %", NONE],
        ]

    def test_neighbours(self) -> None:
        planning = (
            "planning:\n  dependencies: [{name: db, kind: queue, criticality: hard}, {name: m, criticality: soft}]\n"
            "  provides: [{name: API, version: 1.2.0}, {version: 3}, 4]\n"
        )
        found = page("", {"planning:\n  dependencies: []\n": planning})
        (picture,) = [block for block in blocks(found, "2 Planning") if isinstance(block, Surroundings)]
        assert picture.centre == "sketchpad"
        assert [tuple(one) for one in picture.offers] == [("API", "1.2.0", True)]
        assert [tuple(one) for one in picture.needs] == [("db", "queue, hard", True), ("m", "soft", False)]

    def test_without_neighbours_there_is_no_picture(self) -> None:
        assert not [block for block in blocks(page(), "2 Planning") if isinstance(block, Surroundings)]

    def test_stages(self) -> None:
        few = "{name: few, percent: 5, min_soak: 1h, gate: auto}"
        stages = f"[{few}, {{name: more, percent: 900}}, {{name: none, percent: many}}]"
        found = page(f"release_plan: {{strategy: canary, stages: {stages}}}\n")
        (picture,) = [block for block in blocks(found, "7 Release plan") if isinstance(block, Rollout)]
        assert [tuple(stage) for stage in picture.stages] == [("few", 5.0, "1 hour, auto"), ("more", 100.0, "")]


class TestSignOffs:
    @pytest.mark.parametrize(("entry", "verdict", "today"), [
        ({}, "approved", "[holds]"),
        ({"verdict": "rejected"}, "rejected", "[rejected]"),
        ({"by": "Ada@example.org"}, "approved", "[does not count] given by the product owner"),
        ({"signed_on": "2025-05-01"}, "approved", "[lapsed] 396 days old, lasts 365"),
        ({"digest": "sha256:" + "0" * 64}, "approved", "[out of date] something that was signed has changed"),
        ({"verdict": "conditional"}, "conditional", "[does not count] no condition is named"),
        ({"verdict": "conditional", "conditions": "[{what: Try it., due: '2026-06-01'}]"}, "conditional",
         "[on condition] until 2026-06-01: Try it."),
        ({"verdict": "conditional", "conditions": "[{what: Try it., due: '2026-05-31'}]"}, "conditional",
         "[condition past due] 2026-05-31: Try it."),
        ({"verdict": "conditional", "conditions": "[{what: Try it., due: '2026-05-31', done: true}]"}, "conditional",
         "[holds]"),
        ({"digest": "7"}, "approved", "[unknown] without a digest, nobody knows what was signed"),
    ])  # fmt: skip
    def test_what_a_sign_off_is_worth_today(self, entry: dict[str, str], verdict: str, today: str) -> None:
        (row,) = sign_off(signed(review(), **entry))
        assert (row[0], row[3], row[4]) == ("sre", verdict, today)

    def test_what_the_policy_requires_is_missed(self) -> None:
        policy = "version: 1\nname: acme\ntiers: {3: {reviewers: {clarity: [sre, finance]}}}\n"
        found = sign_off(signed(review("", PRODUCTION)), policy)
        assert found == [
            ["sre", "@mei", "2026-05-01", "approved", "[holds]"],
            ["finance", NONE, NONE, NONE, "[missing] the policy requires it"],
        ]

    def test_only_the_latest_of_each_role_is_shown(self) -> None:
        text = signed(review(), signed_on="2026-04-01", by="'@old'")
        later = signed(review()).partition("reviews:\n")[2]
        assert [row[1] for row in sign_off(text + later)] == ["@mei"]

    def test_a_link_to_the_minutes_is_followed_from_the_day(self) -> None:
        text = signed(review(), link="https://wiki.example/42")
        table = table_of(page_of({"REVIEW.yaml": text}), "1 Clarity", "Sign-offs")
        assert table.rows[0][2] == ((Link("2026-05-01", "https://wiki.example/42"),),)

    def test_the_overview_shows_the_worst_of_each_role(self) -> None:
        found = page_of({"REVIEW.yaml": signed(review(), verdict="rejected")})
        table = next(block for block in found.blocks if isinstance(block, Table))
        assert table.rows[0][2] == ((Badge("sre: rejected", Tone.BAD),),)


def test_names_in_messages_are_set_apart() -> None:
    found = page("monitorin: {}\n")
    table = next(block for block in found.blocks if isinstance(block, Table) and block.caption == "Open findings")
    assert Code("monitorin") in table.rows[0][3][0]
