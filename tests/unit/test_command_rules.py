"""`review-lint rules`: every rule in a line, for people and for programs."""

import io
import json

import pytest

from linter.cli.main import main
from linter.rules.catalogue import ALL_RULES


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_text_has_a_line_per_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines] == [[r.code, r.name, r.severity.label] for r in ALL_RULES]


def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["rules"]) == 0
    lengths = [len(line) for line in terminal.getvalue().splitlines()]
    assert len(lengths) == len(ALL_RULES)
    assert max(lengths) == 60


def test_json_has_an_object_per_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0
    objects = json.loads(capsys.readouterr().out)
    assert [item["code"] for item in objects] == [rule.code for rule in ALL_RULES]
    assert {tuple(item) for item in objects} == {("code", "name", "family", "severity", "fix", "summary")}
    assert {item["fix"] for item in objects} <= {"F", "S", "–"}  # noqa: RUF001
    assert {item["severity"] for item in objects} <= {"error", "warning", "advice"}


def test_json_describes_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "--format", "json"])
    item = next(item for item in json.loads(capsys.readouterr().out) if item["code"] == "RL005")
    assert item["summary"].startswith("That the repository has a REVIEW.yaml")
    assert (item["name"], item["family"], item["severity"], item["fix"]) == ("file-missing", "file", "error", "S")


def test_unknown_format_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "xml"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "'json'" in captured.err
