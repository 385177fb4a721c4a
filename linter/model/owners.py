"""CODEOWNERS files: who owns which path, on GitHub and on GitLab.

https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
and https://docs.gitlab.com/user/project/codeowners/reference: patterns are those of gitignore(5), the last one that
matches counts, and `docs/*` does not reach into folders. A file with sections is one of GitLab: there every section has
its own say, and rules without owners take those of their section. GitHub skips whole lines that it cannot read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.model.glob import of_git, translate
from linter.model.quote import named

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the file may be; the first that is there counts."""

MAX_BYTES = 3 << 20
"""GitHub loads no larger file."""

_HANDLE = re.compile(r"@[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*|[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_SECTION = re.compile(r"\^?\[(?P<name>[^\[\]]+)\](?:\[[0-9]+\])?(?:\s+(?P<owners>.*))?")
_TOKEN = re.compile(r"(?:\\.|\S)+")


class OwnerRule(NamedTuple):
    """One line: the owners of what its pattern matches; none, where it takes paths from their owners."""

    pattern: str
    owners: tuple[str, ...]
    section: str = ""


class BrokenLine(NamedTuple):
    """A line (counted from 1) that is skipped, and why."""

    line: int
    text: str
    reason: str


class CodeOwners:
    """A CODEOWNERS file at `path`. Handles and addresses are compared without regard to case."""

    def __init__(self, path: str, rules: Iterable[OwnerRule], broken: Iterable[BrokenLine] = ()) -> None:
        self.path = path
        self.rules = tuple(rules)
        self.broken = tuple(broken)
        self._expressions: dict[str, re.Pattern[str]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """All owners that a rule names, each once."""
        return tuple(dict.fromkeys(owner for rule in self.rules for owner in rule.owners))

    def owners_of(self, path: str) -> tuple[str, ...]:
        """Who owns the file at a path of the repository: for each section as its last rule that matches says."""
        latest: dict[str, OwnerRule] = {}
        for rule in reversed(self.rules):
            if rule.section not in latest and self._matches(rule, path):
                latest[rule.section] = rule
        return tuple(dict.fromkeys(owner for rule in latest.values() for owner in rule.owners))

    def is_named(self, owner: str) -> bool:
        """Whether some rule names an owner."""
        return _is_among(owner, self.names)

    def owns_any(self, owner: str, paths: Iterable[str]) -> bool:
        """Whether one of the paths belongs to an owner; the search ends at the first."""
        own = [rule for rule in self.rules if _is_among(owner, rule.owners)]
        candidates = (path for path in paths if any(self._matches(rule, path) for rule in own))
        return any(_is_among(owner, self.owners_of(path)) for path in candidates)

    def _matches(self, rule: OwnerRule, path: str) -> bool:
        if rule.pattern not in self._expressions:
            self._expressions[rule.pattern] = re.compile(_translate(rule.pattern), re.DOTALL)
        return self._expressions[rule.pattern].match(path) is not None


def is_handle(text: str) -> bool:
    """Whether a text is @name, @org/team or an e-mail address."""
    return _HANDLE.fullmatch(text) is not None


def parse_code_owners(path: str, text: str) -> CodeOwners:
    """Read the text of a CODEOWNERS file. Whatever it holds, what can be read counts."""
    stripped = enumerate(map(str.strip, text.split("\n")), 1)
    lines = [(number, line) for number, line in stripped if line and not line.startswith("#")]
    if path.startswith(".gitlab/") or any(_SECTION.fullmatch(line) for _, line in lines):
        return CodeOwners(path, _gitlab_rules(line for _, line in lines))
    return _of_github(path, lines)


def _of_github(path: str, lines: Iterable[tuple[int, str]]) -> CodeOwners:
    rules, broken = [], []
    for number, line in lines:
        pattern, *owners = _tokens(line)
        reason = _fault(pattern, owners)
        if reason:
            broken.append(BrokenLine(number, line, reason))
        else:
            rules.append(OwnerRule(pattern, tuple(owners)))
    return CodeOwners(path, rules, broken)


def _gitlab_rules(lines: Iterable[str]) -> Iterator[OwnerRule]:
    """Sections of one name are one section; each has its own owners for the rules below it that name none."""
    section = ""
    defaults: tuple[str, ...] = ()
    for line in lines:
        head = _SECTION.fullmatch(line)
        if head:
            section, defaults = head["name"].casefold(), _gitlab_owners(_tokens(head["owners"] or ""))
            continue
        pattern, *owners = _tokens(line)
        own = () if pattern.startswith("!") else _gitlab_owners(owners) or defaults
        yield OwnerRule(pattern.removeprefix("!"), own, section)


def _gitlab_owners(tokens: Iterable[str]) -> tuple[str, ...]:
    """GitLab passes over what is no owner; a role (`@@developer`) is one."""
    return tuple(token for token in tokens if is_handle(token.removeprefix("@") if token[:2] == "@@" else token))


def _tokens(line: str) -> list[str]:
    """The pattern and the owners, without what stands behind a `#`."""
    tokens = _TOKEN.findall(line)
    return tokens[: next((index for index, token in enumerate(tokens) if token.startswith("#")), len(tokens))]


def _fault(pattern: str, owners: Iterable[str]) -> str:
    """Why GitHub skips a line; empty where it does not."""
    if pattern.startswith("!"):
        return "patterns cannot begin with !"
    if pattern.startswith("\\#"):
        return "patterns cannot begin with an escaped #"
    if "[" in pattern:
        return "patterns cannot have sets such as [a-z]"
    foreign = next((owner for owner in owners if not is_handle(owner)), "")
    return f"{named(foreign)} is no owner" if foreign else ""


def _translate(pattern: str) -> str:
    """The regular expression for the paths that a pattern matches: a folder stands for all that it holds."""
    if not pattern.strip("/"):
        return "(?!)"
    inner = of_git(pattern.rstrip("/"))
    below = translate(inner + "/**")
    if pattern.endswith("/"):
        return below
    is_shallow = inner.rpartition("/")[2] in ("*", "**")
    return translate(inner) if is_shallow else f"(?:{translate(inner)}|{below})"


def _is_among(owner: str, owners: Iterable[str]) -> bool:
    return owner.casefold() in map(str.casefold, owners)
