"""Who needs whom: products by their names, as review files name them among their dependencies."""

from collections.abc import Iterable

from linter.site.address import Addresses, link
from linter.site.entry import Entry
from linter.site.product_page import Neighbour, Surroundings


class Neighbourhood:
    """The products of a site. Of several that have the same name the first one counts, by repository."""

    def __init__(self, entries: Iterable[Entry], addresses: Addresses) -> None:
        self._addresses = addresses
        self._named: dict[str, Entry] = {}
        self._users: dict[str, list[Entry]] = {}
        inhabitants = sorted(
            (entry for entry in entries if entry.path), key=lambda entry: (entry.repository, entry.path)
        )
        for entry in inhabitants:
            self._named.setdefault(entry.name, entry)
        for entry in inhabitants:
            for name in entry.dependencies:
                self._users.setdefault(name, []).append(entry)

    def around(self, entry: Entry) -> Surroundings:
        """What the page of a product leads to."""
        folder = self._addresses.product(entry.repository, entry.path)
        page = f"{folder}/index.html"
        needs = tuple(self._neighbour(name, page) for name in entry.dependencies)
        is_known = self._named.get(entry.name) == entry
        users = (user for user in self._users.get(entry.name, ()) if is_known and user != entry)
        return Surroundings(
            folder, self._addresses.team(entry.team), needs, tuple(self._shown(user, page) for user in users)
        )

    def _neighbour(self, name: str, page: str) -> Neighbour:
        known = self._named.get(name)
        return self._shown(known, page) if known else Neighbour(name, "")

    def _shown(self, entry: Entry, page: str) -> Neighbour:
        return Neighbour(entry.name, link(f"{self._addresses.product(entry.repository, entry.path)}/index.html", page))
