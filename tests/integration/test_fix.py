"""`review-lint fix` and `migrate` in real repositories: what they write, show, say and leave alone."""

import errno
import os
import stat
from pathlib import Path

import pytest

from linter.adapters.files import WriteError, replace_files
from linter.cli.main import main
from linter.model.edit import Rewrite
from tests.support.cli import review_lint
from tests.support.code import function
from tests.support.policies import SMALL
from tests.support.repository import Repository
from tests.support.reviews import review

IGNORE = "  # review-lint: ignore[RL802] one case per country"
NEEDLESS = function("f", 3).replace(":\n", f":{IGNORE}\n", 1)
MISSPELT = review(changes={"version: 1": "version: 0", "actor: two": "acter: two"})


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": MISSPELT, "a.py": NEEDLESS})
    return repository


def contents(repository: Repository) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(repository.path.iterdir()) if path.is_file()}


class TestFix:
    def test_it_writes_and_says_what_and_what_is_left(self, repository: Repository) -> None:
        repository.write("b.py", "def g(:\n")
        (repository.path / "a.py").chmod(0o750)
        ran = review_lint(repository.path, "fix")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == (
            "REVIEW.yaml:1:10: RL010 version 0 is the draft of the format (fixed: now 1)\n"
            "REVIEW.yaml:10:27: RL006 `acter` is no key of an item of `use_cases` (fixed: renamed to actor)\n"
            "a.py:1:12: RL810 inline ignore hides nothing any more: `f` is within its limits (complexity 3 of 15) "
            "(fixed: taken away)\n"
            "3 fixed; afterwards: 1 error (`review-lint` shows them)\n"
            "next: git add REVIEW.yaml a.py\n"
        )
        assert contents(repository) == {
            "REVIEW.yaml": review().encode(),
            "a.py": function("f", 3).encode(),
            "b.py": b"def g(:\n",
        }
        assert stat.S_IMODE((repository.path / "a.py").stat().st_mode) == 0o750

    def test_a_second_time_there_is_nothing_to_fix(self, repository: Repository) -> None:
        assert review_lint(repository.path, "fix").code == 0
        before = contents(repository)
        ran = review_lint(repository.path, "fix")
        assert (ran.code, ran.out) == (0, "nothing to fix; afterwards: no findings\n")
        assert contents(repository) == before

    def test_a_difference_is_shown_and_can_be_applied(self, repository: Repository) -> None:
        before = contents(repository)
        shown = review_lint(repository.path, "fix", "--diff")
        assert shown.code == 1
        assert shown.err.count("would be fixed") == 4
        assert contents(repository) == before
        repository.git("apply", input=shown.out)
        applied = contents(repository)
        repository.git("checkout", ".")
        assert review_lint(repository.path, "fix").code == 0
        assert contents(repository) == applied
        ran = review_lint(repository.path, "fix", "--diff")
        assert (ran.code, ran.out) == (0, "")

    def test_a_difference_is_exact_whatever_the_encodings(self, repository: Repository) -> None:
        old = b"# coding: latin-1\ndef f():  # review-lint: ignore[RL802] caf\xe9 of old\n    return 1  # \xe9\n"
        repository.commit_files({"\u00fc b.py": old})
        shown = review_lint(repository.path, "fix", "--diff", "--select", "RL810", env={"LC_ALL": "C"})
        repository.git("apply", input=os.fsencode(shown.out))
        assert (repository.path / "\u00fc b.py").read_bytes() == (
            b"# coding: latin-1\ndef f():\n    return 1  # \xe9\n"
        )

    def test_texts_are_named_in_quotes(self, repository: Repository) -> None:
        repository.write("REVIEW.yaml", review("tags: [no]\n", {"kind: app": "kind: ap"}))
        ran = review_lint(repository.path, "fix", "--diff", "--select", "RL003,RL008")
        assert '(would be fixed: now "no")' in ran.err
        assert '(would be fixed: now "app")' in ran.err

    def test_only_what_is_selected(self, repository: Repository) -> None:
        assert review_lint(repository.path, "fix", "--select", "RL8").code == 0
        assert contents(repository) == {"REVIEW.yaml": MISSPELT.encode(), "a.py": function("f", 3).encode()}
        assert review_lint(repository.path, "fix", "--ignore", "RL006").code == 0
        assert contents(repository)["REVIEW.yaml"] == review(changes={"actor: two": "acter: two"}).encode()

    def test_what_a_policy_asks_for_counts(self, repository: Repository, tmp_path: Path) -> None:
        needed = function("f", 13).replace(":\n", f":{IGNORE}\n", 1)
        policy = tmp_path / "policy.yaml"
        policy.write_text(SMALL + "limits: {cyclomatic_complexity: 12}\n")
        repository.commit_files({"REVIEW.yaml": review(), "a.py": needed})
        assert review_lint(repository.path, "fix", "--diff").code == 1
        assert review_lint(repository.path, "fix", "--diff", "--policy", str(policy)).code == 0

    def test_the_day_counts(self, repository: Repository) -> None:
        waiver = (
            "waivers:\n  - {id: w, rules: [RL304], kind: deferred, reason: The lab is free again in May., "
            'owner: "@a", approved_by: "@b", created: 2026-01-01, expires: 2026-05-01}\n'
        )
        repository.commit_files({"REVIEW.yaml": review(waiver), "a.py": "x = 1\n"})
        assert review_lint(repository.path, "fix", "--diff", "--today", "2026-05-02").code == 0
        assert review_lint(repository.path, "fix", "--today", "2026-05-01").code == 0
        assert contents(repository)["REVIEW.yaml"] == review().encode()

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_codes_that_do_not_exist(self, option: str, repository: Repository) -> None:
        ran = review_lint(repository.path, "fix", option, "RL00x")
        assert (ran.code, ran.out) == (2, "")
        assert "there is no rule RL00x" in ran.err

    def test_links_and_what_lies_outside_are_left_alone(self, repository: Repository, tmp_path: Path) -> None:
        outside = tmp_path / "outside.py"
        outside.write_text(NEEDLESS)
        (repository.path / "a.py").unlink()
        (repository.path / "a.py").symlink_to(outside)
        assert review_lint(repository.path, "fix").code == 0
        assert (repository.path / "a.py").is_symlink()
        assert outside.read_text() == NEEDLESS

    def test_what_is_not_checked_out_is_left_alone(self, repository: Repository) -> None:
        repository.commit_files({"deep/b.py": "x = 1\n"})
        repository.git("sparse-checkout", "set", "--no-cone", "/deep")
        ran = review_lint(repository.path, "fix")
        assert ran.code == 0
        assert "is not checked out here" in ran.out
        assert contents(repository) == {}

    def test_a_bare_repository(self, tmp_path: Path) -> None:
        bare = Repository(tmp_path / "bare.git", "--bare")
        for command in ("fix", "migrate"):
            ran = review_lint(bare.path, command)
            assert (ran.code, ran.out) == (2, "")
            assert "in a clone of it" in ran.err


