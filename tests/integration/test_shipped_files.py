"""What stands beside the program for others to read, held against the schemas and the linters of those others."""

import re
import shlex
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from linter.cli.hook import CALLS, script
from tests.support.actions import scripts
from tests.support.repository import PROJECT

pytestmark = pytest.mark.slow

SCRIPTS = Path(sysconfig.get_path("scripts"))
CONTAINERFILE = PROJECT / "Containerfile"
TEMPLATE = "ci/gitlab/review-lint.gitlab-ci.yml"


def run(program: str, *arguments: str, input: str | None = None) -> "subprocess.CompletedProcess[str]":
    command = [SCRIPTS / program, *arguments]
    return subprocess.run(command, cwd=PROJECT, input=input, capture_output=True, text=True, check=False)


def accepted(program: str, *arguments: str, input: str | None = None) -> None:
    result = run(program, *arguments, input=input)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", TEMPLATE)],
    ids=["github", "gitlab"],
)
def test_they_fit_the_schemas_of_the_forges(schema: str, path: str, tmp_path: Path) -> None:
    accepted("check-jsonschema", "--builtin-schema", schema, path)
    broken = tmp_path / "broken.yml"
    broken.write_text((PROJECT / path).read_text().replace("name: ", "nome: ").replace("script:", "skript:"))
    assert run("check-jsonschema", "--builtin-schema", schema, str(broken)).returncode == 1


def test_the_action_has_no_known_weakness(tmp_path: Path) -> None:
    accepted("zizmor", "--offline", "--persona", "pedantic", "action.yml")
    weak = tmp_path / "action.yml"
    weak.write_text((PROJECT / "action.yml").read_text().replace('"$OPTIONS"', '"${{ inputs.options }}"'))
    assert "template-injection" in run("zizmor", "--offline", str(weak)).stdout


def shell_scripts() -> Iterator[tuple[str, str, str]]:
    """Name, shell and text of every script that is shipped."""
    for name, text in scripts(PROJECT).items():
        yield f"action: {name}", "bash", text
    job = yaml.safe_load((PROJECT / TEMPLATE).read_text())["review-lint"]
    for part in ("before_script", "script"):
        yield f"gitlab: {part}", "sh", "\n".join(job[part])
    for name in CALLS:
        yield f"hook: {name}", "sh", script(name, "/opt/review lint/bin/review-lint")


@pytest.mark.parametrize(("shell", "text"), [case[1:] for case in shell_scripts()], ids=[c[0] for c in shell_scripts()])
def test_scripts_pass_shellcheck(shell: str, text: str) -> None:
    # In the hook of commits `$differs` is several words on purpose.
    accepted(
        "shellcheck", f"--shell={shell}", "--exclude=SC2086" if "$differs" in text else "--exclude=", "-", input=text
    )


def test_shellcheck_would_find_something() -> None:
    assert run("shellcheck", "--shell=sh", "-", input="rm $1\n").returncode == 1


def test_the_containerfile_passes_hadolint(tmp_path: Path) -> None:
    accepted("hadolint", str(CONTAINERFILE))
    root = tmp_path / "Containerfile"
    root.write_text(CONTAINERFILE.read_text().replace("USER 10001", "USER root"))
    assert "DL3002" in run("hadolint", str(root)).stdout


def test_the_container_runs_nobody_in_particular_and_trusts_what_is_mounted() -> None:
    text = CONTAINERFILE.read_text()
    assert re.search(r"^USER [1-9]\d+$", text, re.MULTILINE)
    assert "git config --system --add safe.directory '*'" in text
    assert 'ENTRYPOINT ["review-lint"]' in text


def copied() -> list[str]:
    """What the Containerfile takes from this project."""
    lines = re.findall(r"^COPY (?!--from)(.*)$", CONTAINERFILE.read_text(), re.MULTILINE)
    return [source for line in lines for source in shlex.split(line)[:-1]]


def test_only_what_the_container_copies_is_sent_to_the_engine() -> None:
    lines = (PROJECT / ".dockerignore").read_text().splitlines()
    assert lines[1] == "*"
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied())
    assert all((PROJECT / name).exists() for name in copied())


PAGE = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_tells_every_input_of_the_action_with_its_default() -> None:
    inputs = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    told = re.findall(r"^\| `([a-z-]+)` \| .* \| (.*) \|$", PAGE, re.MULTILINE)
    given = {name: str(entry["default"]) for name, entry in inputs.items()}
    assert {name: "" if default == "none" else default.strip("`") for name, default in told} == given


def test_the_examples_of_the_page_fit_the_schemas_of_the_forges(tmp_path: Path) -> None:
    workflow, job = EXAMPLES
    (tmp_path / "workflow.yml").write_text(workflow)
    accepted("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(tmp_path / "workflow.yml"))
    (tmp_path / "job.yml").write_text(job)
    accepted("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(tmp_path / "job.yml"))
    assert yaml.safe_load(job)["include"][0]["file"] == TEMPLATE
    assert set(yaml.safe_load(job)["variables"]) <= set(re.findall(r"\w+", (PROJECT / TEMPLATE).read_text()))
