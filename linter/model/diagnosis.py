"""What `doctor` has to say about an installation and a repository."""

from enum import Enum
from typing import NamedTuple


class State(Enum):
    """How things stand: as they should, worth knowing, or something that is meant to work and does not."""

    GOOD = "ok"
    NOTE = "note"
    PROBLEM = "problem"


class Remark(NamedTuple):
    """How one thing stands, and what to do if that is to change."""

    topic: str
    state: State
    text: str
    remedy: str = ""
