"""How the tool runs on a tree: the configuration that the tree holds, and what the command line changes in it."""

import sys
from typing import NamedTuple

from linter.adapters.configuration import OWN_FILE, PYPROJECT, SIZE_LIMIT, read_configuration, read_requires_python
from linter.errors import ConfigurationError
from linter.model.finding import Severity
from linter.model.glob import Globs
from linter.model.policy import Configuration, is_enabled, override
from linter.model.snapshot import Kind, Snapshot, UnreadableError
from linter.rules.catalogue import ALL_RULES

CODES = tuple(rule.code for rule in ALL_RULES)

CODE_RULES = "RL8"
"""The family of the rules about code; all others are about the review file."""


class Request(NamedTuple):
    """What a run is asked for beside the tree: the day (YYYY-MM-DD), what the command line changes in the
    configuration, and whether the figures of every file are wanted.
    """

    today: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = None
    with_metrics: bool = False


class Project(NamedTuple):
    """The configuration of a tree. `required_python` is the version that the project asks for ("3.13"), where it is
    newer than the running one.
    """

    configuration: Configuration
    required_python: str | None = None

    def is_excluded(self, path: str) -> bool:
        return Globs(self.configuration.exclude).match(path)

    @property
    def judges_code(self) -> bool:
        return any(is_enabled(self.configuration, code, "") for code in CODES if code.startswith(CODE_RULES))

    @property
    def judges_reviews(self) -> bool:
        return any(is_enabled(self.configuration, code, "") for code in CODES if not code.startswith(CODE_RULES))


def read_project(snapshot: Snapshot, request: Request) -> Project:
    """Read the configuration from the tree that is linted, so that a staged configuration governs the staged commit.

    Raises ConfigurationError when it is broken.
    """
    pyproject = _read(snapshot, PYPROJECT)
    configuration = read_configuration(pyproject, _read(snapshot, OWN_FILE), CODES)
    configuration = override(configuration, request.select, request.ignore, request.fail_on)
    return Project(configuration, _newer(read_requires_python(pyproject)))


def _read(snapshot: Snapshot, path: str) -> bytes | None:
    entry = snapshot.paths().get(path)
    if entry is None or entry.kind is not Kind.FILE:
        return None
    try:
        return snapshot.read(entry, SIZE_LIMIT)
    except UnreadableError as error:
        raise ConfigurationError(f"{path} {error}", error.hint) from error


def _newer(required: str | None) -> str | None:
    if required is None or int(required.partition(".")[2]) <= sys.version_info.minor:
        return None
    return required
