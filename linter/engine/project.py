"""How the tool runs on a tree: the configuration that the tree holds, and what the command line changes in it."""

import sys
from typing import NamedTuple

from linter.adapters.configuration import OWN_FILE, PYPROJECT, SIZE_LIMIT, read_configuration, read_requires_python
from linter.engine.locks import held, leaves_out
from linter.errors import ConfigurationError
from linter.model.glob import Globs
from linter.model.organisation import NO_POLICY, Policy
from linter.model.policy import Configuration, is_enabled, override
from linter.model.quote import quoted
from linter.model.request import PolicyFile, Request
from linter.model.snapshot import Kind, Snapshot, UnreadableError
from linter.rules.codes import CODES

CODE_RULES = ("RL8", "RL302")
"""The rules about code; all others are about the review file."""

MAINTAINABILITY_RULE = "RL804"
"""The rule about the maintainability index, which takes as long to compute as all other figures."""

WATCH = "RL908"
"""The rule about what is promised no more."""


class Project(NamedTuple):
    """The configuration of a tree, with what the policy locks and the command line changes in it, and the policy.
    `own` is the configuration as the tree holds it. `required_python` is the version that the project asks for
    ("3.13"), where it is newer than the running one.
    """

    configuration: Configuration
    own: Configuration = Configuration()
    policy: Policy = NO_POLICY
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
    """Read the configuration from the tree that is linted, so that a staged configuration governs the staged commit,
    and the policy.

    Raises ConfigurationError when one of them is broken.
    """
    own = own_configuration(snapshot)
    policy = _policy(snapshot, own, request)
    locked = [code for code in CODES if policy.locks(code)] + _guarded(snapshot, own)
    configuration = override(held(own, locked, CODES), request.select, request.ignore, request.fail_on)
    return Project(configuration, own, policy, _newer(read_requires_python(_read(snapshot, PYPROJECT))))


def own_configuration(snapshot: Snapshot) -> Configuration:
    """The configuration that a tree holds. Raises ConfigurationError when it is broken."""
    return read_configuration(_read(snapshot, PYPROJECT), _read(snapshot, OWN_FILE), CODES)


def _guarded(snapshot: Snapshot, own: Configuration) -> list[str]:
    """The rule that tells what a change takes away, where the change takes it away itself: it has its say once more."""
    if not leaves_out(own, WATCH):
        return []
    return [WATCH] if any(_watches(base) for base in snapshot.bases) else []


def _watches(base: Snapshot) -> bool:
    try:
        return not leaves_out(own_configuration(base), WATCH)
    except ConfigurationError:  # nothing is known about what it asked for
        return False


def _policy(snapshot: Snapshot, configuration: Configuration, request: Request) -> Policy:
    file = request.policy or _named_policy(snapshot, configuration)
    if file is None:
        return NO_POLICY
    # PyYAML and jsonschema take 76 ms to import: a tree without a policy does not pay for them.
    from linter.adapters.policy import read_policy  # noqa: PLC0415

    return read_policy(file.path, file.content, CODES)


def _named_policy(snapshot: Snapshot, configuration: Configuration) -> PolicyFile | None:
    """The policy that the configuration names, from the tree that is linted like the configuration itself."""
    path = configuration.policy
    if path is None:
        return None
    content = _read(snapshot, path)
    if content is None:
        message = f"{configuration.source}: policy is {quoted(path)}, and there is no such file here"
        raise ConfigurationError(message, "name a file of the repository, or use --policy FILE for one elsewhere")
    return PolicyFile(path, content)


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
