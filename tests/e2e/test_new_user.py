"""A new user's way on a clean machine: nothing but Python, git and the wheel, an empty home, no name told to git yet.

Each step goes on where the one before it stopped.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.output import FORMATS
from tests.support.code import function
from tests.support.walkthrough import Terminal

START = {
    "README.md": "# Sketchpad\n\nLets two people draw on the same page at once.\n",
    "draw.py": function("draw", 12),
    "tests/test_draw.py": "from draw import draw\n\n\ndef test_draw():\n    assert draw(99) == 99\n",
}
COMMIT = "git commit --quiet --message"


@pytest.fixture
def terminal(tmp_path: Path, wheel: zipfile.Path) -> Iterator[Terminal]:
    """A terminal in the user's repository, after the installation."""
    home = tmp_path / "home"
    with Terminal(home, Path(str(wheel.root.filename)), None) as terminal:
        (home / ".gitconfig").unlink()
        for line in (
            "python3 -m venv tools",
            "tools/bin/pip install --quiet THE-ADDRESS-OF-THIS-REPOSITORY",
            'export PATH="$PWD/tools/bin:$PATH"',
            "git init --quiet --initial-branch main sketchpad",
            "cd sketchpad",
        ):
            assert terminal.say(line) == ""
        for path, text in START.items():
            write(terminal, path, text)
        yield terminal


def write(terminal: Terminal, path: str, text: str) -> None:
    file = terminal.home / "sketchpad" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)


def code(terminal: Terminal, command: str) -> int:
    """The exit code of a command."""
    return int(terminal.say(f"{command} >/dev/null 2>&1; echo $?"))


def before_there_is_a_file_it_says_how_to_get_one(terminal: Terminal) -> None:
    said = terminal.say("review-lint")
    assert "RL005" in said
    assert "review-lint init" in said


def a_first_file_is_written_and_passes(terminal: Terminal) -> None:
    assert "REVIEW.yaml is written" in terminal.say("review-lint init")
    assert terminal.say("review-lint").splitlines()[-1].startswith("passed: ")


def the_hook_lets_the_first_commit_through(terminal: Terminal) -> None:
    assert "/home/ada/sketchpad/.git/hooks/pre-commit" in terminal.say("review-lint install-hook")
    terminal.say("git config user.name Ada; git config user.email ada@example.org; git add .")
    assert "passed: " in terminal.say(f"{COMMIT} Start")
    assert terminal.say("git status --short") == ""


def a_commit_is_refused_with_the_place_the_line_and_what_to_do(terminal: Terminal) -> None:
    review = (terminal.home / "sketchpad" / "REVIEW.yaml").read_text()
    write(terminal, "REVIEW.yaml", review.replace("kind:", "knid:", 1))
    write(terminal, "draw.py", function("draw", 16))
    assert code(terminal, f"git add . && {COMMIT} Worse") == 1
    said = terminal.say(f"{COMMIT} Worse")
    assert re.search(r"^REVIEW\.yaml:\d+:1: RL006 ", said, re.MULTILINE)
    assert "did you mean `kind`?" in said
    assert "draw.py:1:1: RL802 the cyclomatic complexity of `draw` rose from 12 to 16; the limit is 15" in said
    assert "move at least one decision point" in said
    assert terminal.say("git log --format=%s") == "Start\n"


def each_code_that_was_named_can_be_explained(terminal: Terminal) -> None:
    codes = set(re.findall(r"\bRL\d{3}\b", terminal.say("review-lint --staged")))
    assert codes >= {"RL006", "RL802"}
    for rule in codes:
        said = terminal.say(f"review-lint explain {rule}")
        assert "Why it matters" in said
        assert "Remedy" in said


def one_is_fixed_by_the_tool_the_other_by_hand_and_the_commit_passes(terminal: Terminal) -> None:
    assert "fixed" in terminal.say("review-lint fix")
    write(terminal, "draw.py", function("draw", 15))
    terminal.say("git add .")
    assert "passed: " in terminal.say(f"{COMMIT} Better")
    assert terminal.say("git log --format=%s") == "Better\nStart\n"


def it_is_well(terminal: Terminal) -> None:
    assert code(terminal, "review-lint doctor") == 0


def a_push_to_a_server_that_asks_too(terminal: Terminal) -> None:
    terminal.say("git clone --quiet --bare . ../server.git; git remote add origin ../server.git")
    assert "pre-receive" in terminal.say("review-lint install-hook ../server.git")
    write(terminal, "bad.py", function("bad", 16))
    terminal.say(f"git add . && {COMMIT} Bad --no-verify")
    said = terminal.say("git push origin main")
    assert "bad.py:1:1: RL801 " in said
    assert "rejected" in said
    terminal.say("git reset --quiet --hard HEAD~1")
    write(terminal, "good.py", function("good", 3))
    terminal.say(f"git add . && {COMMIT} Good")
    assert code(terminal, "git push origin main") == 0


def a_pipeline_reads_every_format_of_what_the_branch_brought(terminal: Terminal) -> None:
    wanted = " ".join(f"--format {name}={name}.out" for name in FORMATS)
    assert code(terminal, f"review-lint --from-ref main~2 --to-ref main {wanted}") == 0
    assert terminal.say("ls *.out; rm *.out").split() == sorted(f"{name}.out" for name in FORMATS)


def a_report_for_programs(terminal: Terminal) -> None:
    report = json.loads(terminal.say("review-lint --format json"))
    assert (report["status"], report["summary"]["errors"]) == ("passed", 0)


def what_is_not_installed_is_named_with_its_command(terminal: Terminal) -> None:
    said = terminal.say('review-lint scan .; echo "exit code $?"')
    assert "pip install" in said
    assert said.endswith("exit code 2\n")


def the_hook_goes_without_a_trace(terminal: Terminal) -> None:
    terminal.say("review-lint install-hook --uninstall")
    write(terminal, "bad.py", function("bad", 16))
    assert code(terminal, f"git add . && {COMMIT} Bad") == 0
    assert terminal.say("ls .git/hooks | grep -v sample") == ""


WAY = (
    before_there_is_a_file_it_says_how_to_get_one,
    a_first_file_is_written_and_passes,
    the_hook_lets_the_first_commit_through,
    a_commit_is_refused_with_the_place_the_line_and_what_to_do,
    each_code_that_was_named_can_be_explained,
    one_is_fixed_by_the_tool_the_other_by_hand_and_the_commit_passes,
    it_is_well,
    a_push_to_a_server_that_asks_too,
    a_pipeline_reads_every_format_of_what_the_branch_brought,
    a_report_for_programs,
    what_is_not_installed_is_named_with_its_command,
    the_hook_goes_without_a_trace,
)


def test_the_way(terminal: Terminal) -> None:
    for step in WAY:
        step(terminal)