class TestReplacingFiles:
    def test_all_or_none(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"1")
        (tmp_path / "b").write_bytes(b"2")
        rewrites = [Rewrite("a", b"1", b"one"), Rewrite("b", b"another", b"two")]
        with pytest.raises(WriteError, match="b has changed in the meantime"):
            replace_files(str(tmp_path), rewrites)
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"1", "b": b"2"}

    def test_what_was_replaced_already_is_put_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in "ab":
            (tmp_path / name).write_bytes(b"old")
        replace = os.replace

        def replace_all_but_b(source: str, target: str) -> None:
            if target.endswith("/b"):
                raise OSError(errno.EBUSY, "Device or resource busy")
            replace(source, target)

        monkeypatch.setattr(os, "replace", replace_all_but_b)
        with pytest.raises(WriteError, match=r"cannot write .*/b: Device or resource busy") as caught:
            replace_files(str(tmp_path), [Rewrite("a", b"old", b"new"), Rewrite("b", b"old", b"new")])
        assert caught.value.hint == "nothing was changed"
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old", "b": b"old"}

    @pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("a"), lambda path: None, os.mkfifo])
    def test_what_is_no_file_is_not_written(self, make: object, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"1")
        make(tmp_path / "b")  # type: ignore[operator]
        with pytest.raises(WriteError):
            replace_files(str(tmp_path), [Rewrite("a", b"1", b"one"), Rewrite("b", b"1", b"two")])
        assert (tmp_path / "a").read_bytes() == b"1"
        assert not list(tmp_path.glob("*.tmp"))


