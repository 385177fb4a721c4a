"""What the command makes of the machine and the repository it finds: locales, terminals, rights, odd repositories."""

import os
import pty
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import START, Ran, check, review_lint
from tests.support.code import function
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

UTF_8, BYTES = "gr\u00fcn.py", "\udcff.py"
NEW = ("--select", "RL801,RL803")
PLAIN = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Without these Python takes the locale C for UTF-8."""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": review(), "legacy.py": function("old", 30)}, "Start")
    return repository


@pytest.fixture(scope="session")
def latin_1(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a person in a locale with ISO-8859-1."""
    folder = tmp_path_factory.mktemp("locale")
    command = ["localedef", "-i", "en_US", "-f", "ISO-8859-1", str(folder / "en_US.ISO-8859-1")]
    if not shutil.which("localedef") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no such locale can be made here")
    return {**PLAIN, "LOCPATH": str(folder), "LC_ALL": "en_US.ISO-8859-1"}


def in_locale(folder: Path, locale: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run review-lint with Python's own variables, which `-I` would ignore."""
    command = [sys.executable, "-P", "-W", "error", "-c", START, *arguments]
    return subprocess.run(command, cwd=folder, env={**os.environ, **locale}, capture_output=True, check=False)


class TestLocale:
    @pytest.fixture(params=["ASCII", "ISO-8859-1"])
    def locale(self, request: pytest.FixtureRequest) -> dict[str, str]:
        if request.param == "ISO-8859-1":
            return dict(request.getfixturevalue("latin_1"))
        return {**PLAIN, "LC_ALL": "C"}

    @pytest.fixture
    def strange(self, repository: Repository) -> Repository:
        text = function("new", 16)
        texts = {UTF_8: text, BYTES: text, f"f\u00f6/{UTF_8}": text, "vendor/\u00fc.py": text, "l\u00efnk": text}
        repository.stage({"review-lint.toml": 'exclude = ["vendor/\u00fc*"]\n', **texts})
        (repository.path / "l\u00efnk").unlink()
        (repository.path / "l\u00efnk").symlink_to(UTF_8)
        repository.add()
        return repository

    @pytest.mark.parametrize("target", [["--staged"], [], ["--rev", "HEAD"], ["--rev", "gr\u00fcn"]], ids=" ".join)
    def test_paths_are_what_git_says_they_are(
        self, strange: Repository, target: list[str], locale: dict[str, str]
    ) -> None:
        if "--rev" in target:
            strange.commit()
            strange.git("branch", "gr\u00fcn")
        target = [*target, *NEW]
        expected = check(strange.path, *target)
        assert len(expected.places) >= 3, expected
        ran = in_locale(strange.path, locale, "--format", "json", "--today", "2026-01-01", *target)
        assert (ran.returncode, ran.stderr) == (expected.code, b"")
        assert Ran(0, ran.stdout.decode("ascii"), "").places == expected.places

    def test_what_cannot_be_written_is_escaped(self, strange: Repository, locale: dict[str, str]) -> None:
        streams = {**locale, "PYTHONIOENCODING": "ascii"}
        ran = in_locale(strange.path, streams, "--staged", "--format=concise", *NEW)
        paths = [line.partition(b":")[0] for line in ran.stdout.splitlines()]
        assert paths == [b"f\\xf6/gr\\xfcn.py", b"gr\\xfcn.py", b"\\xff.py"]

    def test_errors_can_be_read(self, strange: Repository, locale: dict[str, str]) -> None:
        ran = in_locale(strange.path, locale, "--rev", "gr\u00fcnlich")
        assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (2, b"", 1)
        assert ran.stderr.startswith(b"review-lint: error: there is no commit gr")

    def test_a_folder_of_any_name(self, tmp_path: Path, locale: dict[str, str]) -> None:
        for name in ("gr\u00fcn", "\udcff"):
            repository = Repository(tmp_path / name)
            repository.stage({"REVIEW.yaml": review(), UTF_8: "x = 1\n"})
            for target in ([], ["--staged"]):
                ran = in_locale(repository.path, locale, *target)
                assert (ran.returncode, ran.stderr) == (0, b"")

    def test_a_first_file(self, strange: Repository, locale: dict[str, str]) -> None:
        (strange.path / "REVIEW.yaml").unlink()
        assert in_locale(strange.path, locale, "init").returncode == 0
        assert review_lint(strange.path, "--select", "RL0").code == 0


class TestTerminal:
    """Colour is for terminals."""

    @pytest.mark.parametrize(
        ("env", "flags", "is_coloured"),
        [
            ({}, [], True),
            ({"NO_COLOR": "1"}, [], False),
            ({"NO_COLOR": ""}, [], True),
            ({"TERM": "dumb"}, [], False),
            ({"NO_COLOR": "1"}, ["--color", "always"], True),
            ({}, ["--color", "never"], False),
            ({}, ["--format", "json"], False),
        ],
    )
    def test_on_a_terminal(
        self, repository: Repository, env: dict[str, str], flags: list[str], is_coloured: bool
    ) -> None:
        repository.stage({"new.py": function("new", 16)})
        assert (b"\x1b[" in self.shown(repository, env, flags)) is is_coloured

    def test_elsewhere(self, repository: Repository) -> None:
        repository.stage({"new.py": function("new", 16)})
        assert "\x1b" not in review_lint(repository.path).out
        assert "\x1b[" in review_lint(repository.path, "--color", "always").out
        review_lint(repository.path, "--color", "always", "--output", "report.txt")
        assert "\x1b" not in (repository.path / "report.txt").read_text()

    def shown(self, repository: Repository, env: dict[str, str], flags: list[str]) -> bytes:
        screen, terminal = os.openpty()
        command = [sys.executable, "-I", "-c", START, "--staged", *flags]
        environment = {**os.environ, "TERM": "xterm", **env}
        with subprocess.Popen(command, cwd=repository.path, env=environment, stdout=terminal) as process:
            os.close(terminal)
            shown = b"".join(iter(lambda: _read(screen), b""))
        os.close(screen)
        assert process.returncode == 1
        return shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux ends a terminal so when nobody has it open any more
        return b""


class TestRights:
    @pytest.fixture
    def as_nobody(self) -> list[str]:
        """What to begin a command with so that the rights of files count for root too."""
        if os.geteuid():
            return []
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and setpriv is not here")
        return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]

    def run(self, before: list[str], repository: Repository, *arguments: str) -> Ran:
        command = [*before, sys.executable, "-I", "-W", "error", "-c", START, *arguments]
        ran = subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    @pytest.fixture
    def read_only(self, repository: Repository) -> Iterator[Repository]:
        repository.stage({"small.py": "x = 1\n"})
        places = [repository.path, *repository.path.rglob("*")]
        modes = {place: stat.S_IMODE(place.stat().st_mode) for place in places}
        for place, mode in modes.items():
            place.chmod(mode & ~0o222)
        yield repository
        for place, mode in modes.items():
            place.chmod(mode)

    @pytest.mark.parametrize("target", [["--staged"], [], ["--rev", "HEAD"]], ids=" ".join)
    def test_a_read_only_repository(self, read_only: Repository, as_nobody: list[str], target: list[str]) -> None:
        before = {path: path.lstat() for path in read_only.path.rglob("*")}
        assert self.run(as_nobody, read_only, *target)[::2] == (0, "")
        after = {path: path.lstat() for path in read_only.path.rglob("*")}
        assert {p: s.st_mtime_ns for p, s in after.items()} == {p: s.st_mtime_ns for p, s in before.items()}

    def test_reports_that_cannot_be_written(self, read_only: Repository, as_nobody: list[str]) -> None:
        ran = self.run(as_nobody, read_only, "--output", "report.txt")
        assert ran == (2, "", "review-lint: error: cannot write report.txt: Permission denied\n")

    def test_unreadable_files_are_findings(self, repository: Repository, as_nobody: list[str]) -> None:
        repository.write("closed.py").chmod(0)
        (repository.path / "REVIEW.yaml").chmod(0)
        ran = self.run(as_nobody, repository, "--format", "concise")
        assert (ran.code, ran.err) == (1, "")
        assert [line.split(" ")[:2] for line in ran.out.splitlines() if "Permission denied" in line] == [
            ["REVIEW.yaml:1:1:", "RL001"],
            ["closed.py:1:1:", "RL806"],
        ]

    def test_an_unreadable_index_ends_the_run(self, repository: Repository, as_nobody: list[str]) -> None:
        (repository.path / ".git/index").chmod(0)
        for target in ([], ["--staged"]):
            ran = self.run(as_nobody, repository, *target)
            assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
    def test_a_repository_of_somebody_else(self, repository: Repository) -> None:
        for path in (repository.path, repository.path / ".git"):
            os.chown(path, 12345, 12345)
        ran = review_lint(repository.path)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "if you trust it: git config --global --add safe.directory" in ran.err


