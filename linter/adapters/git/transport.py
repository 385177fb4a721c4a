"""The one way to servers: what git fetches, under which bounds, and what its complaints mean.

Nobody is asked for a password, nothing that a server sends is run, and what arrives is checked before it is kept.
"""

import os
import re
import shutil
import time
from collections.abc import Sequence
from typing import NamedTuple

from linter.adapters.git.complaint import explain
from linter.adapters.git.paths import decoded
from linter.adapters.git.process import Result, SilenceError, execute
from linter.adapters.git.repository import clean_environment
from linter.adapters.git.transfer import transfer
from linter.model.inventory import TRANSPORTS
from linter.model.progress import Progress, untold
from linter.model.scan import Failure, MirrorError, Trouble

BRANCH = "refs/heads/default"
"""What a mirror calls the branch that the server's HEAD names, whatever its name is there."""


class Limits(NamedTuple):
    """What one repository may take: `seconds` from the first word to the last, `size` in bytes on the disk."""

    seconds: float = 900
    size: int = 4 << 30


LIMITS = Limits()


class Token(NamedTuple):
    """The environment variable whose value is the password of `user` at `host` (with its port, if it has one)."""

    host: str
    user: str
    variable: str


class Login(NamedTuple):
    """What a credential helper of the person knows about a host."""

    user: str
    password: str


class Remote:
    """A repository on a server, at `url`, as git reaches it through one of the `transports`; `token` is offered to its
    own host and to nobody else, and no helper is told of it.
    """

    def __init__(self, url: str, transports: Sequence[str] = TRANSPORTS, token: Token | None = None) -> None:
        self.url = url
        self._options = (*_OPTIONS, *_credentials(token))
        self._secret = os.environ[token.variable] if token else ""
        self._environment = _environment(transports) | ({token.variable: self._secret} if token else {})

    def clone(self, folder: str, wants_history: bool, limits: Limits, progress: Progress = untold) -> None:
        """Make a bare repository in `folder`, which does not exist yet, and fetch into it. Raises MirrorError."""
        create(folder)
        try:
            self.fetch(folder, wants_history, limits, progress)
        except _OtherFormatError:
            shutil.rmtree(folder)
            create(folder, "sha256")
            self.fetch(folder, wants_history, limits, progress)

    def fetch(self, folder: str, wants_history: bool, limits: Limits, progress: Progress = untold) -> None:
        """Bring what the server's HEAD names into the bare repository in `folder`, as `BRANCH`: that commit alone, or
        with its whole history and all tags; once there, history stays. `progress` hears how many objects have come.

        Raises MirrorError.
        """
        watch = _Watch(folder, limits.size, progress)
        command = ("fetch", *_QUIETLY, *_what(folder, wants_history, self.url))
        result = self._talk((*self._options, f"--git-dir={folder}", *command), limits.seconds, watch)
        if result.code:
            raise self._failed(watch.complaints, limits.seconds)
        watch.measure()
        if wants_history:
            with open(os.path.join(folder, _WHOLE), "w", encoding="ascii"):
                pass

    def head(self, seconds: float) -> str:
        """The commit that the server's HEAD names, empty where it names none. Raises MirrorError."""
        lines = self._references(seconds, "HEAD")
        return next((oid for oid, _, name in (line.partition("\t") for line in lines) if name == "HEAD"), "")

    def _failed(self, complaints: Sequence[str], seconds: float) -> MirrorError:
        if any("mismatched algorithms" in line for line in complaints):
            return _OtherFormatError(self._explain(complaints))
        if any("couldn't find remote ref HEAD" in line for line in complaints):
            return MirrorError(_HEADLESS if self._references(seconds) else _EMPTY)
        return MirrorError(self._explain(complaints))

    def _references(self, seconds: float, *patterns: str) -> list[str]:
        """The references that the server tells of, as git lists them."""
        watch = _Watch("", 0, untold)
        command = (*self._options, "-C", os.sep, "ls-remote", "--quiet", "--", self.url, *patterns)
        result = self._talk(command, seconds, watch)
        if result.code:
            raise MirrorError(self._explain(watch.complaints))
        return decoded(result.output).splitlines()

    def _explain(self, complaints: Sequence[str]) -> Failure:
        """Without the token: a server knows what it was sent, and its words are among git's."""
        return explain([line.replace(self._secret or "\n", "…") for line in complaints], self.url)

    def _talk(self, arguments: Sequence[str], seconds: float, watch: "_Watch") -> Result:
        try:
            return transfer(arguments, self._environment, seconds, watch)
        except SilenceError as error:
            raise MirrorError(Failure(Trouble.TIMEOUT, "the server was not done within the time allowed")) from error


class _OtherFormatError(MirrorError):
    """The server's object names are of another kind."""


def create(folder: str, object_format: str = "sha1") -> None:
    """Make an empty bare repository, without hooks. Raises MirrorError, such as for a full disk."""
    form = ("--bare", "--quiet", "--template=", f"--object-format={object_format}")
    branch = f"--initial-branch={BRANCH.removeprefix('refs/heads/')}"
    result = execute((*_OPTIONS, "init", *form, branch, folder), _environment(()))
    if result.code:
        raise MirrorError(explain(result.complaint.splitlines(), ""))


def tidy(folder: str, seconds: float) -> None:
    """Put what many fetches brought into one pack, and throw away what nothing has led to for an hour: somebody could
    be reading it. Raises MirrorError.
    """
    command = (*_OPTIONS, "-c", "pack.threads=1", f"--git-dir={folder}", "gc", "--quiet", "--prune=1.hour.ago")
    watch = _Watch("", 0, untold)
    try:
        result = transfer(command, _environment(()), seconds, watch)
    except SilenceError as error:
        raise MirrorError(Failure(Trouble.TIMEOUT, "tidying the copy took longer than the time allowed")) from error
    if result.code:
        raise MirrorError(explain(watch.complaints, ""))


