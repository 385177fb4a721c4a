"""Commits as evidence."""

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.model.history import History
from linter.model.quote import named


def check_commit(history: History | None, text: str, key: str = "") -> None:
    """Refuse a commit that the repository does not have; an address is accepted, and so is everything without a past.

    A shallow clone cannot know.
    """
    if history is None or text.startswith(("https://", "http://")) or history.has_commit(text):
        return
    if history.is_shallow:
        message = f"the commit {named(text)} could not be looked up: this clone is shallow"
        raise RefusalError(Refusal(Flaw.UNKNOWN, message, "git fetch --unshallow", key=key))
    message = f"this repository has no commit {named(text)}"
    hint = "write its hash as `git log` shows it; rebasing and squashing give commits new ones"
    raise RefusalError(Refusal(Flaw.MISSING, message, hint, key=key))
