"""What people read of a product, out of made-up repositories in memory."""

import hashlib
from collections.abc import Mapping

import pytest

from linter.engine.lint import lint
from linter.model.page import Badge, Link, Section, Table
from linter.model.request import Request
from linter.model.sheet import RANKS, Complex, Diagram, Exemption, Shape, Sheet, owner_of, shape_of
from tests.support.code import function
from tests.support.examples import TODAY, files
from tests.support.memory import MemorySnapshot
from tests.support.pages import EXAMPLES, ROOT, page_of
from tests.support.reviews import review
from tests.support.sheets import sheets_after, sheets_in

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
NO_NEEDS = "  dependencies: []\n"
SIGNED = (
    'reviews: [{sections: [clarity], by: "@grace", role: engineering, signed_on: "2026-01-01",'
    f" verdict: approved, digest: sha256:{'0' * 64}}}]\n"
)
"""A sign-off of something else."""


def named(name: str, more: str = "") -> str:
    return review(more, {"name: sketchpad": f"name: {name}"})


def planned(diagram: str) -> str:
    """A review file that names a diagram."""
    return review(changes={NO_NEEDS: f"  architecture_diagram: {diagram}\n"})


def sheet(text: str, tree: Mapping[str, str | bytes] | None = None, **options: object) -> Sheet:
    """That of a repository with one review file at its root."""
    (found,) = sheets_in({"REVIEW.yaml": text, **(tree or {})}, **options).sheets  # type: ignore[arg-type]
    return found


def drawn(path: str, content: str | bytes = "", **options: object) -> Diagram | None:
    """What is shown of a diagram with that path and content."""
    return sheet(planned(path), {path: content} if content else {}, **options).diagram


class TestWhoseCodeItIs:
    @pytest.mark.parametrize(("path", "owner"), [
        ("a.py", ""), ("shop/a.py", "shop/REVIEW.yaml"), ("shop/cart/deep/a.py", "shop/cart/REVIEW.yaml"),
        ("shopping/a.py", ""), ("shop", ""), ("shop/REVIEW.yaml", "shop/REVIEW.yaml"), ("", ""), ("REVIEW.yaml", ""),
    ])  # fmt: skip
    def test_the_deepest_folder_counts(self, path: str, owner: str) -> None:
        sheets = ("", "shop/REVIEW.yaml", "shop/cart/REVIEW.yaml")
        assert owner_of(path, sheets) == owner
        assert owner_of(path, (*sheets, "REVIEW.yaml")) == (owner or "REVIEW.yaml")

    def test_every_product_has_its_own_and_the_rest_is_together(self) -> None:
        tree = {
            "shop/REVIEW.yaml": named("shop"), "shop/a.py": function("f", 3),
            "shop/cart/REVIEW.yaml": named("cart"), "shop/cart/deep/b.py": function("g", 4),
            "tools/c.py": function("h", 5),
        }  # fmt: skip
        found = {one.path: one for one in sheets_in(tree).sheets}
        assert list(found) == ["", "shop/REVIEW.yaml", "shop/cart/REVIEW.yaml"]
        assert [one.shape.complexity for one in found.values()] == [5, 3, 4]
        assert found[""] == Sheet("", shape=found[""].shape)

    def test_there_is_no_rest_where_nothing_lies_outside(self) -> None:
        tree = {"shop/REVIEW.yaml": named("shop"), "shop/a.py": function("f", 3), "README.md": "# a"}
        assert [one.path for one in sheets_in(tree).sheets] == ["shop/REVIEW.yaml"]
        # A file with the wrong name is a finding, and that lies outside.
        assert [one.path for one in sheets_in({**tree, "review.yml": "a"}).sheets] == ["", "shop/REVIEW.yaml"]

    def test_without_a_review_file_there_is_one(self) -> None:
        assert sheets_in({"a.py": function("f", 3)}).sheets[0].shape.functions == 1
        assert sheets_in({}).sheets == (Sheet(""),)

    @pytest.mark.parametrize("text", ["a: [", "", "- a", "version: 9\n", b"\xff\xfe\x00"])
    def test_what_cannot_be_read_has_its_code_alone(self, text: str | bytes) -> None:
        (found,) = sheets_in({"REVIEW.yaml": text, "a.py": function("f", 3)}).sheets
        assert found == Sheet("REVIEW.yaml", shape=found.shape)
        assert found.shape.functions == 1


