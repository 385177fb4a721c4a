"""The one door to git: which environment it runs in, how it is started, and what its failures say.

No command here runs code or reaches a server that a hostile repository's configuration names.
"""

import contextlib
import os
import resource
import select
import selectors
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from linter.errors import RepositoryError
from linter.model.snapshot import TooLargeError, UnreadableError

MAX_OUTPUT = 256 << 20
"""Bytes of one listing, about two million entries: a tree of 216 kB can stand for ten thousand million files."""

MAX_MEMORY = 2 << 30
"""Bytes that one git may allocate (on Linux): it holds a whole difference in memory before it prints any of it."""

MAX_SILENCE = 120
"""Seconds without a byte from git before it is given up."""

OPTIONS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")

_SETTINGS = {
    "GIT_ALLOW_PROTOCOL": "none",
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
    "dubious ownership": "if you trust it: git config --global --add safe.directory '*' (or its folder)",
    "not a git repository": "run review-lint inside a Git repository, or name one",
    "ut of memory": "the repository holds more files than can be compared",
}
_DRAINED = 1 << 20
_SHORT = 300


class Result(NamedTuple):
    """How one git command ended."""

    code: int
    output: bytes
    complaint: str


class Object(NamedTuple):
    """One object of the repository; `type` is commit, tree, blob or tag."""

    oid: str
    type: str
    data: bytes


class Git:
    """One repository and its git. Close it (or use `with`) to end the process that reads objects.

    `git_dir`, `common_dir` and `top` are absolute; `top` is the root of the working tree, None when there is none.
    `object_format` is sha1 or sha256. `parents_of_merge` are the commits that a running `git merge` joins to HEAD.
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
        self._batch: _Batch | None = None

    def __enter__(self) -> "Git":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads objects; the next question starts another."""
        if self._batch is not None:
            self._batch.close()
            self._batch = None

    def attempt(self, *arguments: str, options: Sequence[str] = OPTIONS) -> Result:
        """Run a command at the root of the working tree and say how it ended.

        Raises RepositoryError when it cannot be started, is silent for too long or says more than `MAX_OUTPUT`.
        """
        return _execute((*options, "-C", self._folder, *arguments), self._environment)

    def run(self, *arguments: str, options: Sequence[str] = OPTIONS) -> bytes:
        """The output of a command that has to succeed; raises RepositoryError with git's own words."""
        result = self.attempt(*arguments, options=options)
        if result.code:
            raise _failure(arguments[0], result)
        return result.output

    def object(self, name: str, limit: int) -> Object | None:
        """The object of that id (or other name of one line), None when git has none of it.

        Raises TooLargeError above `limit` bytes, UnreadableError when it is damaged.
        """
        if "\n" in name or "\0" in name:
            return None
        if self._batch is None:
            command = (*OPTIONS, "-C", self._folder, "cat-file", "--batch")
            self._batch = _Batch(_start(command, self._environment, stdin=subprocess.PIPE))
        try:
            return self._batch.ask(name, limit)
        except BaseException:
            if self._batch.is_out_of_step:
                self.close()
            raise


def open_repository(path: str = ".") -> Git:
    """The repository around `path`. In a hook, that of the hook with its own index and objects.

    Raises RepositoryError where there is none, where it belongs to someone else, or where git is not installed.
    """
    plain = _environment(os.environ, _PERSONAL)
    inherited = {name: os.environ[name] for name in _OF_THE_HOOK if name in os.environ}
    heads = [name.removeprefix("GITHEAD_") for name in os.environ if name.startswith("GITHEAD_")]
    if not inherited:
        return _open(_locate(path, plain), plain, heads)
    hook = {**plain, **inherited}
    if _is_same(path, "."):
        return _open(_locate(path, hook), hook, heads)
    place = _locate(path, plain)
    if _is_same(_locate(".", hook).git_dir, place.git_dir):
        return _open(place, hook, heads)
    return _open(place, plain, ())


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


