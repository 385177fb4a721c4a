"""What the end-to-end tests share: the built wheel, installed where nothing else is."""

import zipfile
from pathlib import Path

import pytest

from tests.support.installed import make_environment, make_source, make_wheel, once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def source(shared: Path) -> Path:
    """A git repository of the project, to install hooks from."""
    return once(shared, "review-lint", make_source)


@pytest.fixture(scope="session")
def wheel(shared: Path, source: Path) -> zipfile.Path:
    """The built wheel."""
    (path,) = once(shared, "wheels", lambda target: make_wheel(source, target)).glob("*.whl")
    return zipfile.Path(path)


@pytest.fixture(scope="session")
def program(shared: Path, wheel: zipfile.Path) -> Path:
    """The console script of the installed wheel."""
    made = once(shared, "environment", lambda target: make_environment(Path(str(wheel.root.filename)), target))
    return made / "bin" / "review-lint"


@pytest.fixture(scope="session")
def organisation(shared: Path, wheel: zipfile.Path) -> Path:
    """The same with what scans need."""
    extra = Path(f"{wheel.root.filename}[org]")
    return once(shared, "organisation", lambda target: make_environment(extra, target)) / "bin" / "review-lint"
