"""The sources that a scan names, read into one list of repositories."""

import os
from collections.abc import Callable, Iterable, Sequence

from linter.adapters.git.repository import printable
from linter.errors import InventoryError
from linter.model.inventory import TRANSPORTS, WORKED_ON, Repository, Selection
from linter.model.quote import quoted
from linter.scan.inventory.folder import read_folder
from linter.scan.inventory.forge import is_forge, read_forge
from linter.scan.inventory.listing import ENDINGS, read_listing


def read_sources(
    sources: Sequence[str],
    told: Callable[[str], None] = lambda _: None,
    transports: Sequence[str] = TRANSPORTS,
    selection: Selection = WORKED_ON,
) -> list[Repository]:
    """The repositories that folders, inventory files (`.yaml`, `.yml`, `.csv`) and forges (`github:ORG`,
    `github:https://HOST/ORG`, `gitlab:GROUP`, ...) have, sorted by name.

    `told` hears what a person should know meanwhile: how long a forge makes wait, what may not be read. Raises
    InventoryError for what is wrong in a source, for one without repositories, and for two repositories of one name.
    """
    found: dict[str, Repository] = {}
    for source in sources:
        repositories = list(_read(source, told, transports, selection))
        if not repositories:
            raise InventoryError(f"there is no repository in {printable(source)}", "name another source")
        for repository in repositories:
            other = found.setdefault(repository.name, repository)
            if (other.url, other.path) != (repository.url, repository.path):
                places = f"{_place(other)} and {_place(repository)}"
                raise InventoryError(
                    f"two repositories are called {quoted(repository.name)}: {places}",
                    "list one of them in an inventory file, under another name",
                )
    return sorted(found.values())


def _read(
    source: str, told: Callable[[str], None], transports: Sequence[str], selection: Selection
) -> Iterable[Repository]:
    if is_forge(source):
        return read_forge(source, told, transports, selection)
    if os.path.isdir(source):
        return read_folder(source, told)
    if source.endswith(ENDINGS):
        return read_listing(source, transports)
    raise InventoryError(
        f"{printable(source)} is no source of repositories",
        f"name a folder, a file that ends in {', '.join(ENDINGS)}, github:ORG or gitlab:GROUP",
    )


def _place(repository: Repository) -> str:
    return printable(repository.url or repository.path)
