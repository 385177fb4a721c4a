"""`review-lint explain`: a rule's documentation on a terminal."""

import pytest

from linter.cli.main import main


@pytest.mark.parametrize("word", ["RL005", "rl005", "file-missing", "File-Missing", " RL005 "])
def test_a_rule_is_found_by_code_or_name_in_any_case(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 0
    assert capsys.readouterr().out.startswith("RL005 file-missing\nerror · file\n")


def test_headings_stand_at_the_margin_and_texts_below_them(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "RL005"])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines[2:] if line and not line.startswith("  ")] == [
        "What it checks",
        "Why it matters",
        "Example",
        "Remedy",
        "Options",
    ]
    assert lines[lines.index("Example") + 1].startswith("  A repository")
    assert lines[lines.index("Example") - 1] == ""


@pytest.mark.parametrize("word", ["file-mising", "RL05"])
def test_an_unknown_rule_gets_the_nearest_one(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", word]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"review-lint: error: there is no rule {word} (did you mean ")
    assert "RL005 file-missing" in captured.err


def test_a_word_near_to_nothing_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "?"]) == 2
    assert "`review-lint rules` lists them" in capsys.readouterr().err


def test_without_a_rule_the_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 2
    assert "CODE" in capsys.readouterr().err
