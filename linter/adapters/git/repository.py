"""The one door to git: which environment it runs in, how it is started, and what its failures say.

No command here runs code or reaches a server that a hostile repository's configuration names.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from linter.adapters.git.process import Batch, Object, Result, Running
from linter.errors import RepositoryError

OPTIONS = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=all"),  # nothing of a bare repository is run here, and scans read many
)

_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_PERSONAL = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_LOCATING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR")
_OF_THE_HOOK = (
    *_LOCATING,
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
)
_HINTS = {
    "not a git repository": "run review-lint inside a Git repository, or name one",
    "out of memory": "the repository holds more files than can be compared",
}
_SHORT = 300


class Git:
    """One repository and its git. Close it (or use `with`) to end the process that reads objects.

    `git_dir`, `common_dir` and `top` are absolute; `top` is the root of the working tree, None when there is none.
    `object_format` is sha1 or sha256. `parents_of_merge` are the commits that a running `git merge` joins to HEAD.
    `lacks_objects`: a file was asked for whose content is not here; a partial clone may get it later.
    """

    def __init__(self, place: "_Place", environment: Mapping[str, str], parents_of_merge: Sequence[str] = ()) -> None:
        self.git_dir = place.git_dir
        self.common_dir = place.common_dir
        self.top = place.top
        self.is_bare = place.is_bare
        self.object_format = place.object_format
        self.parents_of_merge = tuple(parents_of_merge)
        self._environment = environment
        self._folder = place.top or place.git_dir
        self._batch: Batch | None = None
        self._begun: dict[tuple[str, ...], Running] = {}
        self.lacks_objects = False

    def __enter__(self) -> "Git":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads objects, and what nobody asked for; the next question starts another."""
        for running in self._begun.values():
            running.end()
        self._begun.clear()
        if self._batch is not None:
            self._batch.close()
            self._batch = None

    def begin(self, *arguments: str) -> None:
        """Have a command under way that somebody is going to run: git works while others are still being imported."""
        if arguments not in self._begun:
            self._begun[arguments] = Running((*OPTIONS, "-C", self._folder, *arguments), self._environment)

    def attempt(self, *arguments: str, options: Sequence[str] = OPTIONS, patience: float | None = None) -> Result:
        """Run a command at the root of the working tree (or in the bare repository) and say how it ended.

        Raises SilenceError when it does not answer within `patience` seconds (by default those of every command),
        RepositoryError when it cannot be started or does not stop talking.
        """
        begun = self._begun.pop(arguments, None) if options is OPTIONS else None
        running = begun or Running((*options, "-C", self._folder, *arguments), self._environment)
        return running.result(patience)

    def run(self, *arguments: str, options: Sequence[str] = OPTIONS) -> bytes:
        """The output of a command that has to succeed; raises RepositoryError with git's own words."""
        result = self.attempt(*arguments, options=options)
        if result.code:
            raise _failure(arguments[0], result)
        return result.output

    def object(self, name: str, limit: int) -> Object | None:
        """The object of that id (or other name), None when it is missing or damaged.

        Raises TooLargeError above `limit` bytes.
        """
        if "\n" in name or "\0" in name:
            return None
        if self._batch is None:
            self._batch = Batch((*OPTIONS, "-C", self._folder), self._environment)
        try:
            return self._batch.ask(name, limit)
        finally:
            if self._batch.is_out_of_step:
                self.close()


def open_repository(path: str = ".", meanwhile: Callable[[], None] = lambda: None) -> Git:
    """The repository around `path`. In a hook, that of the hook with its own index and objects. `meanwhile` is called
    while git looks for it.

    Raises RepositoryError where there is none, where it belongs to someone else, or where git is not installed.
    """
    plain = clean_environment(os.environ, _PERSONAL)
    inherited = {name: os.environ[name] for name in _OF_THE_HOOK if name in os.environ}
    heads = [name.removeprefix("GITHEAD_") for name in os.environ if name.startswith("GITHEAD_")]
    if not inherited:
        return _open(_locate(path, plain, meanwhile), plain, heads)
    hook = {**plain, **inherited}
    if _is_same(path, "."):
        return _open(_locate(path, hook, meanwhile), hook, heads)
    place = _locate(path, plain, meanwhile)
    if _is_same(_locate(".", hook).git_dir, place.git_dir):
        return _open(place, hook, heads)
    return _open(place, plain, ())


