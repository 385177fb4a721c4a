"""Every way a run can end, asked of the real command: its exit code, what it says on which stream, where reports go."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from linter.cli.main import COMMANDS, Parser, add_arguments
from tests.support.cli import START, review_lint
from tests.support.code import function
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

DAY = ("--today", "2026-01-01")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    return repository


def patched(repository: Repository, patch: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run review-lint with some of its own code replaced, as a bug in it would."""
    start = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); {patch}; {START}"
    command = [sys.executable, "-I", "-c", start, *arguments]
    return subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)


class TestVerdict:
    """0 and 1: whether something reaches the level from which findings fail the run."""

    def test_nothing_at_the_level_passes(self, repository: Repository) -> None:
        ran = review_lint(repository.path)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("passed: 1 advice")

    @pytest.mark.parametrize(
        ("complexity", "level", "code"),
        [
            (31, "error", 0),
            (31, "warning", 1),
            (31, "advice", 1),
            (30, "advice", 1),
            (30, "warning", 0),
            (40, "error", 1),
        ],
    )
    def test_the_level_decides(self, repository: Repository, complexity: int, level: str, code: int) -> None:
        repository.stage({"legacy.py": function("old", complexity) + "\n\nX = 1\n"})
        touched = (repository.path / "legacy.py").read_text().replace("return a", "return (a)")
        repository.stage({"legacy.py": touched})
        assert review_lint(repository.path, "--staged", "--fail-on", level).code == code

    def test_exit_zero_changes_only_the_exit_code(self, repository: Repository) -> None:
        repository.stage({"new.py": function("new", 16)})
        failed = review_lint(repository.path, "--staged", *DAY)
        assert failed.code == 1
        assert review_lint(repository.path, "--staged", "--exit-zero", *DAY) == (0, failed.out, failed.err)

    def test_the_command_may_be_left_out_and_the_folder_named(self, repository: Repository, tmp_path: Path) -> None:
        here = review_lint(repository.path)
        inner = repository.write("deep/er/note.txt").parent
        assert here.out == review_lint(repository.path, "check").out
        assert here.out == review_lint(tmp_path, "shop").out == review_lint(tmp_path, "check", "shop").out
        assert here.out.splitlines()[-1] in review_lint(inner).out.replace(" and 1 .txt file", "")


class TestNothingStaged:
    """A hook that has nothing to judge says so: in a pipeline it was probably meant to judge commits."""

    NOTE = "review-lint: nothing is staged; --from-ref and --to-ref, or --rev HEAD, judge what is committed\n"

    def test_it_is_said(self, repository: Repository) -> None:
        repository.write("new.py", function("new", 16))
        ran = review_lint(repository.path, "--staged")
        assert (ran.code, ran.err) == (0, self.NOTE)

    def test_what_is_staged_and_excluded_is_something(self, repository: Repository) -> None:
        repository.commit_files({"review-lint.toml": 'exclude = ["vendor/**"]\n'})
        repository.stage({"vendor/new.py": function("new", 16)})
        assert review_lint(repository.path, "--staged")[::2] == (0, "")

    def test_a_deletion_is_something(self, repository: Repository) -> None:
        repository.git("rm", "--quiet", "legacy.py")
        assert review_lint(repository.path, "--staged")[::2] == (0, "")