class TestPlaces:
    @pytest.mark.parametrize("env", [{}, {"GIT_INDEX_FILE": ".git/index"}], ids=["plain", "in a hook"])
    def test_the_current_folder_is_gone(self, tmp_path: Path, env: dict[str, str]) -> None:
        script = 'mkdir gone && cd gone && rmdir ../gone && exec "$0" -P -W error -c "$1" "$2"'
        for argument in (".", "--staged", "--version"):
            command = ["sh", "-c", script, sys.executable, START, argument]
            ran = subprocess.run(
                command, cwd=tmp_path, env={**os.environ, **env}, capture_output=True, text=True, check=False
            )
            assert ran.returncode == (0 if argument == "--version" else 2)
            assert "Traceback" not in ran.stderr
            assert ran.stderr.count("\n") == ran.returncode // 2

    def test_no_repository(self, tmp_path: Path) -> None:
        ran = review_lint(tmp_path)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert "not a git repository" in ran.err
        assert "run review-lint inside a Git repository" in ran.err

    def test_a_bare_repository(self, repository: Repository, tmp_path: Path) -> None:
        repository.git("clone", "--quiet", "--bare", ".", "../bare.git")
        bare = tmp_path / "bare.git"
        assert check(bare, "--rev", "main").places == ["legacy.py:1:1: RL803 advice"]
        for target in (["--staged"], []):
            ran = review_lint(bare, *target)
            assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
            assert "use --rev" in ran.err

    def test_a_repository_without_commits(self, tmp_path: Path) -> None:
        empty = Repository(tmp_path / "empty")
        assert check(empty.path).places == ["REVIEW.yaml:1:1: RL005 error"]
        assert check(empty.path, "--staged").places == ["REVIEW.yaml:1:1: RL005 error"]
        for target in (["--rev", "HEAD"], ["--from-ref", "HEAD", "--to-ref", "HEAD"]):
            ran = review_lint(empty.path, *target)
            assert (ran.code, ran.out) == (2, "")
            assert ran.err.startswith("review-lint: error: there is no commit HEAD (")
        empty.stage({"REVIEW.yaml": review(), "new.py": function("new", 16)})
        assert check(empty.path, "--staged").places == ["new.py:1:1: RL801 error"]
        assert check(empty.path).places == ["new.py:1:1: RL801 error"]

    def test_a_submodule_is_somebody_elses(self, repository: Repository, tmp_path: Path) -> None:
        other = Repository(tmp_path / "other")
        other.commit_files({"bad.py": function("bad", 40), "REVIEW.yaml": "broken: ["})
        repository.git("submodule", "--quiet", "add", str(other.path), "lib/other")
        assert check(repository.path, "--staged").places == []
        repository.commit()
        for target in ([], ["--rev", "HEAD"]):
            assert check(repository.path, *target).places == ["legacy.py:1:1: RL803 advice"]

    @pytest.mark.parametrize("place", ["REVIEW.yaml", "api/REVIEW.yaml"])
    def test_a_linked_review_file_never_shows_where_it_leads(
        self, repository: Repository, tmp_path: Path, place: str
    ) -> None:
        secret = tmp_path / "secret"
        secret.write_text("password: [hunter2\n")
        link = repository.path / place
        link.unlink(missing_ok=True)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(secret)
        repository.add()
        for target in ([], ["--staged"], ["--verbose"], ["--format", "json"]):
            ran = review_lint(repository.path, *target)
            assert ran.code == 1
            assert "RL005" in ran.out
            assert "hunter2" not in ran.out + ran.err
        repository.commit()
        assert "hunter2" not in review_lint(repository.path, "--rev", "HEAD", "--format", "json").out

    def test_large_files_are_one_finding_each(self, repository: Repository) -> None:
        repository.stage({"REVIEW.yaml": review() + "#" * (257 << 10), "data.py": "x = 1\n" * (2 << 20)})
        for target in ([], ["--staged"]):
            found = [place for place in check(repository.path, *target).places if "RL803" not in place]
            assert found == ["REVIEW.yaml:1:1: RL001 error", "data.py:1:1: RL806 error"]


