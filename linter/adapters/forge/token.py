"""What proves to a forge who asks: a token of the environment, or what a credential helper of git knows.

A token of the environment belongs to one host, as it does for the forges' own command lines: nobody who names another
host is sent it.
"""

import os
from typing import NamedTuple

from linter.adapters.git.transport import Token, ask_login


class Forge(NamedTuple):
    """Where tokens of one kind of forge stand, and whose they are. `user` goes with them where git asks for a name."""

    name: str
    host: str
    host_variable: str
    variables: tuple[str, ...]
    user: str


GITHUB = Forge("GitHub", "github.com", "GH_HOST", ("GH_TOKEN", "GITHUB_TOKEN"), "x-access-token")
GITLAB = Forge("GitLab", "gitlab.com", "GITLAB_HOST", ("GITLAB_TOKEN",), "oauth2")


def token_of(host: str) -> Token | None:
    """The token that the environment has for a host (with its port, if it has one)."""
    for forge in (GITHUB, GITLAB):
        variable = next(filter(os.environ.get, forge.variables), None)
        if variable and host.lower() == _own_host(forge):
            return Token(host, forge.user, variable)
    return None


def secret_of(host: str) -> str:
    """The token to show to the programs' interface at a host; empty when none is known."""
    token = token_of(host)
    if token:
        return os.environ[token.variable]
    login = ask_login(host)
    return login.password if login else ""


def _own_host(forge: Forge) -> str:
    named = os.environ.get(forge.host_variable) or forge.host
    return named.lower().rpartition("://")[2].rstrip("/")
