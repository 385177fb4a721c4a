"""The one way to servers: what git fetches, under which bounds, and what its complaints mean.

Nobody is asked for a password, nothing that a server sends is run, and what arrives is checked before it is kept.
"""

import os
import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from linter.adapters.git.paths import decoded
from linter.adapters.git.process import Result, SilenceError, execute, transfer
from linter.adapters.git.repository import clean_environment, printable
from linter.model.inventory import TRANSPORTS
from linter.model.progress import Progress, untold
from linter.model.scan import Failure, MirrorError, Trouble

BRANCH = "refs/heads/default"
"""What a mirror calls the branch that the server's HEAD names, whatever its name is there."""


class Limits(NamedTuple):
    """What one repository may take: `seconds` from the first word to the last, `size` in bytes on the disk."""

    seconds: float = 900
    size: int = 4 << 30


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
    """A repository on a server, at `url`, as git reaches it through one of the `transports`; `tokens` are offered to
    their own hosts and to nobody else, and no helper is told of them.
    """

    def __init__(self, url: str, transports: Sequence[str] = TRANSPORTS, tokens: Sequence[Token] = ()) -> None:
        self.url = url
        self._options = (*_OPTIONS, *_credentials(tokens))
        self._environment = _environment(transports)

    def fetch(self, folder: str, refs: Sequence[str], limits: Limits, progress: Progress = untold) -> None:
        """Bring `refs` (options and refspecs of git fetch) into the bare repository in `folder`.

        `progress` hears how many objects have come. Raises MirrorError.
        """
        options, specs = [ref for ref in refs if ref[0] == "-"], [ref for ref in refs if ref[0] != "-"]
        watch = _Watch(folder, limits.size, progress)
        command = ("fetch", *_QUIETLY, *options, "--", self.url, *specs)
        result = self._talk((*self._options, "-C", folder, *command), limits.seconds, watch)
        if result.code:
            raise MirrorError(_explain(watch.complaints, self.url))

    def refs(self, seconds: float) -> list[str]:
        """The names of all references that the server tells of. Raises MirrorError."""
        watch = _Watch("", 0, untold)
        command = (*self._options, "-C", os.sep, "ls-remote", "--refs", "--quiet", "--", self.url)
        result = self._talk(command, seconds, watch)
        if result.code:
            raise MirrorError(_explain(watch.complaints, self.url))
        return [line.partition("\t")[2] for line in decoded(result.output).splitlines()]

    def _talk(self, arguments: Sequence[str], seconds: float, watch: "_Watch") -> Result:
        try:
            return transfer(arguments, self._environment, seconds, watch)
        except SilenceError as error:
            raise MirrorError(Failure(Trouble.TIMEOUT, str(error))) from error


def create(folder: str, object_format: str = "sha1") -> None:
    """Make an empty bare repository, without hooks. Raises MirrorError, such as for a full disk."""
    form = ("--bare", "--quiet", "--template=", f"--object-format={object_format}")
    branch = f"--initial-branch={BRANCH.removeprefix('refs/heads/')}"
    result = execute((*_OPTIONS, "init", *form, branch, folder), _environment(()))
    if result.code:
        raise MirrorError(_explain(result.complaint.splitlines(), ""))


def tidy(folder: str, seconds: float) -> None:
    """Put what many fetches brought into one pack, and throw away what nothing leads to. Raises MirrorError."""
    command = (*_OPTIONS, "-C", folder, "-c", "pack.threads=1", "gc", "--quiet", "--prune=now")
    watch = _Watch("", 0, untold)
    try:
        result = transfer(command, _environment(()), seconds, watch)
    except SilenceError as error:
        raise MirrorError(Failure(Trouble.TIMEOUT, str(error))) from error
    if result.code:
        raise MirrorError(_explain(watch.complaints, ""))


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


_KEPT = ("GIT_CONFIG", "GIT_SSH", "GIT_SSL", "GIT_PROXY")
"""What a person sets to reach servers at all."""

_ASKING = ("SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY")
"""What lets ssh and helpers open a window."""

