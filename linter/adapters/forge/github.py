"""The door to PyGithub: the repositories of an organisation or a user on GitHub or GitHub Enterprise."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from github import Auth, Github
from github.GithubException import GithubException
from github.GithubRetry import GithubRetry
from github.Repository import Repository as Found

from linter.adapters.forge.patience import PER_PAGE, RETRIES, TIMEOUT, announce, refused, unreachable
from linter.adapters.git.repository import printable
from linter.model.inventory import Repository, Selection


def list_github(
    base: str, owner: str, secret: str, selection: Selection, told: Callable[[str], None]
) -> Iterator[Repository]:
    """The repositories of `owner` at `base` (https://github.com, or the address of an Enterprise server), topics as
    tags; of a user those that are public. `told` hears how long the server makes wait.

    Raises InventoryError.
    """
    logging.getLogger("github").setLevel(logging.CRITICAL)  # PyGithub 2.10 prints every retry to standard error
    host = base.partition("://")[2]
    auth = Auth.Token(secret) if secret else None
    retry = _retry(host, told)
    client = Github(auth=auth, base_url=_interface(base), timeout=TIMEOUT, per_page=PER_PAGE, retry=retry, lazy=True)
    try:
        for found in _found(client, owner):
            if (selection.archived or not found.archived) and (selection.forks or not found.fork):
                yield Repository(found.full_name, url=found.clone_url, tags=tuple(sorted(found.topics)))
    except GithubException as error:
        raise refused(host, owner, error.status, printable(str(error.message or "no reason given"))) from error
    except OSError as error:  # what comes from the library below, requests
        raise unreachable(host, error) from error
    finally:
        client.close()


def _interface(base: str) -> str:
    scheme, _, host = base.partition("://")
    is_githubs_own = host == "github.com" or host.endswith(".ghe.com")
    return f"{scheme}://api.{host}" if is_githubs_own else f"{base}/api/v3"


def _found(client: Github, owner: str) -> Iterable[Found]:
    user = client.get_user(owner)
    order: dict[str, Any] = {"sort": "full_name", "direction": "asc"}
    if user.type == "Organization":
        return client.get_organization(owner).get_repos(type="all", **order)
    return user.get_repos(type="owner", **order)


def _retry(host: str, told: Callable[[str], None]) -> GithubRetry:
    class Telling(GithubRetry):
        """Waits as PyGithub does, and says so first."""

        def sleep(self, response: Any = None) -> None:
            demanded = self.get_retry_after(response) if response else None
            announce(host, demanded or self.get_backoff_time(), told)
            super().sleep(response)

    return Telling(total=RETRIES, connect=2, read=2, backoff_factor=0.5)