class TestShape:
    def test_functions_are_counted_by_rank_and_bodies_are_not(self) -> None:
        highest = [number + more for number in RANKS for more in (0, 1)]
        code = "\n\n".join(function(f"f{number}", number) for number in highest) + "\n\nif True:\n    pass\n"
        (found,) = sheets_in({"a.py": code}).sheets
        assert found.shape._replace(worst=()) == Shape(10, sum(highest), (1, 2, 2, 2, 2, 1), ())
        assert [one.complexity for one in found.shape.worst] == sorted(highest, reverse=True)
        assert found.shape.worst[-1] == Complex("a.py", "f5", 1, 5, 10)
        assert found.shape.complex == 7

    def test_the_ten_worst_are_named_and_all_that_are_complex_up_to_fifty(self) -> None:
        def worst(*figures: int) -> list[int]:
            code = "\n\n".join(function(f"f{place}", number) for place, number in enumerate(figures))
            return [one.complexity for one in sheets_in({"a.py": code}).sheets[0].shape.worst]

        assert worst(*[3] * 12, 4) == [4, *[3] * 9]
        assert worst(*[11] * 12, 4) == [11] * 12
        assert worst(*[11] * 60) == [11] * 50

    def test_nothing_has_no_shape(self) -> None:
        assert shape_of([]) == Shape()


class TestWords:
    @pytest.mark.parametrize("name", EXAMPLES)
    def test_sections_are_those_of_the_page_without_its_findings(self, name: str) -> None:
        tree = files(ROOT / "examples" / name)
        page, (found,) = page_of(tree), sheets_in(tree).sheets
        assert [one.title for one in found.sections] == [one.title for one in page.sections[:8]]
        for mine, shown in zip(found.sections, page.sections, strict=False):
            assert shown.blocks[: len(mine.blocks)] == mine.blocks
        assert found.description == page.lead
        assert "Open findings" not in repr(found)

    def test_what_a_run_has_found_out_of_sign_offs_is_what_would_be_found(self) -> None:
        snapshot = MemorySnapshot(
            {"REVIEW.yaml": review(SIGNED), "shop/REVIEW.yaml": review(SIGNED.replace("grace", "mei"))}
        )
        outcome = lint(snapshot, Request(TODAY))
        assert outcome.stale is not None
        assert len(outcome.stale) == 2
        found = sheets_after(outcome, snapshot, TODAY)
        assert found == sheets_after(outcome._replace(stale=None), snapshot, TODAY)
        assert [repr(one).count("out of date") for one in found.sheets] == [1, 1]
        assert lint(snapshot, Request(TODAY, ignore=("RL9",))).stale is None

    def test_links_lead_from_the_root(self) -> None:
        tree = {
            "shop/REVIEW.yaml": named("shop", "quality: {alerts: [{name: down, runbook: docs/run.md#top}]}\n"),
            "shop/docs/run.md": "# Top\n",
        }
        (found,) = sheets_in(tree).sheets
        assert Link("docs/run.md#top", "shop/docs/run.md#top") in pieces(found.sections[4])

    def test_what_is_promised(self) -> None:
        promise = "clarity: {{why: x, sla: {{availability_percent: {}}}}}\n"
        base = {"clarity:": "x-clarity:"}

        def availability(figure: str) -> float | None:
            (found,) = sheets_in({"REVIEW.yaml": review(promise.format(figure), base)}).sheets
            return found.availability

        found = [availability(figure) for figure in ("99.95", "100", "101", "-1", ".nan", ".inf", "much", "true")]
        assert found == [99.95, 100.0, *[None] * 6]

    def test_dependencies_are_names(self) -> None:
        def needs(text: str) -> tuple[str, ...]:
            return sheet(review(changes={NO_NEEDS: f"  dependencies: {text}\n"})).dependencies

        assert needs("[{name: ledger}, {name: []}, x, {name: bank}, {name: ledger}]") == ("ledger", "bank")
        assert needs("7") == needs("{not_applicable: {because: it stands alone}}") == ()

    def test_what_is_set_aside(self) -> None:
        text = """\
waivers:
  - {id: W-1, rules: [RL501, RL502], paths: ["src/**"], symbol: f, reason: It moves to the new region soon.,
     owner: "@ada", approved_by: "@grace", created: "2026-05-01", expires: "2026-08-01"}
  - {rules: RL501, expires: tomorrow, paths: [[]]}
  - text
simplicity:
  debt:
    - {path: a.py, symbol: f, metric: cyclomatic_complexity, ceiling: 1040, until: "2026-07-01", owner: "@ada"}
    - {metric: maintainability_index_min, ceiling: 12.5}
    - {metric: beauty, ceiling: much}
    - {}
"""
        assert sheet(review(text)).exemptions == (
            Exemption(
                ("RL501", "RL502"), ("src/**", "f"), "It moves to the new region soon.", "@grace", "2026-08-01"
            ),
            Exemption((), (), "", "", ""),
            Exemption(
                ("RL801", "RL802", "RL803"), ("a.py", "f"), "Cyclomatic complexity up to 1,040", "@ada", "2026-07-01",
                is_debt=True,
            ),
            Exemption(("RL804",), (), "Least maintainability index 12.5", "", "", is_debt=True),
            Exemption((), (), "", "", "", is_debt=True),
            Exemption((), (), "", "", "", is_debt=True),
        )  # fmt: skip


