"""CI definitions: whether a file is one, and whether it has a job."""

from collections.abc import Iterable
from typing import Any

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.model.quote import listed, named
from linter.model.snapshot import Entry, UnreadableError
from linter.model.words import closest

_FOLDERS = (".github/workflows", ".gitea/workflows", ".forgejo/workflows")
_GITLAB_WORDS = frozenset(
    ("after_script", "before_script", "cache", "default", "image", "include", "services", "spec", "stages", "variables")
) | {"workflow"}
"""Top-level keys that are no jobs (https://docs.gitlab.com/ci/yaml/)."""


def check_workflow(entry: Entry) -> None:
    """Refuse a file that is no CI definition."""
    if not (_is_github(entry.path) or _is_gitlab(entry.path) or _is_jenkins(entry.path)):
        message = f"{named(entry.path)} is no GitHub workflow, no .gitlab-ci.yml and no Jenkinsfile"
        hint = "cite the definition of another system as `path`"
        raise RefusalError(Refusal(Flaw.HOLLOW, message, hint, key="workflow", evidence=entry.path))


def check_job(tree: Tree, entry: Entry, job: str) -> None:
    """Refuse a job that a CI definition does not have. A Jenkinsfile's stages are not looked up."""
    if _is_jenkins(entry.path):
        return
    contents = list(_documents(tree, entry))
    jobs = _github_jobs(contents) if _is_github(entry.path) else _gitlab_jobs(contents)
    if job not in jobs:
        may_be_included = not _is_github(entry.path) and any("include" in content for content in contents)
        raise RefusalError(_included(entry, job) if may_be_included else _unknown(entry, job, jobs))


def _included(entry: Entry, job: str) -> Refusal:
    message = f"{named(entry.path)} has no job {named(job)} of its own; what it includes is not looked into"
    return Refusal(Flaw.UNKNOWN, message, key="job", evidence=entry.path)


def _unknown(entry: Entry, job: str, jobs: list[str]) -> Refusal:
    near = closest(job, jobs)
    hint = f"did you mean {listed([named(one) for one in near], 'or')}?" if near else _choices(jobs)
    message = f"{named(entry.path)} has no job {named(job)}"
    return Refusal(Flaw.MISSING, message, hint, key="job", evidence=entry.path, candidates=near)


def _choices(jobs: list[str]) -> str:
    names = [named(job) for job in jobs]
    if not names:
        return "the file has no jobs at all"
    return f"its jobs are {listed(names)}" if len(names) <= 5 else f"its jobs are {', '.join(names[:5])}, …"


def _documents(tree: Tree, entry: Entry) -> Iterable[dict[str, Any]]:
    from linter.adapters.yaml.reader import read_yaml  # noqa: PLC0415 - PyYAML costs 16 ms

    try:
        documents = read_yaml(tree.read(entry, "workflow"))
    except UnreadableError as error:
        message = f"{named(entry.path)} is no YAML that can be read: {error}"
        raise RefusalError(
            Refusal(Flaw.HOLLOW, message, error.hint or None, key="workflow", evidence=entry.path)
        ) from error
    return (document for document in documents if isinstance(document, dict))


def _github_jobs(documents: Iterable[dict[str, Any]]) -> list[str]:
    jobs = [document.get("jobs") for document in documents]
    return [name for mapping in jobs if isinstance(mapping, dict) for name in mapping]


def _gitlab_jobs(documents: Iterable[dict[str, Any]]) -> list[str]:
    """The names of jobs; what begins with a dot is a template that runs nowhere."""
    return [
        name
        for document in documents
        for name, value in document.items()
        if isinstance(value, dict) and name not in _GITLAB_WORDS and not name.startswith(".")
    ]


def _is_github(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return name.endswith((".yml", ".yaml")) and ("/" + folder).endswith(tuple("/" + known for known in _FOLDERS))


def _is_gitlab(path: str) -> bool:
    return path.endswith((".gitlab-ci.yml", ".gitlab-ci.yaml"))


def _is_jenkins(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("Jenkinsfile") or name.lower().endswith(".jenkinsfile")