def clean_environment(variables: Mapping[str, str], kept: tuple[str, ...]) -> dict[str, str]:
    """The variables for a git that looks at one repository: those of git itself only where their names begin with one
    of `kept`, and settings that keep it from servers, prompts and the repository's own programs.
    """
    own = {n: v for n, v in variables.items() if not n.startswith("GIT") or n.startswith(kept)}
    return own | _SETTINGS | {"PATH": _search_path(variables.get("PATH", ""))}


def printable(text: str) -> str:
    """Foreign text in one line that is harmless to a terminal, cut when it is long."""
    cut = text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cut)


class _Place(NamedTuple):
    is_bare: bool
    object_format: str
    git_dir: str
    common_dir: str
    top: str | None = None


def _search_path(path: str) -> str:
    """Where git is looked for: not in folders such as `.`, which may be the repository's own."""
    return os.pathsep.join(filter(os.path.isabs, path.split(os.pathsep))) or os.defpath


def _locate(path: str, environment: Mapping[str, str], meanwhile: Callable[[], None] = lambda: None) -> _Place:
    questions = ("--is-bare-repository", "--show-object-format", "--git-dir", "--git-common-dir", "--show-toplevel")
    command = (*OPTIONS, "-C", path or ".", "rev-parse", "--path-format=absolute", *questions)
    running = Running(command, environment)
    try:
        meanwhile()
    except BaseException:
        running.end()
        raise
    result = running.result()
    lines = os.fsdecode(result.output).split("\n")[:-1]
    if result.code and "must be run in a work tree" not in result.complaint:
        raise _failure("rev-parse", result)
    if len(lines) != len(questions) - bool(result.code):
        raise RepositoryError(f"the folder of the repository around {printable(path)} has a line break in its name")
    place = _Place(lines[0] == "true", *lines[1:])
    if not any(name in environment for name in _LOCATING):
        _refuse_working_tree_elsewhere(place)
    return place


def _refuse_working_tree_elsewhere(place: _Place) -> None:
    """Configuration can name any folder, such as the home of a person who looks at a repository they unpacked."""
    if place.top and not _is_home(place.top, place.git_dir):
        raise RepositoryError(
            f"core.worktree of {printable(place.git_dir)} names another folder, {printable(place.top)}",
            "if that is meant, say so with GIT_DIR and GIT_WORK_TREE",
        )


def _open(place: _Place, environment: Mapping[str, str], heads: Sequence[str]) -> Git:
    """Name the repository in the environment, so that nothing is looked for again from another folder."""
    pinned = {**environment, "GIT_DIR": place.git_dir}
    if place.top:
        pinned["GIT_WORK_TREE"] = place.top
    if "GIT_COMMON_DIR" in environment:
        pinned["GIT_COMMON_DIR"] = place.common_dir
    return Git(place, pinned, heads)


def _is_home(top: str, git_dir: str) -> bool:
    """Whether the working tree is the one that holds the repository (or the file that leads to it)."""
    link = os.path.join(top, ".git")
    if os.path.isfile(link):
        with open(link, "rb") as file:
            target = os.fsdecode(file.read(1 << 16)).removeprefix("gitdir: ").rstrip("\r\n")
        link = os.path.join(top, target)
    return _is_same(link, git_dir)


def _is_same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _failure(command: str, result: Result) -> RepositoryError:
    lines = result.complaint.split("\n")
    serious = (line for line in lines if line.startswith(("fatal: ", "error: ")))
    reason = next(serious, lines[0]) or f"exit code {result.code}"
    return RepositoryError(f"git {command}: {printable(reason.removeprefix('fatal: '))}", _hint(result.complaint))


def _hint(complaint: str) -> str:
    trust = next((line for line in complaint.split("\n") if "safe.directory" in line), "")
    if trust:
        return f"if you trust it: {printable(trust.strip())}"
    return next((hint for sign, hint in _HINTS.items() if sign in complaint.lower()), "")