def ask_login(host: str, seconds: float = 20) -> Login | None:
    """What the person's own credential helpers know about `host`; None when they would have to ask."""
    question = f"protocol=https\nhost={host}\n\n".encode()
    try:
        command = (*_OPTIONS, "-C", os.sep, "credential", "fill")
        result = transfer(command, _environment(()), seconds, lambda _: None, question)
    except SilenceError:
        return None
    answer = dict(line.partition("=")[::2] for line in decoded(result.output).splitlines())
    is_known = result.code == 0 and answer.get("password")
    return Login(answer.get("username", ""), answer["password"]) if is_known else None


_EMPTY = Failure(Trouble.EMPTY, "the repository has no commits yet")
_HEADLESS = Failure(Trouble.NO_DEFAULT_BRANCH, "the server's HEAD names a branch that does not exist")

_KEPT = ("GIT_CONFIG", "GIT_SSH", "GIT_SSL", "GIT_PROXY")
"""What a person sets to reach servers at all."""

_ASKING = ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
"""What lets ssh and helpers open a window."""

_SETTINGS = {
    "GIT_ASKPASS": "",
    "GCM_INTERACTIVE": "never",
    "SSH_ASKPASS_REQUIRE": "never",
}

# What people are called and when they wrote is not read here, and a mode is one with or without a zero before it. Each
# of these is part of somebody's past: of 33 well-known projects, 4 could not be fetched with their history.
_OLD_FAULTS = (
    *("badDate", "badDateOverflow", "badEmail", "badName", "badTimezone", "missingEmail", "missingNameBeforeEmail"),
    *("missingSpaceBeforeDate", "missingSpaceBeforeEmail", "multipleAuthors", "zeroPaddedDate", "zeroPaddedFilemode"),
)
_CONFIGURATION = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.askPass=",
    "credential.interactive=never",
    "fetch.fsckObjects=true",
    "transfer.fsckObjects=true",
    *(f"fetch.fsck.{fault}=ignore" for fault in _OLD_FAULTS),
    "fetch.unpackLimit=1",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.version=2",
    "transfer.bundleURI=false",
)
_OPTIONS = tuple(part for setting in _CONFIGURATION for part in ("-c", setting))
_QUIETLY = ("--progress", "--force", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-gc")

_WHOLE = "whole"
"""A file of this name says that a copy has its history: one of a single commit looks alike in both ways."""

_MOST_COMPLAINTS = 100
_LONGEST_LINE = 4096
_PAUSE = 0.5
_COUNT = re.compile(r"Receiving objects: +\d+% \((\d+)/(\d+)\)")


def _environment(transports: Sequence[str]) -> dict[str, str]:
    """Without a terminal and a window to ask in, ssh does what BatchMode does, whichever command the person has set."""
    own = {name: value for name, value in os.environ.items() if name not in _ASKING}
    return clean_environment(own, _KEPT) | _SETTINGS | {"GIT_ALLOW_PROTOCOL": ":".join(transports) or "none"}


def _what(folder: str, wants_history: bool, url: str) -> list[str]:
    """Options, address and references of a fetch into a repository."""
    head = f"+HEAD:{BRANCH}"
    if not wants_history and not os.path.exists(os.path.join(folder, _WHOLE)):
        return ["--depth=1", "--", url, head]
    depth = ["--unshallow"] if os.path.exists(os.path.join(folder, "shallow")) else []
    return [*depth, "--prune", "--update-shallow", "--", url, head, "+refs/tags/*:refs/tags/*"]


def _credentials(token: Token | None) -> list[str]:
    """Options that offer a token without naming it; the empty helper keeps others from being told to store it."""
    if token is None:
        return []
    host, user, variable = token
    helper = f'!f() {{ test "$1" = get && printf "username={user}\\npassword=%s\\n" "${variable}"; }}; f'
    key = f"credential.https://{host}.helper"
    return ["-c", f"{key}=", "-c", f"{key}={helper}"]


class _Watch:
    """Hears what git says during a transfer, and looks now and then at how much has come."""

    def __init__(self, folder: str, size: int, progress: Progress) -> None:
        self._lines: list[str] = []
        self._folder, self._size, self._progress = folder, size, progress
        self._line = b""
        self._looked = 0.0

    @property
    def complaints(self) -> list[str]:
        """The last lines that git wrote, without what is progress."""
        return [*self._lines, decoded(self._line)]

    def measure(self) -> None:
        """Raise MirrorError when more has come than may."""
        if size_of(self._folder) > self._size:
            raise MirrorError(Failure(Trouble.TOO_LARGE, f"it takes more than {self._size:,} bytes"))

    def __call__(self, piece: bytes) -> None:
        *lines, rest = (self._line + piece).replace(b"\r", b"\n").split(b"\n")
        self._line = rest[-_LONGEST_LINE:]
        for line in lines:
            self._hear(decoded(line[:_LONGEST_LINE]))
        self._look()

    def _hear(self, line: str) -> None:
        count = _COUNT.match(line)
        if count:
            self._progress(int(count[1]), int(count[2]))
        elif line:
            self._lines = [*self._lines[1 - _MOST_COMPLAINTS :], line]

    def _look(self) -> None:
        now = time.monotonic()
        if self._folder and now - self._looked > _PAUSE:
            self._looked = now
            self.measure()


def size_of(folder: str) -> int:
    """The bytes of all files below a folder; what vanishes meanwhile does not count."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except FileNotFoundError:
                continue
    return total