class _Batch:
    """A running `git cat-file --batch`: one question, one answer."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin and process.stdout  # noqa: S101 - for the type checker
        self._process = process
        self._questions, self._descriptor = process.stdin, process.stdout.fileno()
        self._poll = select.poll()
        self._poll.register(self._descriptor, select.POLLIN)
        self._buffer = bytearray()
        self.is_out_of_step = False

    def ask(self, name: str, limit: int) -> Object | None:
        self.is_out_of_step = True
        try:
            self._questions.write(os.fsencode(name) + b"\n")
            answer = self._answer(limit)
        except (EOFError, BrokenPipeError) as error:
            raise UnreadableError(f"git object {printable(name)} is damaged", "run git fsck") from error
        self.is_out_of_step = False
        return answer

    def close(self) -> None:
        with self._process:
            self._process.kill()

    def _answer(self, limit: int) -> Object | None:
        head = os.fsdecode(self._line())
        if head.endswith((" missing", " ambiguous")):
            return None
        oid, kind, size = head.split(" ")
        if int(size) > limit:
            if int(size) <= _DRAINED:
                self._take(int(size) + 1)
                self.is_out_of_step = False
            raise TooLargeError(f"is larger than {limit:,} bytes")
        return Object(oid, kind, self._take(int(size) + 1)[:-1])

    def _line(self) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._fill()
        return self._take(end + 1)[:-1]

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._fill()
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _fill(self) -> None:
        if not self._poll.poll(MAX_SILENCE * 1000):
            raise RepositoryError(f"git cat-file gave no answer for {MAX_SILENCE} seconds")
        chunk = os.read(self._descriptor, 1 << 16)
        if not chunk:
            raise EOFError
        self._buffer += chunk


def _environment(variables: Mapping[str, str], kept: tuple[str, ...]) -> dict[str, str]:
    return {n: v for n, v in variables.items() if not n.startswith("GIT") or n.startswith(kept)} | _SETTINGS


def _locate(path: str, environment: Mapping[str, str]) -> _Place:
    questions = ("--is-bare-repository", "--show-object-format", "--git-dir", "--git-common-dir", "--show-toplevel")
    command = (*OPTIONS, "-C", path, "rev-parse", "--path-format=absolute", *questions)
    result = _execute(command, environment)
    lines = os.fsdecode(result.output).split("\n")[:-1]
    if result.code and "must be run in a work tree" not in result.complaint:
        raise _failure("rev-parse", result)
    if len(lines) != len(questions) - bool(result.code):
        raise RepositoryError(f"the folder of the repository around {printable(path)} has a line break in its name")
    place = _Place(lines[0] == "true", *lines[1:])
    if place.top and not any(name in environment for name in _LOCATING) and not _is_home(place.top, place.git_dir):
        raise RepositoryError(
            f"core.worktree of {printable(place.git_dir)} names another folder, {printable(place.top)}",
            "if that is meant, say so with GIT_DIR and GIT_WORK_TREE",
        )
    return place


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


def _start(arguments: Sequence[str], environment: Mapping[str, str], **pipes: int) -> "subprocess.Popen[bytes]":
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, **pipes}
    try:
        process = subprocess.Popen(("git", *arguments), bufsize=0, env=environment, **streams)  # type: ignore[call-overload]
    except OSError as error:
        raise RepositoryError(f"git cannot be started: {error.strerror}", "install git 2.31 or newer") from error
    if sys.platform == "linux":
        with contextlib.suppress(OSError, ValueError):  # it has ended already, or its limit is lower
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    return process


def _execute(arguments: Sequence[str], environment: Mapping[str, str]) -> Result:
    with _start(arguments, environment, stderr=subprocess.PIPE) as process:
        try:
            output, complaint = _collect(process)
        except BaseException:
            process.kill()
            raise
    return Result(process.returncode, bytes(output), os.fsdecode(bytes(complaint[: 1 << 16])))


def _collect(process: "subprocess.Popen[bytes]") -> tuple[bytearray, bytearray]:
    output, complaint = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ, output)  # type: ignore[arg-type]
        selector.register(process.stderr, selectors.EVENT_READ, complaint)  # type: ignore[arg-type]
        while selector.get_map():
            ready = selector.select(MAX_SILENCE)
            if not ready:
                raise RepositoryError(f"git gave no answer for {MAX_SILENCE} seconds")
            for key, _ in ready:
                chunk = os.read(key.fd, 1 << 16)
                key.data.extend(chunk)
                if not chunk:
                    selector.unregister(key.fileobj)
                if len(key.data) > MAX_OUTPUT:
                    raise RepositoryError("the repository holds more files than can be listed")
    return output, complaint


def _failure(command: str, result: Result) -> RepositoryError:
    lines = [line for line in result.complaint.split("\n") if line]
    serious = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    reason = printable((serious or lines or [f"exit code {result.code}"])[0])
    hint = next((hint for sign, hint in _HINTS.items() if sign in result.complaint), "")
    return RepositoryError(f"git {command}: {reason.removeprefix('fatal: ')}", hint)
