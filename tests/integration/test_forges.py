"""What forges list: page by page, with their limits waited for, and no token shown to anybody else."""

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.errors import InventoryError, ReviewLintError
from linter.model.inventory import Repository, Selection
from linter.scan.inventory.sources import read_sources
from tests.support.forges import Answer, FakeGitHub, FakeGitLab, Forge, Project, forge_server, rate_limit
from tests.support.git_server import certificate, silent_server

RETRY = {"Retry-After": "1"}


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(autouse=True)
def trusted(pem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(pem))
    monkeypatch.setenv("GIT_SSL_CAINFO", str(pem))
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def github(pem: Path) -> Iterator[Forge]:
    with forge_server(pem, FakeGitHub) as forge:
        forge.owners["acme"] = [
            Project("shop", topics=("python", "api")),
            Project("old", True),
            Project("copy", False, True),
        ]
        yield forge


@pytest.fixture
def gitlab(pem: Path) -> Iterator[Forge]:
    with forge_server(pem, FakeGitLab) as forge:
        projects = [Project("shop", topics=("python",)), Project("old", True), Project("copy", False, True)]
        forge.owners["acme"] = [*projects, Project("sub/tool")]
        yield forge


def sources(*names: str, **options: object) -> list[Repository]:
    return read_sources(names, **options)  # type: ignore[arg-type]


def refusal(*names: str, **options: object) -> str:
    with pytest.raises(ReviewLintError) as caught:
        sources(*names, **options)
    assert "\n" not in f"{caught.value}{caught.value.hint}"
    return f"{caught.value} ({caught.value.hint})"


def test_an_organisation(github: Forge) -> None:
    listed = sources(f"github:{github.base}/acme")
    assert listed == [Repository("acme/shop", url=f"{github.base}/acme/shop.git", tags=("api", "python"))]
    assert len(github.requests) == 2
    listed = sources(f"github:{github.base}/acme", selection=Selection(archived=True, forks=True))
    assert [repository.name for repository in listed] == ["acme/copy", "acme/old", "acme/shop"]


def test_a_user(github: Forge) -> None:
    github.people.add("ada")
    github.owners["ada"] = [Project("notes")]
    assert [repository.name for repository in sources(f"github:{github.base}/ada")] == ["ada/notes"]


