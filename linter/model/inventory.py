"""Which repositories there are to judge."""

from typing import NamedTuple

TRANSPORTS = ("https", "ssh", "file")
"""How repositories are fetched unless somebody allows more; `http` and `git` are open to all on the way."""


class Repository(NamedTuple):
    """One repository of an organisation. `name` is its own among those that are judged together. It lies at `path` (a
    working tree or a bare repository) or comes from `url`; one of the two is empty. `team` is empty where nobody says
    whose it is.
    """

    name: str
    url: str = ""
    path: str = ""
    team: str = ""
    tags: tuple[str, ...] = ()


class Selection(NamedTuple):
    """Which repositories of a forge count besides those that are its own and worked on."""

    archived: bool = False
    forks: bool = False


WORKED_ON = Selection()
"""Neither archived ones nor forks."""
