"""What git complains of when it talks to a server, in words for people and as one of the troubles of a scan."""

import re
from collections.abc import Sequence

from linter.adapters.git.repository import printable
from linter.model.scan import Failure, Trouble


def explain(complaints: Sequence[str], url: str) -> Failure:
    """What went wrong, by git's own words; the address is left out of what is compared, since it may hold any word."""
    lines = [line for line in complaints if line.strip()] or ["git did not say why"]
    for trouble, signs in _SIGNS:
        for line in lines:
            if any(sign in line.replace(url or "\n", "") for sign in signs):
                return _failure(trouble, line)
    serious = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return _failure(Trouble.INTERNAL, (serious or lines)[0])


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
    (Trouble.CORRUPT, ("index-pack", "bad band", "protocol error", "expected 'packfile'")),
    (Trouble.UNREACHABLE, ("Could not read from remote", "transport", "refused", "denied")),
)

_MEANINGS = {
    Trouble.AUTH: "the server wants credentials that it was not given",
    Trouble.TIMEOUT: "the server was too slow",
    Trouble.CORRUPT: "what the server sent is damaged",
    Trouble.UNREACHABLE: "it cannot be reached",
    Trouble.INTERNAL: "git failed",
}

_USER = re.compile(r"(https?://)[^/@\s]{1,200}@")


def _failure(trouble: Trouble, line: str) -> Failure:
    words = _USER.sub(r"\1", line).removeprefix("fatal: ").removeprefix("error: ").strip()
    return Failure(trouble, printable(f"{_MEANINGS[trouble]}: {words}"))