USAGE = [
    (["--stagged"], "unrecognized arguments: --stagged", "did you mean --staged?"),
    (["--xyz"], "unrecognized arguments: --xyz", "--help"),
    (["chekc"], "neither a command nor a folder chekc", "did you mean `check`"),
    (["help"], "neither a command nor a folder help", "--help"),
    (["check", "chekc"], "there is no folder chekc", "name a folder"),
    (["REVIEW.yaml"], "REVIEW.yaml is a file", "whole repositor"),
    (["--from-ref", "HEAD"], "--from-ref and --to-ref go together", "both ends"),
    (["--rev", "HEAD", "--staged"], "--rev judges one commit", "choose one"),
    (["--rev", "HEAD", "--from-ref", "HEAD", "--to-ref", "HEAD"], "--rev judges one commit", "choose one"),
    (["--rev", "nowhere"], "there is no commit nowhere", "git log"),
    (["--from-ref", "nowhere", "--to-ref", "HEAD"], "there is no commit nowhere", "git log"),
    (["--rev=--"], "--rev=-- gives no value", "--help"),
    (["--output=--"], "--output=-- gives no value", "--help"),
    (["--today", "2026-02-30"], "--today 2026-02-30 is no day", "YYYY-MM-DD"),
    (["--today", "tomorrow"], "--today tomorrow is no day", "YYYY-MM-DD"),
    (["--select", "RL810x"], "--select: there is no rule RL810x", ""),
    (["--select", "RL80I"], "--select: there is no rule RL80I", "did you mean RL801"),
    (["--ignore", "complexity"], "--ignore: there is no rule complexity", "review-lint rules"),
    (["--fail-on", "never"], "invalid choice: 'never'", "--help"),
    (["--format", "txt"], "unknown format 'txt'", "text, concise, json"),
    (["--format", "text", "--format", "json"], "two formats would go to one place", "--format json=report.json"),
    (["--format", "text=a", "--format", "json=./a"], "two formats would go to one place", "--format json=report.json"),
    (["--format", "json="], "--format json= names no file", "json=report.json"),
    (["--output", ""], "--output names no file", ""),
    (["--format", "json=a.json", "--output", "b"], "--output b is left without a format", "--format text"),
    (["--format", "json=no/such/folder/report.json"], "cannot write no/such/folder/report.json", "No such file"),
    (["--output", "."], "cannot write .", "directory"),
    (["explain", "RL9999"], "there is no rule RL9999", "review-lint rules"),
    (["schema", "reveiw"], "there is no schema 'reveiw'", "review"),
    (["rules", "--format", "yaml"], "invalid choice: 'yaml'", "--help"),
]


class TestUsage:
    """2: nothing on standard output, one line on standard error that says what is wrong and what to do."""

    @pytest.mark.parametrize(("arguments", "what", "hint"), USAGE, ids=[" ".join(case[0]) for case in USAGE])
    def test_wrong_usage_is_one_line(self, repository: Repository, arguments: list[str], what: str, hint: str) -> None:
        before = sorted(path.name for path in repository.path.iterdir())
        ran = review_lint(repository.path, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("review-lint: error: ")
        assert ran.err.count("\n") == 1
        assert what in ran.err
        assert hint in ran.err
        assert sorted(path.name for path in repository.path.iterdir()) == before

    def test_a_broken_configuration_is_one_line(self, repository: Repository) -> None:
        repository.write("review-lint.toml", 'selekt = ["RL8"]\n')
        ran = review_lint(repository.path)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "review-lint.toml" in ran.err
        assert "did you mean" in ran.err

    def test_foreign_text_stays_in_its_line(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "--rev", "no\n::error::such\x1b[31m")
        assert (ran.code, ran.err.count("\n")) == (2, 1)
        assert "\x1b" not in ran.err

    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["init", "-h"], ["--version"]])
    def test_help_is_no_error(self, repository: Repository, arguments: list[str]) -> None:
        ran = review_lint(repository.path, *arguments)
        assert (ran.code, ran.err) == (0, "")
        assert "review-lint" in ran.out


class TestInternalError:
    """A crash is never 0 and never 1."""

    BUG = "import linter.cli.check as check; check.check_repo = lambda *_: 1 / 0"
    LATE = (
        "import linter.output.text as text; text.render = lambda report, stream, options: [stream.write('half'), 1 / 0]"
    )

    @pytest.mark.parametrize("bug", [BUG, LATE], ids=["while judging", "while rendering"])
    def test_one_line_and_nothing_on_standard_output(self, repository: Repository, bug: str) -> None:
        ran = patched(repository, bug)
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.startswith("review-lint: internal error: ZeroDivisionError: division by zero (")
        assert "--verbose" in ran.stderr
        assert ran.stderr.count("\n") == 1

    @pytest.mark.parametrize("name", [name for name in COMMANDS if name != "check"])
    def test_every_command_takes_verbose(self, name: str) -> None:
        parser = Parser()
        add_arguments(parser, name)
        assert "--verbose" in parser.format_usage()

    def test_verbose_adds_the_traceback(self, repository: Repository) -> None:
        ran = patched(repository, self.BUG, "--verbose")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert "Traceback (most recent call last):" in ran.stderr
        assert ran.stderr.endswith("ZeroDivisionError: division by zero\n")

    def test_no_report_replaces_an_older_one(self, repository: Repository) -> None:
        repository.write("report.txt", "old")
        assert patched(repository, self.LATE, "--output", "report.txt").returncode == 2
        assert (repository.path / "report.txt").read_text() == "old"


