"""A small runner for composite actions: the steps of an action.yml, run with the environment that GitHub documents
(https://docs.github.com/en/actions/reference/workflows-and-actions/variables). Steps that use other actions are noted
instead of run.
"""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Outcome(NamedTuple):
    """How the action ended: the exit code of the step that failed, else 0, what all steps printed, the outputs, the
    summary of the job, and by the action that it uses what each other step was given.
    """

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str
    used: Mapping[str, Mapping[str, str]]


class Runner:
    """A runner with a temporary folder and a workspace, which is where the repository is checked out."""

    def __init__(self, action: Path, folder: Path) -> None:
        self.action = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
        self.temp, self.workspace = folder / "_temp", folder / "workspace"
        self.temp.mkdir(parents=True, exist_ok=True)
        self._github = {"action_path": str(action), "workspace": str(self.workspace)}
        self._files = {name: folder / name for name in ("GITHUB_EVENT_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}

    def run(
        self,
        event_name: str,
        event: Mapping[str, Any],
        inputs: Mapping[str, str] | None = None,
        skip: str = "",
        **variables: str,
    ) -> Outcome:
        """Run the action, less the step of the name `skip`, on an event; `variables` are those of its environment."""
        contexts = self._contexts(event, inputs or {})
        base = self._environment(event_name, variables)
        code, log, used = 0, "", {}
        for step in self.action["runs"]["steps"]:
            if step["name"] == skip or not _is_due(step, code, contexts):
                continue
            if "uses" in step:
                used[step["uses"]] = {name: filled(value, contexts) for name, value in step["with"].items()}
                continue
            result = self._step(step, contexts, base)
            code, log = code or result.returncode, log + result.stdout
            contexts["steps"][step.get("id", "")] = {"outputs": self._outputs()}
        outputs = {name: filled(given["value"], contexts) for name, given in self.action["outputs"].items()}
        return Outcome(code, log, outputs, self._files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8"), used)

    def _contexts(self, event: Mapping[str, Any], inputs: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """What expressions speak of before any step has run; the files of the job are new."""
        for file in self._files.values():
            file.write_text("")
        self._files["GITHUB_EVENT_PATH"].write_text(json.dumps(event))
        defaults = {name: str(given["default"]) for name, given in self.action["inputs"].items()}
        return {"github": {**self._github, "event": event}, "inputs": {**defaults, **inputs}, "steps": {}}

    def _environment(self, event_name: str, variables: Mapping[str, str]) -> dict[str, str]:
        given = {"GITHUB_ACTIONS": "true", "CI": "true", "GITHUB_EVENT_NAME": event_name, "GITHUB_BASE_REF": ""}
        places = {"RUNNER_TEMP": str(self.temp), "GITHUB_WORKSPACE": str(self.workspace)}
        files = {name: str(path) for name, path in self._files.items()}
        return {**os.environ, **given, **places, **files, **variables}

    def _step(
        self, step: Mapping[str, Any], contexts: Mapping[str, Any], base: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """Run a step as GitHub does that says `shell: bash`."""
        assert step["shell"] == "bash"
        self._files["GITHUB_OUTPUT"].write_text("")
        script = self.temp / "step.sh"
        script.write_text(filled(step["run"], contexts), encoding="utf-8")
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.workspace / filled(step.get("working-directory", "."), contexts),
            env={**base, **{name: filled(value, contexts) for name, value in step.get("env", {}).items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _outputs(self) -> dict[str, str]:
        lines = self._files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)


def scripts(action: Path) -> dict[str, str]:
    """The scripts of an action by the names of their steps."""
    steps = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    return {step["name"]: step["run"] for step in steps if "run" in step}


def filled(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions evaluated."""
    return EXPRESSION.sub(lambda found: _text(evaluated(found[1], contexts)), text)


def truth(condition: str, contexts: Mapping[str, Any]) -> bool:
    """Whether a condition holds, which may do without the braces of expressions."""
    return bool(evaluated(EXPRESSION.sub(r"\1", condition), contexts))


def evaluated(expression: str, contexts: Mapping[str, Any]) -> Any:
    """The value of an expression of the few kinds that the action has: nothing is in parentheses, no text holds an
    operator.
    """
    text = expression.strip()
    if " && " in text:
        return all(evaluated(part, contexts) for part in text.split(" && "))
    for operator, wants_equal in ((" == ", True), (" != ", False)):
        if operator in text:
            left, right = (_text(evaluated(part, contexts)) for part in text.split(operator))
            return (left == right) is wants_equal
    if text == "!cancelled()":
        return True
    return text[1:-1] if text.startswith("'") else _looked_up(text, contexts)


def _looked_up(name: str, contexts: Mapping[str, Any]) -> Any:
    """The value of a name with dots, None where there is none."""
    assert re.fullmatch(r"[\w.-]+", name), name
    value: Any = contexts
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _is_due(step: Mapping[str, Any], code: int, contexts: Mapping[str, Any]) -> bool:
    """Whether a step runs: without a condition, unless one before it has failed."""
    return truth(step["if"], contexts) if "if" in step else code == 0


def _text(value: Any) -> str:
    return "" if value is None else str(value)
