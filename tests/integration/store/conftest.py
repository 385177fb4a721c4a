"""Every test of a store runs on SQLite and on a real PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from linter.store.store import Store, open_store
from tests.support.postgresql import Server, binaries

_NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    if binaries() is None:
        pytest.skip("there is no PostgreSQL here (Debian: apt-get install postgresql)")
    with Server() as server:
        yield server


@pytest.fixture
def postgresql(server: Server) -> Iterator[str]:
    """The address of an empty database."""
    name = f"store{next(_NUMBERS)}"
    server.sql(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be."""
    if request.param == "sqlite":
        return str(tmp_path / "scans.db")
    address: str = request.getfixturevalue("postgresql")
    return address


@pytest.fixture
def opened(where: str) -> Iterator[Callable[[], Store]]:
    """Open the store once more."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(open_store(where))


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()
