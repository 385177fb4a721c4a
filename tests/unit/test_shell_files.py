"""The completion scripts and the manual page: made from the parser, and what the parser is today."""

import re
import shutil
import subprocess

import pytest

from linter.cli.completion import SHELLS
from linter.cli.main import COMMANDS, main
from tests.support import completions, man_page

MAKE = "write it anew: make pages"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_that_of_todays_parser(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert capsys.readouterr().out == completions.script(shell), MAKE


def test_every_shell_has_a_script_and_nothing_else_lies_there() -> None:
    assert sorted(path.name for path in completions.FOLDER.iterdir()) == [f"review-lint.{shell}" for shell in SHELLS]


@pytest.mark.parametrize("words", [["completion"], ["completion", "csh"]])
def test_another_shell_is_answered_with_those_that_there_are(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "SHELL" in captured.err


def test_the_manual_page_is_that_of_todays_parser() -> None:
    assert man_page.FILE.read_text(encoding="utf-8") == man_page.page(), MAKE


def test_the_manual_page_has_a_section_for_every_command() -> None:
    page = man_page.page()
    for name in COMMANDS:
        assert _heading(name) in page


@pytest.mark.parametrize(
    "command",
    [["groff", "-man", "-ww", "-z", "-Tutf8", "-k"], ["mandoc", "-T", "lint", "-W", "error"]],
    ids=lambda command: command[0],
)
def test_formatters_find_nothing_wrong_with_the_manual_page(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"needs {command[0]}: apt-get install {command[0]}")
    said = subprocess.run([*command, str(man_page.FILE)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_the_manual_page_reads_as_the_help_does() -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("needs mandoc: apt-get install mandoc")
    shown = subprocess.run(["mandoc", "-T", "ascii", str(man_page.FILE)], capture_output=True, text=True, check=True)
    text = " ".join(re.sub(".\b", "", shown.stdout).split())
    assert "--staged The index as it will be committed; only changed files. --from-ref A " in text
    assert "completion SHELL Print the script " in text


def _heading(name: str) -> str:
    return ".SS \\fB" + name.replace("-", "\\-") + "\\fR"
