"""Foreign text brought into the shapes of REVIEW.yaml's schema; what does not fit any becomes the empty string."""

import re
import unicodedata

from linter.model.owners import is_handle

SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 20, 200

# Longer text is not a better description, and the loops below stay short whatever a file holds.
_MOST_READ = 5_000

# Three characters before the full stop: "e.g. " and initials end no sentence.
_SENTENCE_END = re.compile(r"[^\s.]{3}[.!?](?= )")
_VERSION = re.compile(r"v?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?")


def line(text: object, limit: int = 500) -> str:
    """The visible characters of a text in one line, cut at `limit`; empty for what is no text."""
    if not isinstance(text, str):
        return ""
    words = "".join(one if one.isprintable() else " " for one in text[:_MOST_READ]).split()
    return " ".join(words)[:limit].strip()


def slug(text: object) -> str:
    """Lower-case letters, digits and hyphens, at most 63: `Größe_2` becomes `grosse-2`. Empty when nothing is ASCII."""
    plain = unicodedata.normalize("NFKD", line(text).casefold()).encode("ascii", "ignore").decode()
    words = "".join(one if one.isalnum() else " " for one in plain).split()
    return "-".join(words)[:63].strip("-")


def description(text: object) -> str:
    """The first whole sentences of a text, 20 to 200 characters; cut between words where not even one is that short."""
    whole = line(text, _MOST_READ)
    head = whole[:LONGEST_DESCRIPTION]
    if len(head) < SHORTEST_DESCRIPTION:
        return ""
    if head == whole and head.endswith((".", "!", "?")):
        return head
    ends = [match.end() for match in _SENTENCE_END.finditer(head) if match.end() >= SHORTEST_DESCRIPTION]
    if ends:
        return head[: ends[-1]]
    return head if head == whole else (head[:-1].rpartition(" ")[0] or head[:-1]) + "…"


def handle(text: object) -> str:
    """A handle as in CODEOWNERS: @name, @org/team or an e-mail address."""
    return text if isinstance(text, str) and len(text) <= 200 and text.isprintable() and is_handle(text) else ""


def version(text: object) -> str:
    """A semantic version: `v2` and `2` become `2.0.0`; 0.0.0 for what is no version."""
    match = _VERSION.match(line(text))
    return ".".join(str(int(number or 0)) for number in match.groups()) if match else "0.0.0"