_SETTINGS = {
    "GIT_ASKPASS": "",
    "GCM_INTERACTIVE": "never",
    "SSH_ASKPASS_REQUIRE": "never",
}

# The three faults are harmless, and part of the past of well-known projects: without them 4 of 15 could not be fetched
# with their history.
_OLD_FAULTS = ("badTimezone", "missingSpaceBeforeDate", "zeroPaddedFilemode")
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

_MOST_COMPLAINTS = 100
_LONGEST_LINE = 4096
_COUNT = re.compile(r"Receiving objects: +\d+% \((\d+)/(\d+)\)")
_USER = re.compile(r"(https?://)[^/@\s]{1,200}@")


def _environment(transports: Sequence[str]) -> dict[str, str]:
    """Without a terminal and a window to ask in, ssh does what BatchMode does, whichever command the person has set."""
    own = {name: value for name, value in os.environ.items() if name not in _ASKING}
    return clean_environment(own, _KEPT) | _SETTINGS | {"GIT_ALLOW_PROTOCOL": ":".join(transports) or "none"}


def _credentials(tokens: Sequence[Token]) -> list[str]:
    """Options that offer tokens without naming them; the empty helper keeps others from being told to store them."""
    options = []
    for host, user, variable in tokens:
        helper = f'!f() {{ test "$1" = get && printf "username={user}\\npassword=%s\\n" "${variable}"; }}; f'
        options += ["-c", f"credential.https://{host}.helper=", "-c", f"credential.https://{host}.helper={helper}"]
    return options


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
            if size_of(self._folder) > self._size:
                message = f"it takes more than {self._size:,} bytes"
                raise MirrorError(Failure(Trouble.TOO_LARGE, message))


_PAUSE = 0.5


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


# The first sign that one of the lines holds decides.
_SIGNS = (
    (Trouble.AUTH, ("Authentication failed", "could not read Username", "could not read Password")),
    (Trouble.AUTH, ("Permission denied (", "Host key verification failed", "returned error: 403", "dubious ownership")),
    (Trouble.TIMEOUT, ("Operation too slow", "timed out")),
    (Trouble.CORRUPT, ("fsck error", "corrupt", "bad object", "unable to read", "bad tree", "missing necessary")),
    (Trouble.CORRUPT, ("did not send all", "inflate", "bad pack", "hash mismatch", "loose object", "bad ref")),
    (Trouble.UNREACHABLE, ("not found", "does not appear to be a git repo", "not exported", "No such file")),
    (Trouble.UNREACHABLE, ("unable to access", "unable to connect", "unable to look up", "Could not resolve")),
    (Trouble.UNREACHABLE, ("early EOF", "hung up", "Connection reset", "Connection closed", "RPC failed")),
    (Trouble.CORRUPT, ("index-pack", "bad band", "protocol error")),
    (Trouble.UNREACHABLE, ("Could not read from remote", "transport", "refused", "denied")),
)

_MEANINGS = {
    Trouble.AUTH: "the server wants credentials that it was not given",
    Trouble.TIMEOUT: "the server was too slow",
    Trouble.CORRUPT: "what the server sent is damaged",
    Trouble.UNREACHABLE: "it cannot be reached",
    Trouble.INTERNAL: "git failed",
}


def _explain(complaints: Sequence[str], url: str) -> Failure:
    """What went wrong, by git's own words; the address is left out of what is compared, since it may hold any word."""
    lines = [line for line in complaints if line.strip()] or ["git did not say why"]
    for trouble, signs in _SIGNS:
        for line in lines:
            if any(sign in line.replace(url or "\n", "") for sign in signs):
                return _failure(trouble, line)
    serious = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return _failure(Trouble.INTERNAL, (serious or lines)[0])


def _failure(trouble: Trouble, line: str) -> Failure:
    words = _USER.sub(r"\1", line).removeprefix("fatal: ").removeprefix("error: ").strip()
    return Failure(trouble, printable(f"{_MEANINGS[trouble]}: {words}"))
