"""Sources that are forges: `github:ORG`, `github:https://HOST/ORG`, `gitlab:GROUP/SUBGROUP`, ..."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from linter.adapters.forge.token import GITHUB, GITLAB, secret_of
from linter.errors import InventoryError, MissingExtraError
from linter.model.inventory import Repository, Selection
from linter.model.quote import quoted
from linter.scan.address import read_address

_SOURCE = re.compile(r"(github|gitlab):(.*)", re.DOTALL)
_OWNER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")


class _Owner(NamedTuple):
    kind: str
    base: str
    host: str
    name: str


def is_forge(source: str) -> bool:
    """Whether a source names a forge."""
    return _SOURCE.fullmatch(source) is not None


def read_forge(
    source: str, told: Callable[[str], None], transports: Sequence[str], selection: Selection
) -> list[Repository]:
    """The repositories that a forge lists. `told` hears how long it makes wait. Raises InventoryError."""
    owner = _read(source, transports)
    secret = secret_of(owner.host)
    listed = list(_list(owner, secret, selection, told))  # to its end, where the libraries close what they opened
    for repository in listed:
        read_address(repository.url, transports)
    return listed


def _read(source: str, transports: Sequence[str]) -> _Owner:
    kind, _, rest = source.partition(":")
    forge = GITHUB if kind == "github" else GITLAB
    if "://" in rest:
        address = read_address(rest, [name for name in transports if name in ("https", "http")])
        base, host, name = f"{address.transport}://{address.host}", address.host, address.path.strip("/")
    else:
        base, host, name = f"https://{forge.host}", forge.host, rest
    if not _OWNER.fullmatch(name) or (forge is GITHUB and "/" in name):
        whose = "an organisation or a user" if forge is GITHUB else "a group"
        raise InventoryError(
            f"{quoted(name)} is no name of {whose} on {forge.name}", f"write {kind}:NAME or {kind}:https://HOST/NAME"
        )
    return _Owner(kind, base, host, name)


def _list(owner: _Owner, secret: str, selection: Selection, told: Callable[[str], None]) -> Iterator[Repository]:
    """The libraries take 100 ms to import, and need not be there for other sources."""
    list_them = _list_github if owner.kind == "github" else _list_gitlab
    try:
        return list_them(owner, secret, selection, told)
    except ImportError as error:
        raise MissingExtraError(f"listing the repositories of {owner.host}", owner.kind) from error


def _list_github(owner: _Owner, secret: str, selection: Selection, told: Callable[[str], None]) -> Iterator[Repository]:
    from linter.adapters.forge.github import list_github  # noqa: PLC0415

    return list_github(owner.base, owner.name, secret, selection, told)


def _list_gitlab(owner: _Owner, secret: str, selection: Selection, told: Callable[[str], None]) -> Iterator[Repository]:
    from linter.adapters.forge.gitlab import list_gitlab  # noqa: PLC0415

    return list_gitlab(owner.base, owner.name, secret, selection, told)
