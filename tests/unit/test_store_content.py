"""Reports and figures as bytes, and back."""

import zlib
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.errors import StoreError
from linter.model.finding import Finding, Location, Severity
from linter.model.metrics import SourceMetrics
from linter.model.scan import RepositoryReport
from linter.store import content
from linter.store.content import packed, unpacked
from tests.support.scans import finding, judged, repository_reports, sources


@given(repository_reports)
def test_a_report_comes_back_equal(report: RepositoryReport) -> None:
    content = packed(RepositoryReport, report)
    assert unpacked(RepositoryReport, content.data) == report
    assert repr(unpacked(RepositoryReport, content.data)) == repr(report)


@given(sources)
def test_figures_come_back_equal(source: SourceMetrics) -> None:
    assert unpacked(SourceMetrics, packed(SourceMetrics, source).data) == source


@given(st.tuples(repository_reports, repository_reports))
def test_digests_are_equal_where_reports_are(pair: tuple[RepositoryReport, RepositoryReport]) -> None:
    one, other = (packed(RepositoryReport, report).digest for report in pair)
    assert (one == other) is (pair[0] == pair[1])


def test_what_has_its_default_takes_no_room() -> None:
    plain = Finding("RL801", "new-complexity", Severity.ERROR, "it is complex", Location("a.py"))
    text = zlib.decompress(packed(Finding, plain).data).decode()
    assert text == (
        '{"rule":"RL801","name":"new-complexity","severity":3,"message":"it is complex","location":{"path":"a.py"}}'
    )


def test_many_alike_findings_take_little_room() -> None:
    report = judged("shop", *(finding(f"function_{number}") for number in range(100)))
    assert len(packed(RepositoryReport, report).data) < 4000


class Old(NamedTuple):
    """A value type of an older release, whose fields are plain."""

    name: str


class New(NamedTuple):
    name: str
    size: int | None = None


class OldPair(NamedTuple):
    """One whose fields are not."""

    one: Old


class NewPair(NamedTuple):
    one: New
    other: Old = Old("none")


def test_a_field_with_a_default_may_be_added_to_a_type() -> None:
    assert unpacked(New, packed(Old, Old("a")).data) == New("a")
    assert unpacked(NewPair, packed(OldPair, OldPair(Old("a"))).data) == NewPair(New("a"))


class Wide(NamedTuple):
    name: str
    size: int = 3


class Wider(NamedTuple):
    name: str
    size: int = 3
    tags: tuple[str, ...] = ()


class Choice(NamedTuple):
    """One of several types."""

    one: str | Wide | New


def test_one_of_several_types_is_its_name_and_its_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(Choice, Choice(Wide("a"))).data
    assert zlib.decompress(data) == b'{"one":["Wide","a",3]}'
    for one in ("text", Wide("a", 1), New("b")):
        assert unpacked(Choice, packed(Choice, Choice(one)).data) == Choice(one)
    monkeypatch.setitem(content._CODECS, Choice, content._choice({"Wide": Wider}))
    newer = Wider("a", 3, ())
    assert unpacked(Choice, zlib.compress(b'["Wide","a",3]')) == newer
    with pytest.raises(StoreError):
        unpacked(Choice, zlib.compress(b'["Wild","a"]'))


@pytest.mark.parametrize("data", [b"", b"{}", *map(zlib.compress, (b"{", b"\xff", b"{}", b"[]", b'{"x":1}'))])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(StoreError, match="a RepositoryReport in the store is damaged"):
        unpacked(RepositoryReport, data)


def test_numbers_of_any_length_come_back() -> None:
    """Python writes no more than 4,300 decimal digits, and YAML has hexadecimal numbers."""
    plain = finding("f")._replace(data={"tier": 1 << 20_000, "under": -(1 << 20_000)})
    assert unpacked(Finding, packed(Finding, plain).data) == plain