class TestMigrate:
    def test_it_writes_the_version_and_nothing_else(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "migrate")
        assert (ran.code, ran.out, ran.err) == (0, "REVIEW.yaml is of version 1 now\nnext: git add REVIEW.yaml\n", "")
        assert contents(repository)["REVIEW.yaml"] == MISSPELT.replace("version: 0", "version: 1").encode()

    def test_a_second_time_there_is_nothing_to_do(self, repository: Repository) -> None:
        assert review_lint(repository.path, "migrate").code == 0
        for option in ([], ["--diff"]):
            ran = review_lint(repository.path, "migrate", *option)
            assert ran.code == 0
            assert ran.out + ran.err == "nothing to do: no REVIEW.yaml here has an older version\n"

    def test_a_difference_is_shown_and_can_be_applied(self, repository: Repository) -> None:
        ran = review_lint(repository.path, "migrate", "--diff")
        assert ran.code == 1
        assert contents(repository)["REVIEW.yaml"] == MISSPELT.encode()
        repository.git("apply", input=ran.out)
        assert contents(repository)["REVIEW.yaml"] == MISSPELT.replace("version: 0", "version: 1").encode()

    def test_every_file_whatever_the_configuration_ignores(self, repository: Repository) -> None:
        repository.write("review-lint.toml", 'ignore = ["RL010"]\nexclude = ["old/**"]\n')
        repository.write("app/REVIEW.yaml", MISSPELT)
        repository.write("old/REVIEW.yaml", MISSPELT)
        ran = review_lint(repository.path, "migrate")
        assert ran.out.splitlines() == [
            "REVIEW.yaml is of version 1 now",
            "app/REVIEW.yaml is of version 1 now",
            "next: git add REVIEW.yaml app/REVIEW.yaml",
        ]
        assert (repository.path / "old/REVIEW.yaml").read_text() == MISSPELT

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            ("version: [\n", "app/REVIEW.yaml:2:1: "),
            (review(changes={"version: 1": "version: 7"}), "app/REVIEW.yaml:1:10: this review-lint reads version 1"),
            (MISSPELT + "name: twice\n", "app/REVIEW.yaml:13:1: the key `name`"),
        ],
    )
    @pytest.mark.parametrize("option", [[], ["--diff"]])
    def test_nothing_is_changed_where_one_file_cannot_be(
        self, content: str, reason: str, option: list[str], repository: Repository
    ) -> None:
        repository.write("app/REVIEW.yaml", content)
        ran = review_lint(repository.path, "migrate", *option)
        assert (ran.code, ran.out) == (2, "")
        assert reason in ran.err
        assert ran.err.count("\n") == 1
        assert contents(repository)["REVIEW.yaml"] == MISSPELT.encode()


def test_no_command_of_a_terminal_gets_into_a_difference(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("a.py", "y = '\x1b[2J'\n" + NEEDLESS)
    assert main(["fix", "--diff", str(repository.path)]) == 1
    assert "\x1b" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["fix", "--diff", str(repository.path)]) == 1
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out
    assert " y = '\\x1b[2J'\n" in captured.out
