"""How long a forge may make wait, and who is told."""

from collections.abc import Callable

from linter.errors import InventoryError

MAX_WAIT = 2 * 3600
"""Seconds; the limits of forges last for an hour."""

TIMEOUT = 30
"""Seconds without a byte from a forge before it is asked again."""

RETRIES = 5
"""How often a question is asked again."""

PER_PAGE = 100
"""Repositories in one answer: the most that forges give."""


def announce(host: str, seconds: float, told: Callable[[str], None]) -> None:
    """Tell a person that a forge makes wait. Raises InventoryError when that is longer than anybody waits."""
    if seconds > MAX_WAIT:
        raise InventoryError(f"{host} answers no more questions for {_duration(seconds)}", "try again later")
    if seconds >= 1:
        told(f"{host} has answered as many questions as it does for now: going on in {_duration(seconds)}")


def unreachable(host: str, error: OSError) -> InventoryError:
    """The error for a forge that gave no answer; `error` is one of requests."""
    if type(error).__name__ == "RetryError":
        hint = "try again later: it may have had enough questions"
        return InventoryError(f"{host} answers with errors, however often it is asked", hint)
    return InventoryError(f"{host} cannot be reached: {type(error).__name__}", "see whether its name is right")


def refused(host: str, owner: str, status: int | None, reason: str) -> InventoryError:
    """The error for an answer of a forge; `status` is that of HTTP."""
    if status == 404:
        hint = "look at its name; a token may be needed to see it"
        return InventoryError(f"{host} knows nobody called {owner}, or shows it only to others", hint)
    if "rate limit" in reason.lower():
        return InventoryError(f"{host} answers no more questions for now ({status}: {reason})", "try again later")
    if status in (401, 403):
        return InventoryError(f"{host} refuses the token, or wants one ({status}: {reason})", _HINT)
    return InventoryError(f"{host} answered with an error ({status}: {reason})", "try again later")


_HINT = (
    "set GITHUB_TOKEN or GITLAB_TOKEN, with GH_HOST or GITLAB_HOST for a host of your own, "
    "or let a credential helper of git know one"
)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