def test_a_group_with_the_groups_below(gitlab: Forge) -> None:
    listed = sources(f"gitlab:{gitlab.base}/acme")
    assert [repository.name for repository in listed] == ["acme/shop", "acme/sub/tool"]
    assert listed[0] == Repository("acme/shop", url=f"{gitlab.base}/acme/shop.git", tags=("python",))
    listed = sources(f"gitlab:{gitlab.base}/acme", selection=Selection(archived=True, forks=True))
    assert [repository.name for repository in listed] == ["acme/copy", "acme/old", "acme/shop", "acme/sub/tool"]
    gitlab.owners["acme/sub"] = [Project("tool")]
    assert [repository.name for repository in sources(f"gitlab:{gitlab.base}/acme/sub")] == ["acme/sub/tool"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_all_pages_are_read(kind: str, github: Forge, gitlab: Forge) -> None:
    forge = github if kind == "github" else gitlab
    forge.owners["acme"] = [Project(f"r{number:03}") for number in range(250)]
    listed = sources(f"{kind}:{forge.base}/acme")
    assert [repository.name for repository in listed] == [f"acme/r{number:03}" for number in range(250)]
    assert len([path for path in forge.requests if "/acme/" in path]) == 3
    assert all("per_page=100" in path for path in forge.requests if "/acme/" in path)


@pytest.mark.parametrize(("kind", "limit"), [
    ("github", None),
    pytest.param("github", Answer(403, {"message": "a secondary rate limit"}, RETRY), marks=pytest.mark.slow),
    pytest.param("github", Answer(429, {"message": "Too many requests"}, RETRY), marks=pytest.mark.slow),
    ("gitlab", Answer(429, {"message": "Too many requests"}, RETRY)),
])  # fmt: skip
def test_limits_are_waited_for_and_told(
    kind: str, limit: Answer | None, github: Forge, gitlab: Forge, capfd: pytest.CaptureFixture[str]
) -> None:
    forge = github if kind == "github" else gitlab
    forge.refusals = [limit or rate_limit(2)]
    told: list[str] = []
    listed = sources(f"{kind}:{forge.base}/acme", told=told.append)
    assert "acme/shop" in [repository.name for repository in listed]
    (line,) = told
    assert forge.host in line
    assert " s" in line
    assert capfd.readouterr().err == ""


def test_a_limit_that_lasts_is_no_wrong_token(github: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    github.refusals = [rate_limit(0)] * 20
    assert "however often it is asked" in refusal(f"github:{github.base}/acme")


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_nobody_waits_for_ever(kind: str, github: Forge, gitlab: Forge) -> None:
    forge = github if kind == "github" else gitlab
    forge.refusals = [Answer(429, {"message": "no"}, {"Retry-After": "999999"})] * 10
    assert "answers no more questions for" in refusal(f"{kind}:{forge.base}/acme")


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_no_socket_stays_open_after_an_error(kind: str, github: Forge, gitlab: Forge) -> None:
    forge = github if kind == "github" else gitlab
    forge.refusals = [Answer(429, {"message": "no"}, {"Retry-After": "999999"})]
    forge.owners["odd"] = [Project("x", url="git://git.example.org/x"), Project("y")]
    with warnings.catch_warnings(record=True) as complaints:
        warnings.simplefilter("always", ResourceWarning)
        assert "answers no more questions for" in refusal(f"{kind}:{forge.base}/acme")
        assert "https, ssh or file" in refusal(f"{kind}:{forge.base}/odd")
        gc.collect()
    assert [str(complaint.message) for complaint in complaints] == []


@pytest.mark.parametrize(("kind", "host", "token"), [
    ("github", "GH_HOST", "GITHUB_TOKEN"), ("github", "GH_HOST", "GH_TOKEN"), ("gitlab", "GITLAB_HOST", "GITLAB_TOKEN"),
])  # fmt: skip
def test_a_token_is_shown_to_its_own_host_alone(
    kind: str, host: str, token: str, github: Forge, gitlab: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge = github if kind == "github" else gitlab
    forge.token = "s3cret"
    monkeypatch.setenv(token, "s3cret")
    message = refusal(f"{kind}:{forge.base}/acme")
    assert "401" in message
    assert "TOKEN" in message
    assert "s3cret" not in "".join(forge.secrets)
    monkeypatch.setenv(host, forge.host)
    assert sources(f"{kind}:{forge.base}/acme")
    assert "s3cret" not in "".join(forge.requests)
    monkeypatch.setenv(token, "wr0ng")
    assert "wr0ng" not in refusal(f"{kind}:{forge.base}/acme")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_credential_helper_is_asked(kind: str, github: Forge, gitlab: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    forge = github if kind == "github" else gitlab
    forge.token = "helped"
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"credential.{forge.base}.helper")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "!printf 'username=ada\\npassword=helped\\n'")
    assert sources(f"{kind}:{forge.base}/acme")


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_what_is_not_there_is_said(kind: str, github: Forge, gitlab: Forge) -> None:
    forge = github if kind == "github" else gitlab
    assert "nobody called nobody" in refusal(f"{kind}:{forge.base}/nobody")
    forge.owners["none"] = []
    assert "there is no repository in" in refusal(f"{kind}:{forge.base}/none")
    forge.owners["odd"] = [Project("x", url="git://git.example.org/x")]
    assert "https, ssh or file" in refusal(f"{kind}:{forge.base}/odd")


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_server_that_is_gone(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with silent_server() as host:
        pass
    assert f"{host} cannot be reached" in refusal(f"{kind}:https://{host}/acme")


@pytest.mark.parametrize("source", [
    "github:", "github:acme/shop", "github:a b", "gitlab:", "gitlab:../x", "github:http://127.0.0.1:1/acme",
    "gitlab:https://ada:secret@git.example.org/acme", "github:https://git.example.org/", "gitlab:ssh://host/acme",
])  # fmt: skip
def test_what_is_no_name_at_a_forge(source: str) -> None:
    with pytest.raises(InventoryError) as caught:
        sources(source)
    assert caught.value.hint
    assert "secret" not in str(caught.value)


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("github", "gitlab"):
        monkeypatch.setitem(__import__("sys").modules, f"linter.adapters.forge.{name}", None)
        assert f"pip install 'review-lint[{name}]'" in refusal(f"{name}:acme")