class TestDays:
    """What is read on other days than the one on which it was written counts no days."""

    def test_an_end_is_past_or_soon(self) -> None:
        def sunset(day: str) -> tuple[str, str]:
            found = sheets_in({"REVIEW.yaml": review('sunset: "2026-06-20"\n')}, today=day)
            badges = [piece.text for piece in pieces(found.sheets[0]) if isinstance(piece, Badge)]
            return ",".join(badges[:1] if found.sheets[0].header else []), found.good_until

        assert sunset("2026-06-01")[1] == "2026-06-05"
        assert sunset("2026-06-06") == ("soon", "2026-06-20")
        assert sunset("2026-06-21") == ("past", "9999-12-31")

    def test_a_sign_off_lapses_once(self) -> None:
        def remark(day: str) -> tuple[str, str]:
            found = sheets_in({"REVIEW.yaml": review(SIGNED)}, today=day)
            section = found.sheets[0].sections[0]
            (table,) = (block for block in section.blocks if isinstance(block, Table) and block.caption == "Sign-offs")
            return "".join(getattr(piece, "text", piece) for piece in table.rows[0][4][0]), found.good_until

        fresh, until = remark("2026-06-01")
        assert fresh.startswith("out of date")
        lapsed, then = remark(until.replace(until[:4], str(int(until[:4]) + 1)))
        assert lapsed == "lapsed lasts 365 days"
        assert then == "9999-12-31"


