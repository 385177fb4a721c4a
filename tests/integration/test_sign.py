"""`review-lint sign` in real repositories: what it writes, what it refuses, and what the check makes of it."""

import subprocess
from pathlib import Path

import pytest

from tests.support.cli import Ran, check, review_lint
from tests.support.repository import Repository
from tests.support.reviews import review

DAY = ("--today", "2026-01-01")
CITING = review(changes={"planning:\n": "planning:\n  architecture_diagram: docs/diagram.mmd\n"})
ENTRY = """\
reviews:
  - sections: [clarity]
    by: "@grace"
    role: qa
    signed_on: "2026-01-01"
    verdict: approved
    digest: sha256:"""


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "shop")
    repository.commit_files({"REVIEW.yaml": CITING, "docs/diagram.mmd": "graph TD; a-->b\n"})
    return repository


def sign(repository: Repository, *arguments: str, by: str = "@grace") -> Ran:
    return review_lint(repository.path, "sign", *arguments, "--by", by, *DAY)


def written(repository: Repository, path: str = "REVIEW.yaml") -> str:
    return (repository.path / path).read_bytes().decode()


class TestSigning:
    def test_an_entry_is_added_and_the_next_step_told(self, repository: Repository) -> None:
        ran = sign(repository, "clarity", "--role", "qa")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "REVIEW.yaml: clarity is signed by @grace as qa: approved\nnext: git add REVIEW.yaml\n"
        assert written(repository).startswith(CITING + ENTRY)
        assert written(repository).count("\n") == (CITING + ENTRY).count("\n") + 1

    def test_what_is_signed_holds_until_it_changes(self, repository: Repository) -> None:
        assert sign(repository, "planning", "clarity", "--role", "qa").code == 0
        repository.add()
        assert check(repository.path, "--staged").places == []
        repository.commit()
        repository.write("REVIEW.yaml", written(repository).replace("priority: must", "priority: should"))
        repository.write("docs/diagram.mmd", "graph TD; a-->c\n")
        found = check(repository.path, "--select", "RL902").report["findings"]
        assert [finding["message"] for finding in found] == [
            "the sign-off of `clarity` and `planning` by @grace (qa, 2026-01-01) is out of date: "
            "clarity.use_cases[draw-together].priority and `docs/diagram.mmd` changed since"
        ]
        repository.add()
        assert sign(repository, "planning", "clarity", "--role", "qa", by="@joan").code == 0
        assert check(repository.path).places == []

    def test_what_changed_is_known_where_the_product_has_moved(self, repository: Repository) -> None:
        assert sign(repository, "planning", "clarity", "--role", "qa").code == 0
        repository.add()
        repository.commit()
        for path in ("REVIEW.yaml", "docs"):
            repository.write("shop/.keep")
            repository.git("mv", path, f"shop/{path}")
        assert check(repository.path, "--select", "RL902").places == []
        moved = written(repository, "shop/REVIEW.yaml")
        repository.write("shop/REVIEW.yaml", moved.replace("two planners", "three planners"))
        (found,) = check(repository.path, "--select", "RL902").report["findings"]
        assert found["message"].endswith("is out of date: clarity.use_cases[draw-together].actor changed since")
        assert found["hint"].endswith(": review-lint sign clarity planning --role qa --path shop")

    def test_in_a_shallow_clone_it_is_not_known_which_of_several_sections_changed(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        sign(repository, "planning", "clarity", "--role", "qa")
        repository.add()
        repository.commit("Signed")
        repository.write("REVIEW.yaml", written(repository).replace("priority: must", "priority: should"))
        repository.add()
        sign(repository, "clarity", "--role", "qa")
        repository.add()
        repository.commit("Signed anew")
        assert check(repository.path, "--select", "RL902").places == []
        shallow = tmp_path / "shallow"
        repository.git("clone", "--quiet", "--depth", "1", f"file://{repository.path}", str(shallow))
        (finding,) = check(shallow, "--select", "RL902").report["findings"]
        assert finding["severity"] == "advice"
        assert "some of its sections were signed anew since" in finding["message"]

    def test_what_is_staged_is_signed_before_the_first_commit(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "new")
        repository.stage({"REVIEW.yaml": review()})
        assert sign(repository, "clarity", "--role", "qa").code == 0
        repository.add()
        assert check(repository.path, "--staged").places == []

    def test_a_file_with_sign_offs_in_brackets_and_without_a_last_line_break(self, repository: Repository) -> None:
        entry = "{sections: [planning], by: '@x', role: qa, signed_on: 2025-12-01, verdict: rejected, digest: %s}"
        text = f"{review()}reviews: [{entry % f'sha256:{0:064}'}]"
        repository.commit_files({"REVIEW.yaml": text})
        assert sign(repository, "clarity", "--role", "qa").code == 0
        assert written(repository).startswith(text[:-1] + ", {sections: [clarity],")
        assert not written(repository).endswith("\n")
        assert check(repository.path).places == []

    def test_line_endings_stay(self, repository: Repository) -> None:
        repository.commit_files({"REVIEW.yaml": CITING.replace("\n", "\r\n")})
        assert sign(repository, "planning", "--role", "qa").code == 0
        assert written(repository).replace("\r\n", "").count("\n") == 0
        repository.add()
        assert check(repository.path, "--staged").places == []

    def test_line_endings_that_git_converts_make_no_difference(self, repository: Repository) -> None:
        repository.git("config", "core.autocrlf", "true")
        repository.git("rm", "--cached", "-rq", ".")
        repository.git("reset", "--hard", "-q")
        assert "\r\n" in written(repository)
        assert sign(repository, "planning", "--role", "qa").code == 0
        repository.add()
        repository.commit()
        assert check(repository.path, "--rev", "HEAD").places == []

    def test_the_nearest_of_several_products(self, repository: Repository) -> None:
        inner = review(changes={"name: sketchpad": "name: notes"})
        repository.commit_files({"notes/REVIEW.yaml": inner, "notes/src/deep/a.txt": "x\n"})
        folder = repository.path / "notes/src/deep"
        ran = review_lint(folder, "sign", "clarity", "--role", "qa", "--by", "@grace", *DAY)
        assert ran.out.splitlines()[1] == "next: git add ../../REVIEW.yaml"
        assert written(repository) == CITING
        assert written(repository, "notes/REVIEW.yaml").startswith(inner + ENTRY)
        repository.git("checkout", ".")
        assert sign(repository, "clarity", "--role", "qa", "--path", "notes/REVIEW.yaml").code == 0
        assert written(repository, "notes/REVIEW.yaml").startswith(inner + ENTRY)

    def test_whoever_git_knows_signs(self, repository: Repository) -> None:
        repository.git("config", "user.email", "joan@example.org")
        assert review_lint(repository.path, "sign", "clarity", "--role", "qa").code == 0
        assert '    by: "joan@example.org"\n' in written(repository)

    def test_conditions_are_asked_for(self, repository: Repository) -> None:
        ran = sign(repository, "clarity", "--role", "qa", "--verdict", "conditional")
        assert "add `conditions` with `what` and `due`" in ran.out

    def test_a_difference_is_shown_and_can_be_applied(self, repository: Repository) -> None:
        shown = sign(repository, "clarity", "--role", "qa", "--diff")
        assert shown.code == 1
        assert shown.err == "REVIEW.yaml: clarity would be signed by @grace as qa: approved\n"
        assert written(repository) == CITING
        repository.git("apply", input=shown.out)
        applied = written(repository)
        repository.git("checkout", ".")
        assert sign(repository, "clarity", "--role", "qa").code == 0
        assert written(repository) == applied

    def test_what_is_signed_already_is_not_signed_again(self, repository: Repository) -> None:
        assert sign(repository, "clarity", "--role", "qa").code == 0
        before = written(repository)
        again = sign(repository, "clarity", "--role", "qa")
        assert (again.code, again.out) == (2, "")
        assert "just this is signed by @grace already (nothing was written)" in again.err
        assert written(repository) == before
        assert sign(repository, "clarity", "--role", "sre").code == 0

    def test_one_after_another_may_sign_before_anything_is_staged(self, repository: Repository) -> None:
        assert sign(repository, "clarity", "--role", "qa").code == 0
        assert sign(repository, "planning", "--role", "engineering", by="@joan").code == 0
        repository.add()
        assert check(repository.path, "--staged").places == []
        assert [line for line in written(repository).splitlines() if "by:" in line and "agreed" not in line] == [
            '    by: "@grace"',
            '    by: "@joan"',
        ]


class TestRefusals:
    """Nothing is written, and one line says what to do."""

    def refused(self, repository: Repository, *arguments: str, by: str = "@grace") -> str:
        before = {path: path.read_bytes() for path in repository.path.rglob("REVIEW.yaml")}
        ran = sign(repository, *arguments, by=by)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
        assert {path: path.read_bytes() for path in repository.path.rglob("REVIEW.yaml")} == before
        return ran.err

    def test_unstaged_changes_of_the_file(self, repository: Repository) -> None:
        repository.write("REVIEW.yaml", CITING.replace("priority: must", "priority: could"))
        said = self.refused(repository, "clarity", "--role", "qa")
        assert "REVIEW.yaml has changes that are not staged" in said

    @pytest.mark.parametrize("content", ["a: [", ""])
    def test_a_file_that_is_broken_since_it_was_staged(self, content: str, repository: Repository) -> None:
        repository.write("REVIEW.yaml", content)
        assert "not staged" in self.refused(repository, "clarity", "--role", "qa")

    def test_a_file_that_is_gone_since_it_was_staged(self, repository: Repository) -> None:
        (repository.path / "REVIEW.yaml").unlink()
        assert "not staged" in self.refused(repository, "clarity", "--role", "qa")

    @pytest.mark.parametrize("content", ["graph TD; a-->c\n", None])
    def test_unstaged_changes_of_what_is_cited(self, content: str | None, repository: Repository) -> None:
        if content:
            repository.write("docs/diagram.mmd", content)
        else:
            (repository.path / "docs/diagram.mmd").unlink()
        assert "docs/diagram.mmd" in self.refused(repository, "planning", "--role", "qa")
        assert sign(repository, "clarity", "--role", "qa").code == 0

    def test_what_is_cited_and_not_yet_known_to_git(self, repository: Repository) -> None:
        repository.git("rm", "--cached", "-q", "docs/diagram.mmd")
        assert "docs/diagram.mmd" in self.refused(repository, "planning", "--role", "qa")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["clarty", "--role", "qa"], "there is no section clarty (did you mean clarity?)"),
            (["clarity", "--role", "boss"], "there is no role boss (there are product, engineering"),
            (["clarity", "--role", "qa", "--verdict", "fine"], "there is no verdict fine (there are approved"),
            (["quality", "--role", "qa"], "REVIEW.yaml has no `quality`: there is nothing to sign"),
            (["clarity", "--role", "qa", "--path", "nowhere"], "nowhere"),
        ],
    )
    def test_what_does_not_exist(self, arguments: list[str], said: str, repository: Repository) -> None:
        assert said in self.refused(repository, *arguments)

    def test_the_product_owner(self, repository: Repository) -> None:
        said = self.refused(repository, "clarity", "--role", "product", by="Ada@example.org")
        assert "Ada@example.org is the product owner" in said

    def test_somebody_without_a_handle(self, repository: Repository) -> None:
        assert "expected a handle" in self.refused(repository, "clarity", "--role", "qa", by="Grace H")

    def test_a_file_that_cannot_be_read(self, repository: Repository) -> None:
        repository.stage({"REVIEW.yaml": CITING + "x: [\n"})
        assert "REVIEW.yaml:15:1: " in self.refused(repository, "clarity", "--role", "qa")

    def test_a_link(self, repository: Repository) -> None:
        (repository.path / "REVIEW.yaml").rename(repository.path / "real.yaml")
        (repository.path / "REVIEW.yaml").symlink_to("real.yaml")
        repository.add()
        assert "REVIEW.yaml is no file of its own" in self.refused(repository, "clarity", "--role", "qa")

    def test_a_file_that_git_does_not_know(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "new")
        assert "there is no REVIEW.yaml here" in self.refused(repository, "clarity", "--role", "qa")
        repository.write("REVIEW.yaml", review())
        assert "(git add REVIEW.yaml)" in self.refused(repository, "clarity", "--role", "qa")

    def test_a_bare_repository(self, tmp_path: Path) -> None:
        bare = Repository(tmp_path / "bare.git", "--bare")
        assert "sign in a clone of it" in self.refused(bare, "clarity", "--role", "qa")


def test_anybody_can_recompute_a_digest(repository: Repository) -> None:
    """By hand: the JSON of RFC 8785, in which keys are sorted and nothing stands between the tokens."""
    assert sign(repository, "planning", "--role", "qa").code == 0
    script = (
        'id=$(sha256sum < docs/diagram.mmd | cut -d" " -f1); '
        """printf '{"evidence":{"docs/diagram.mmd":"%s"},"sections":{"planning":"""
        """{"architecture_diagram":"docs/diagram.mmd","dependencies":[]}}}' "$id" | sha256sum | cut -d" " -f1"""
    )
    ran = subprocess.run(["sh", "-c", script], cwd=repository.path, capture_output=True, check=True, text=True)
    assert f"digest: sha256:{ran.stdout}" in written(repository)
