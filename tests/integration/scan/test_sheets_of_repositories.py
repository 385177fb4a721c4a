"""What a scan keeps for people to read, out of real repositories: products, pictures, and what is better left alone."""

import hashlib
import os
from pathlib import Path

import pytest

from linter.model.inventory import Repository as Listed
from linter.model.request import Request
from linter.model.scan import RepositoryReport, Status
from linter.model.sheet import Diagram, Sheet
from linter.scan.judging import judge_repository
from linter.store.store import open_store
from tests.support.cli import review_lint
from tests.support.code import function
from tests.support.organisation import DAY
from tests.support.repository import Content, Repository
from tests.support.reviews import review

NO_NEEDS = "  dependencies: []\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>\n'
MERMAID = "flowchart LR\n    shop --> bank\n"


def product(name: str, diagram: str) -> str:
    changes = {"name: sketchpad": f"name: {name}", NO_NEEDS: f"  architecture_diagram: {diagram}\n  dependencies: []\n"}
    return review(changes=changes)


def judged(repository: Repository, name: str = "shop") -> RepositoryReport:
    return judge_repository(Listed(name), str(repository.path), Request(DAY))


def sheets(repository: Repository) -> dict[str, Sheet]:
    return {sheet.path: sheet for sheet in judged(repository).sheets}


def monorepo(path: Path) -> Repository:
    """Two products, one inside the other, and code that belongs to neither."""
    repository = Repository(path)
    files: dict[str, Content] = {
        "shop/REVIEW.yaml": product("shop", "docs/shop.png"),
        "shop/docs/shop.png": PNG,
        "shop/app.py": function("sell", 12),
        "shop/cart/REVIEW.yaml": product("cart", "cart.svg"),
        "shop/cart/cart.svg": SVG,
        "shop/cart/src/cart.py": function("put", 4),
        "tools/build.py": function("build", 7),
    }
    repository.commit_files(files)
    return repository


def test_a_monorepo_has_a_sheet_for_each_product_and_one_for_the_rest(tmp_path: Path) -> None:
    report = judged(monorepo(tmp_path / "mono"))
    found = {sheet.path: sheet for sheet in report.sheets}
    assert list(found) == ["", "shop/REVIEW.yaml", "shop/cart/REVIEW.yaml"]
    assert [[one.symbol for one in sheet.shape.worst] for sheet in found.values()] == [["build"], ["sell"], ["put"]]
    digests = [hashlib.sha256(picture).hexdigest() for picture in (PNG, SVG)]
    assert found["shop/REVIEW.yaml"].diagram == Diagram("shop/docs/shop.png", "png", digest=digests[0])
    assert found["shop/cart/REVIEW.yaml"].diagram == Diagram("shop/cart/cart.svg", "svg", digest=digests[1])
    assert report.pictures == tuple(sorted(zip(digests, (PNG, SVG), strict=True)))


def test_a_scan_keeps_them(tmp_path: Path) -> None:
    repository = monorepo(tmp_path / "acme" / "mono")
    Repository(tmp_path / "acme" / "copy").commit_files(
        {"REVIEW.yaml": product("copy", "a.png"), "a.png": PNG, "b.py": "x = 1\n"}
    )
    where = str(tmp_path / "scans.db")
    assert review_lint(tmp_path, "scan", "acme", "--today", DAY, "--store", where).code == 0
    plain = judged(repository)
    with open_store(where, must_exist=True) as store:
        copy, mono = store.reports(store.last())
        assert mono.sheets == plain.sheets
        digests = [sheet.diagram.digest for report in (copy, mono) for sheet in report.sheets if sheet.diagram]
        assert dict(store.pictures(digests)) == dict(plain.pictures)
        standings = {one.repository: one[-3:] for one in store.standings(store.last())}
        assert standings == {"copy": (0, 0, 0), "mono": (3, 23, 1)}


def test_a_text_is_a_diagram_too(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": product("shop", "docs/it.mmd"), "docs/it.mmd": MERMAID})
    report = judged(repository)
    assert [sheet.diagram for sheet in report.sheets] == [Diagram("docs/it.mmd", "mermaid", MERMAID)]
    assert report.pictures == ()


@pytest.mark.parametrize("path", ["../secret.png", "docs/../../secret.png", "/etc/hostname", "docs/link.png", "docs"])
def test_nothing_outside_of_the_repository_is_shown(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    repository = Repository(tmp_path / "shop")
    repository.write("REVIEW.yaml", product("shop", path))
    repository.write("docs/real.png", PNG)
    os.symlink("../../secret.png", repository.path / "docs" / "link.png")
    repository.git("add", "--all")
    repository.commit("Start")
    report = judged(repository)
    assert report.status is not Status.ERROR
    assert (report.sheets[0].diagram, report.pictures) == (None, ())


def test_a_huge_diagram_is_left_out(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": product("shop", "docs/it.png"), "docs/it.png": PNG + bytes(10 << 20)})
    report = judged(repository)
    assert report.status is Status.PASSED
    assert (report.sheets[0].diagram, report.pictures) == (None, ())


@pytest.mark.parametrize("text", ["name: [\n", "version: 99\n", "\x00", "- a\n"])
def test_what_cannot_be_read_keeps_nobody_from_the_code(tmp_path: Path, text: str) -> None:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": text, "app.py": function("sell", 12)})
    (sheet,) = sheets(repository).values()
    assert sheet == Sheet("REVIEW.yaml", shape=sheet.shape)
    assert [one.symbol for one in sheet.shape.worst] == ["sell"]