class TestDiagrams:
    @pytest.mark.parametrize(("content", "kind"), [
        (PNG, "png"), (b"\xff\xd8\xff\xe0", "jpeg"), (b"GIF89a.", "gif"), (b"GIF87a.", "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"), (b"<svg/>", "svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns="a">', "svg"),
        (b"<!-- drawn > by -- hand -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\">\n<svg\n>", "svg"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg:svg>", "svg"),
    ])  # fmt: skip
    def test_pictures_are_known_by_their_first_bytes(self, content: bytes, kind: str) -> None:
        found = sheets_in({"REVIEW.yaml": planned("docs/it.any"), "docs/it.any": content})
        digest = hashlib.sha256(content).hexdigest()
        assert found.sheets[0].diagram == Diagram("docs/it.any", kind, digest=digest)
        assert found.pictures == ((digest, content),)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<html><svg></svg></html>",
            b"<svgs>",
            b"%PDF-1.7",
            b"RIFF\x10\0\0\0WAVE",
            b"<!-- <svg> ",
            b"BM",
            b"<?xml",
        ],
    )
    def test_other_files_are_not_shown(self, content: bytes) -> None:
        tree = {"REVIEW.yaml": planned("docs/it.svg"), "docs/it.svg": content}
        found = sheets_in(tree)
        assert (found.sheets[0].diagram, found.pictures) == (None, ())

    def test_a_picture_may_have_512_kib(self) -> None:
        assert drawn("a.png", PNG.ljust(512 << 10, b"x"))
        assert drawn("a.png", PNG.ljust((512 << 10) + 1, b"x")) is None
        assert drawn("a.svg", b"<!--" * (128 << 10)) is None

    def test_mermaid_is_a_text(self) -> None:
        assert drawn("a.mmd", "graph TD\n a-->b\n") == Diagram("a.mmd", "mermaid", "graph TD\n a-->b\n")
        assert drawn("a.MERMAID", "\ufeffgraph") == Diagram("a.MERMAID", "mermaid", "graph")
        assert drawn("a.mmd", "x" * (64 << 10))
        assert drawn("a.mmd", "x" * ((64 << 10) + 1)) is None
        assert drawn("a.mmd", b"\xff") is None
        assert drawn("a.mmd", " \n") is None

    def test_the_first_block_of_mermaid_in_markdown_is_shown(self) -> None:
        quoted, first = "````md\n```mermaid\nno\n```\n````\n\n", "1. one\n\n   ~~~ mermaid wide\n   yes\n   ~~~\n\n"
        fence = f"# It\r\n\r\n{quoted}{first}```mermaid\nlater\n```\n"
        assert drawn("docs/a.md", fence) == Diagram("docs/a.md", "mermaid", "yes\n")
        assert drawn("docs/a.md", "# It\n\n```\nmermaid\n```\n") is None
        assert drawn("docs/a.md", f"```mermaid\n{'é' * (33 << 10)}\n```\n") is None

    @pytest.mark.parametrize(
        "path", ["../a.png", "/a.png", "docs", "https://a.example/a.png", "none.png", ".", "[]", "{path: 7}"]
    )
    def test_what_is_not_there_is_not_shown(self, path: str) -> None:
        assert sheet(planned(path), {"docs/a.png": PNG, "a.png": PNG}).diagram is None

    def test_links_and_what_cannot_be_read_are_not_shown(self) -> None:
        assert drawn("a.png", links={"a.png": "b.png"}) is None
        assert drawn("a", submodules=("a",)) is None
        assert drawn("a.png", PNG, unreadable=("a.png",)) is None

    def test_a_diagram_may_be_a_mapping(self) -> None:
        assert sheet(planned("{path: a.png}"), {"a.png": PNG}).diagram is not None

    def test_equal_pictures_are_there_once(self) -> None:
        tree = {f"{name}/REVIEW.yaml": planned("a.png") for name in ("api", "shop")}
        found = sheets_in({**tree, "api/a.png": PNG, "shop/a.png": PNG})
        assert [one.diagram.path for one in found.sheets if one.diagram] == ["api/a.png", "shop/a.png"]
        assert len(found.pictures) == 1


def pieces(whole: Section | Sheet) -> list[object]:
    """Everything that is a text, a link, a badge, however deep."""
    if isinstance(whole, Link | Badge | str) or not isinstance(whole, tuple):
        return [whole]
    return [piece for part in whole for piece in pieces(part)]