@pytest.mark.parametrize("word", ["##[error]x", "a##[add-mask]b"])
def test_no_word_in_an_error_commands_a_runner(repository: Repository, word: str) -> None:
    repository.write("review-lint.toml", f'"{word}" = 1\n')
    for arguments in ([], ["--rev", word], [word], ["--format", word], ["--policy", word]):
        ran = review_lint(repository.path, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "##\\x5b" in ran.err
        assert "##[" not in ran.err


INTERRUPTING = f"""
import sys
class Finder:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
sys.path.insert(0, {str(PROJECT)!r})
from linter.__main__ import main
sys.argv[1:] = []
sys.exit(main())
"""


@pytest.mark.parametrize("module", ["linter.cli.main", "argparse", "linter.cli.check", "linter.output.text"])
def test_an_interrupt_while_loading_ends_with_130(repository: Repository, module: str) -> None:
    command = [sys.executable, "-I", "-c", INTERRUPTING.replace("sys.argv[1]", repr(module), 1)]
    ran = subprocess.run(command, cwd=repository.path, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout) == (130, b"")
    assert ran.stderr in (b"", b"review-lint: interrupted\n")


def test_an_interrupt_ends_with_130(repository: Repository) -> None:
    os.mkfifo(repository.path / "pipe")
    command = [
        sys.executable,
        "-I",
        "-c",
        START,
        "--format",
        "json=report.json",
        "--output",
        "pipe",
        "--format",
        "text",
    ]
    with subprocess.Popen(command, cwd=repository.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while not (repository.path / "report.json").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"review-lint: interrupted\n")


class TestReports:
    """Where reports go."""

    def test_each_format_to_its_place(self, repository: Repository) -> None:
        formats = ["--format", "text", "--format", "json=report.json", "--format", "concise=concise.txt"]
        ran = review_lint(repository.path, "--rev", "HEAD", "--verbose", *formats)
        assert "passed: 1 advice" in ran.out
        assert json.loads((repository.path / "report.json").read_text())["status"] == "passed"
        assert (repository.path / "concise.txt").read_text().startswith("legacy.py:1:1: RL803 ")

    def test_output_takes_the_format_without_a_file(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "--format", "json", "--output", "out.json", "--format", "text=out.txt")
        assert (ran.code, ran.out) == (0, "")
        assert json.loads((repository.path / "out.json").read_text())["version"] == 1
        assert (repository.path / "out.txt").read_text().startswith("passed")

    def test_a_report_replaces_the_one_before_and_leaves_nothing_beside(self, repository: Repository) -> None:
        for _ in range(2):
            assert review_lint(repository.path, "--output", "report.txt").code == 0
        assert sorted(path.name for path in repository.path.iterdir()) == [
            ".git", "REVIEW.yaml", "legacy.py", "report.txt",
        ]  # fmt: skip
        assert (repository.path / "report.txt").read_text().count("passed") == 1

    def test_files_are_written_before_standard_output(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "--format", "text", "--format", "json=no/such/folder/report.json")
        assert (ran.code, ran.out) == (2, "")

    # No test names a device in /dev: run by root, a writer that replaces files would replace it for the whole machine.
    def test_standard_output_by_another_name(self, repository: Repository, tmp_path: Path) -> None:
        link = tmp_path / "stdout"
        link.symlink_to("/proc/self/fd/1")
        expected = review_lint(repository.path).out
        for place in (link, Path("/proc/self/fd/1")):
            assert review_lint(repository.path, "--output", str(place)).out == expected
        assert link.is_symlink()

    def test_a_device_is_written_into(self, repository: Repository) -> None:
        shown, terminal = os.openpty()
        try:
            ran = review_lint(repository.path, "--output", os.ttyname(terminal))
            assert (ran.code, ran.out) == (0, "")
            assert os.read(shown, 1000).startswith(b"passed")
        finally:
            os.close(shown)
            os.close(terminal)

    def test_a_pipe_is_written_into(self, repository: Repository) -> None:
        pipe = repository.path.parent / "pipe"
        os.mkfifo(pipe)
        read: list[str] = []
        reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
        reader.start()
        assert review_lint(repository.path, "--output", str(pipe)).code == 0
        reader.join(timeout=30)
        assert read[0].startswith("passed")
        assert pipe.is_fifo()

    def test_a_link_is_written_through(self, repository: Repository, tmp_path: Path) -> None:
        target, link = tmp_path / "report.txt", tmp_path / "link.txt"
        target.write_text("an older and much longer report\n" * 100)
        link.symlink_to(target)
        assert review_lint(repository.path, "--output", str(link)).code == 0
        assert link.is_symlink()
        assert target.read_text() == review_lint(repository.path).out

    def test_a_full_device_is_one_line(self, repository: Repository) -> None:
        command = [sys.executable, "-I", "-W", "error", "-c", START]
        with open("/dev/full", "w") as full:
            ran = subprocess.run(
                command, cwd=repository.path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert ran.returncode == 2
        assert ran.stderr == "review-lint: error: cannot write to standard output: No space left on device\n"

    def test_quiet_leaves_the_findings(self, repository: Repository) -> None:
        assert review_lint(repository.path, "--quiet").out == ""
        repository.stage({"new.py": function("new", 16)})
        quiet = review_lint(repository.path, "--staged", "--quiet").out
        assert quiet.startswith("new.py:1:1: RL801 ")
        assert "analysed" not in quiet

    def test_what_is_counted_is_listed_when_asked(self, repository: Repository) -> None:
        assert "RL803 `old`" not in review_lint(repository.path).out
        assert "RL803 `old`" in review_lint(repository.path, "--verbose").out

    def test_what_is_suppressed_is_listed_when_asked(self, repository: Repository) -> None:
        text = function("new", 16).replace(":\n", ":  # review-lint: ignore[RL801] one case for each colour\n", 1)
        repository.stage({"new.py": text})
        plain, shown = (review_lint(repository.path, "--staged", *flag) for flag in ([], ["--show-suppressed"]))
        assert (plain.code, shown.code) == (0, 0)
        assert "RL801" not in plain.out
        assert "1 suppressed" in plain.out
        assert "one case for each colour" in shown.out

    def test_metrics_are_for_programs(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "--format", "json", "--metrics")
        (figures,) = ran.report["metrics"]
        assert {function["symbol"]: function["complexity"] for function in figures["functions"]}["old"] == 30
        assert "metrics" not in review_lint(repository.path, "--format", "json").report


class TestGoneReaders:
    """`review-lint | head`: the verdict stands whoever listens, and nobody is told about broken pipes."""

    COMMANDS = (
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["rules"],
        ["explain", "RL801"],
        ["schema"],
        ["install-hook", "--uninstall"],
    )

    @pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
    def test_what_is_printed_in_vain(self, repository: Repository, arguments: list[str]) -> None:
        assert self.run(repository, arguments, "stdout") == (0, b"")

    @pytest.mark.parametrize(("limit", "code"), [("50", 0), ("10", 1)])
    def test_the_verdict_stands(self, repository: Repository, limit: str, code: int) -> None:
        repository.write(
            "REVIEW.yaml", review(f"simplicity: {{mode: absolute, limits: {{cyclomatic_complexity: {limit}}}}}\n")
        )
        assert self.run(repository, [], "stdout") == (code, b"")
        assert self.run(repository, ["--format", "json"], "stdout") == (code, b"")
        assert self.run(repository, ["--output", "/proc/self/fd/1"], "stdout") == (code, b"")

    def test_of_errors(self, repository: Repository) -> None:
        assert self.run(repository, ["--stagged"], "stderr") == (2, b"")
        assert self.run(repository, ["--stagged", "--verbose"], "stderr") == (2, b"")

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, repository: Repository, closed: str) -> None:
        repository.write("new.py", function("new", 16))
        for arguments, code in (("", 1), ("--rev HEAD", 0), ("--stagged", 2)):
            line = f'exec "$0" -I -W error -c "$1" {arguments} {closed}'
            command = ["sh", "-c", line, sys.executable, START]
            ran = subprocess.run(command, cwd=repository.path, capture_output=True, check=False, timeout=60)
            assert ran.returncode == code
            assert b"Traceback" not in ran.stderr
            assert b"error" not in ran.stdout or code != 2

    def run(self, repository: Repository, arguments: list[str], stream: str) -> tuple[int, bytes]:
        """The exit code, and what the other stream gets when nobody reads this one."""
        reading, writing = os.pipe()
        os.close(reading)
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: writing}
        command = [sys.executable, "-I", "-W", "error", "-c", START, *arguments]
        with subprocess.Popen(command, cwd=repository.path, **streams) as process:  # type: ignore[call-overload]
            os.close(writing)
            out, err = process.communicate(timeout=60)
        return process.returncode, err if stream == "stdout" else out