def test_the_modules_of_the_repository_are_not_imported(repository: Repository) -> None:
    trap = "raise SystemExit('imported from the linted repository')\n"
    for name in ("yaml", "radon", "jsonschema", "linter/__init__", "subprocess", "argparse", "ast"):
        repository.write(f"{name}.py", trap)
    start = f"import sys; sys.path.append({str(PROJECT)!r}); from linter.__main__ import main; sys.exit(main())"
    command = [sys.executable, "-P", "-c", start, "--metrics", "--format", "json"]
    ran = subprocess.run(command, cwd=repository.path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_in_a_folder_that_is_gone_other_folders_are_judged(repository: Repository, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = shlex.join([sys.executable, "-P", "-c", START, "--select", "RL8", str(repository.path), "--output"])
    script = f'cd "{gone}" && rmdir "{gone}" && '
    named = subprocess.run(["sh", "-c", f"{script}{command} {tmp_path}/report"], capture_output=True, check=False)
    assert (named.returncode, named.stderr) == (0, b"")
    gone.mkdir()
    relative = subprocess.run(["sh", "-c", f"{script}{command} report"], capture_output=True, check=False)
    assert (relative.returncode, relative.stderr.splitlines()[-1:]) == (
        2,
        [b"review-lint: error: cannot write report: No such file or directory"],
    )


def test_two_formats_do_not_meet_behind_a_link(repository: Repository) -> None:
    (repository.path / "link").symlink_to("report")
    ran = review_lint(repository.path, "--format", "text=report", "--format", "json=link")
    assert (ran.code, "two formats would go to one place" in ran.err) == (2, True)


def test_long_work_says_on_a_terminal_how_far_it_is(repository: Repository) -> None:
    repository.stage({f"m{number}.py": f"x{number} = 1\n" for number in range(3)})
    patient = "import linter.cli.console as c, linter.engine.code.measurements as m; c.PATIENCE, m.BATCH = -1, 1; "
    command = [sys.executable, "-I", "-c", START.replace("sys.argv[0]", patient + "sys.argv[0]"), "--staged"]
    own, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    ran = subprocess.run(
        command, cwd=repository.path, stdout=subprocess.PIPE, stderr=other, env=environment, check=True
    )
    os.close(other)
    said = os.read(own, 10_000).decode()
    os.close(own)
    assert "\rsources measured: 1 of 3\x1b[K" in said
    assert said.endswith("\r\x1b[K")
    assert b"measured" not in ran.stdout
