"""The door to python-gitlab: the projects of a group on gitlab.com or a GitLab of one's own."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from gitlab import Gitlab
from gitlab.exceptions import GitlabError

from linter.adapters.forge.patience import PER_PAGE, TIMEOUT, announce, refused, unreachable
from linter.adapters.git.repository import printable
from linter.model.inventory import Repository, Selection

_TOO_MANY = 429


def list_gitlab(
    base: str, group: str, secret: str, selection: Selection, told: Callable[[str], None]
) -> Iterator[Repository]:
    """The projects of `group` and of the groups below it at `base` (https://gitlab.com, ...), topics as tags.

    `told` hears how long the server makes wait. Raises InventoryError.
    """
    host = base.partition("://")[2]
    # As a bearer token: requests takes that header away, and no other, when a server leads to another host.
    options: dict[str, Any] = {"timeout": TIMEOUT, "per_page": PER_PAGE, "keep_base_url": True}
    with Gitlab(base, oauth_token=secret or None, retry_transient_errors=True, **options) as client:
        client.session.hooks["response"].append(lambda answer, **_: _announce(answer, host, told))
        try:
            for project in client.groups.get(group, lazy=True).projects.list(iterator=True, **_filters(selection)):
                if selection.forks or not getattr(project, "forked_from_project", None):
                    topics = tuple(sorted(getattr(project, "topics", ())))
                    yield Repository(project.path_with_namespace, url=project.http_url_to_repo, tags=topics)
        except GitlabError as error:
            reason = printable(str(error.error_message or "no reason given"))
            raise refused(host, group, error.response_code, reason) from error
        except OSError as error:  # what comes from the library below, requests
            raise unreachable(host, error) from error


def _filters(selection: Selection) -> dict[str, Any]:
    order = {"order_by": "id", "sort": "asc", "include_subgroups": True, "with_shared": False}
    return order if selection.archived else {**order, "archived": False}


def _announce(answer: Any, host: str, told: Callable[[str], None]) -> None:
    """Say how long python-gitlab is going to wait after this answer."""
    if answer.status_code == _TOO_MANY:
        _ = answer.content  # read now: requests 2.34 does so after its hooks, and an error here would leave its socket
        demanded = answer.headers.get("Retry-After", "")
        reset = answer.headers.get("RateLimit-Reset", "")
        if demanded.isdecimal():
            announce(host, int(demanded), told)
        elif reset.isdecimal():
            announce(host, int(reset) - time.time(), told)
