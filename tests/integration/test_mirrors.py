"""Copies of repositories that real servers have: made, brought up to date, and what goes wrong on the way."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from linter.adapters.git import transport
from linter.adapters.git.transport import Limits
from linter.model.inventory import Repository as Listed
from linter.model.scan import MirrorError, Trouble
from linter.scan.lock import locked
from linter.scan.mirrors import MOST_PACKS, Mirrored, Mirrors
from tests.support.git_server import GitServer, certificate, git_daemon, git_server, silent_server
from tests.support.repository import Repository

SIZE = int(os.environ.get("REVIEW_LINT_TEST_SIZE", "1"))


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server(pem: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitServer]:
    monkeypatch.setenv("GIT_SSL_CAINFO", str(pem))
    (tmp_path / "served").mkdir()
    with git_server(pem, tmp_path / "served") as running:
        yield running


@pytest.fixture
def origin(server: GitServer) -> Repository:
    """Three commits and a tag, served as `shop.git`."""
    repository = Repository(server.root / "shop.git")
    for number in range(3):
        repository.commit_files({"app.py": f"x = {number}\n"}, f"Step {number}")
    repository.git("tag", "v1.0", "HEAD~1")
    return repository


@pytest.fixture
def mirrors(tmp_path: Path) -> Mirrors:
    return Mirrors(str(tmp_path / "mirrors"))


@pytest.fixture
def shop(server: GitServer) -> Listed:
    return Listed("acme/shop", url=f"{server.url}/shop.git")


def trouble(mirrors: Mirrors, listed: Listed, **options: object) -> tuple[Trouble, str]:
    with pytest.raises(MirrorError) as caught:
        mirrors.mirror(listed, **options)  # type: ignore[arg-type]
    failure = caught.value.failure
    assert "\n" not in failure.message
    return failure.kind, failure.message


def copied(mirrored: Mirrored) -> Repository:
    return Repository(Path(mirrored.path))


def test_a_copy_has_the_one_commit_that_is_judged(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    mirrored = mirrors.mirror(shop)
    copy = copied(mirrored)
    assert mirrored.revision == copy.head() == origin.head()
    assert copy.git("show", "HEAD:app.py") == "x = 2"
    assert copy.git("rev-list", "--count", "--all") == "1"
    assert copy.git("rev-parse", "--is-bare-repository") == "true"
    assert not (copy.path / "hooks").exists()
    assert mirrors.present(shop) == mirrored.path


def test_history_is_fetched_where_a_rule_needs_it_and_stays(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    mirrors.mirror(shop)
    copy = copied(mirrors.mirror(shop, wants_history=True))
    assert copy.git("rev-list", "--count", "HEAD") == "3"
    assert copy.git("tag") == "v1.0"
    assert copy.git("rev-parse", "--is-shallow-repository") == "false"
    origin.git("tag", "--delete", "v1.0")
    origin.commit_files({"app.py": "x = 3\n"})
    copy = copied(mirrors.mirror(shop))
    assert copy.git("rev-list", "--count", "HEAD") == "4"
    assert copy.git("tag") == ""


@pytest.mark.slow
def test_a_copy_that_begins_with_one_commit_stays_small(mirrors: Mirrors, shop: Listed, server: GitServer) -> None:
    origin = Repository(server.root / "shop.git")
    for number in range(3):
        origin.commit_files({"app.py": f"x = {number}\n"})
        copy = copied(mirrors.mirror(shop))
        assert copy.git("rev-list", "--count", "HEAD") == "1"


def test_history_at_once(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    assert copied(mirrors.mirror(shop, wants_history=True)).git("rev-list", "--count", "--all") == "3"


def test_what_is_there_is_brought_up_to_date(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    before = mirrors.mirror(shop)
    kept = Path(before.path) / "kept"
    kept.touch()
    origin.commit_files({"app.py": "x = 3\n"})
    after = mirrors.mirror(shop)
    assert after == Mirrored(before.path, origin.head())
    assert kept.exists()
    assert copied(after).git("show", "HEAD:app.py") == "x = 3"


def test_a_force_push_and_another_default_branch(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    mirrors.mirror(shop)
    origin.git("reset", "--hard", "--quiet", "HEAD~2")
    forced = origin.commit_files({"app.py": "x = 9\n"})
    assert mirrors.mirror(shop).revision == forced
    origin.git("branch", "--move", "main", "trunk")
    renamed = origin.commit_files({"app.py": "x = 10\n"})
    assert mirrors.mirror(shop).revision == renamed
    origin.git("checkout", "--quiet", "--orphan", "other")
    unrelated = origin.commit_files({"app.py": "x = 11\n"})
    assert mirrors.mirror(shop).revision == unrelated
    assert mirrors.mirror(shop, wants_history=True).revision == unrelated


def test_a_detached_head_is_followed(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    origin.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert mirrors.mirror(shop).revision == origin.head()


@pytest.mark.slow
def test_objects_may_be_named_by_sha256(mirrors: Mirrors, shop: Listed, server: GitServer) -> None:
    other = Repository(server.root / "shop.git", "--object-format=sha256")
    commit = other.commit_files({"app.py": "x = 1\n"})
    assert len(commit) == 64
    assert mirrors.mirror(shop).revision == commit
    newer = other.commit_files({"app.py": "x = 2\n"})
    assert mirrors.mirror(shop).revision == newer


@pytest.mark.slow
def test_a_shallow_repository_is_copied_too(mirrors: Mirrors, server: GitServer, origin: Repository) -> None:
    origin.git("clone", "--quiet", "--bare", "--depth=1", f"file://{origin.path}", str(server.root / "cut.git"))
    cut = Listed("cut", url=f"{server.url}/cut.git")
    assert mirrors.mirror(cut).revision == mirrors.mirror(cut, wants_history=True).revision == origin.head()


@pytest.mark.slow
def test_many_fetches_leave_few_packs_and_nothing_of_the_past(
    mirrors: Mirrors, shop: Listed, origin: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linter.scan.mirrors.MOST_PACKS", 3)
    for number in range(8):
        origin.commit_files({"app.py": f"y = {number}\n"})
        path = Path(mirrors.mirror(shop).path)
        for file in (path / "objects").rglob("*"):
            os.utime(file, (1e9, 1e9))
    assert 1 <= len(list((path / "objects" / "pack").glob("*.pack"))) <= 4 < MOST_PACKS
    assert len((path / "shallow").read_text().split()) <= 4


def test_a_daemon_has_to_be_allowed(tmp_path: Path, mirrors: Mirrors, origin: Repository, server: GitServer) -> None:
    with git_daemon(server.root) as url:
        shop = Listed("shop", url=f"{url}/shop.git")
        assert trouble(mirrors, shop)[0] is Trouble.CONFIGURATION
        assert Mirrors(mirrors.folder, ("git",)).mirror(shop).revision == origin.head()


def test_a_file_is_a_server_too(mirrors: Mirrors, origin: Repository) -> None:
    assert mirrors.mirror(Listed("shop", url=f"file://{origin.path}")).revision == origin.head()


def test_what_has_a_path_is_used_where_it_is(mirrors: Mirrors, origin: Repository, tmp_path: Path) -> None:
    assert mirrors.mirror(Listed("shop", path=str(origin.path))) == Mirrored(str(origin.path), origin.head())
    assert not (tmp_path / "mirrors").exists()
    origin.git("clone", "--quiet", "--bare", str(origin.path), str(tmp_path / "bare"))
    assert mirrors.present(Listed("bare", path=str(tmp_path / "bare"))) == str(tmp_path / "bare")


def test_an_empty_repository(mirrors: Mirrors, server: GitServer, shop: Listed, tmp_path: Path) -> None:
    Repository(server.root / "shop.git", "--bare")
    assert trouble(mirrors, shop) == (Trouble.EMPTY, "the repository has no commits yet")
    Repository(tmp_path / "empty")
    assert trouble(mirrors, Listed("empty", path=str(tmp_path / "empty")))[0] is Trouble.EMPTY


def test_a_head_without_a_branch(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    origin.git("symbolic-ref", "HEAD", "refs/heads/gone")
    assert trouble(mirrors, shop)[0] is Trouble.NO_DEFAULT_BRANCH
    assert trouble(mirrors, Listed("shop", path=str(origin.path)))[0] is Trouble.NO_DEFAULT_BRANCH


def test_a_repository_that_is_deleted(mirrors: Mirrors, shop: Listed, origin: Repository, server: GitServer) -> None:
    revision = mirrors.mirror(shop).revision
    origin.path.rename(server.root / "elsewhere.git")
    kind, message = trouble(mirrors, shop)
    assert kind is Trouble.UNREACHABLE
    assert "not found" in message
    assert Repository(Path(mirrors.present(shop))).head() == revision


def test_a_server_that_is_gone(mirrors: Mirrors) -> None:
    with silent_server() as host:
        pass
    assert trouble(mirrors, Listed("shop", url=f"https://{host}/shop.git"))[0] is Trouble.UNREACHABLE
    assert trouble(mirrors, Listed("shop", url="https://nowhere.invalid/shop.git"))[0] is Trouble.UNREACHABLE
    assert trouble(mirrors, Listed("shop", url="file:///nowhere/at/all"))[0] is Trouble.UNREACHABLE
    assert trouble(mirrors, Listed("shop", path="/nowhere/at/all"))[0] is Trouble.UNREACHABLE


def processes(word: str) -> list[str]:
    """The command lines of running processes that hold a word; one that has ended has none."""
    lines = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            lines.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    assert lines, "this test needs /proc"
    return [line for line in lines if word in line]


@pytest.mark.slow
def test_a_server_that_stalls_is_told_from_one_that_is_slow_in_all(
    mirrors: Mirrors, shop: Listed, server: GitServer, origin: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = [option.replace("lowSpeedTime=30", "lowSpeedTime=1") for option in transport._OPTIONS]
    monkeypatch.setattr(transport, "_OPTIONS", tuple(options))
    server.is_stalling.set()
    kind, message = trouble(mirrors, shop)
    assert kind is Trouble.TIMEOUT
    assert "too slow" in message


def test_a_silent_server_ends_with_all_that_waits_for_it(mirrors: Mirrors) -> None:
    with silent_server() as host:
        started = time.monotonic()
        kind, _ = trouble(mirrors, Listed("shop", url=f"https://{host}/shop.git"), limits=Limits(seconds=1))
        assert time.monotonic() - started < 3
        assert kind is Trouble.TIMEOUT
        assert processes(host) == []
        assert [path for path in Path(mirrors.folder).rglob("*") if path.name != "lock" and path.is_file()] == []


def test_a_repository_that_is_too_large(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    origin.commit_files({"big.bin": os.urandom(3 << 20)})
    kind, message = trouble(mirrors, shop, limits=Limits(size=1 << 20))
    assert kind is Trouble.TOO_LARGE
    assert "1,048,576 bytes" in message
    assert mirrors.mirror(shop).revision == origin.head()
    kind, _ = trouble(mirrors, shop, limits=Limits(size=1 << 20))
    assert kind is Trouble.TOO_LARGE


def damage(repository: Repository, name: str) -> None:
    """Turn the object of that name into something else."""
    oid = repository.git("rev-parse", name)
    file = repository.path / ".git" / "objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    file.write_bytes(b"\x78\x9c damaged" * 4)


@pytest.mark.parametrize("name", ["HEAD:app.py", "HEAD^{tree}", "HEAD"])
def test_a_damaged_repository(mirrors: Mirrors, shop: Listed, origin: Repository, name: str) -> None:
    damage(origin, name)
    kind, message = trouble(mirrors, shop)
    assert kind is Trouble.CORRUPT, message


def test_a_tree_that_leads_out_is_refused(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    blob = origin.git("hash-object", "-w", "--stdin", input="x")
    hostile = origin.git(
        "hash-object",
        "-t",
        "tree",
        "-w",
        "--literally",
        "--stdin",
        input=b"100644 ../evil\0" + bytes.fromhex(blob),
    )
    commit = origin.git("commit-tree", "-m", "Escape", hostile)
    origin.git("update-ref", "refs/heads/main", commit)
    kind, message = trouble(mirrors, shop)
    assert kind is Trouble.CORRUPT
    assert "fsck" in message or "fullPathname" in message


@pytest.mark.slow
def test_a_copy_that_is_damaged_is_made_again(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    for victim in ("HEAD", "refs/heads/default", "objects"):
        path = Path(mirrors.mirror(shop).path)
        target = path / victim
        if target.is_dir():
            for pack in target.rglob("*.pack"):
                pack.chmod(0o644)
                pack.write_bytes(b"")
        else:
            target.write_text("nonsense\n")
        origin.commit_files({"app.py": f"x = {victim!r}\n"})
        mirrored = mirrors.mirror(shop)
        assert copied(mirrored).git("show", "HEAD:app.py") == f"x = {victim!r}"


def test_a_server_that_asks_for_a_password(
    mirrors: Mirrors,
    shop: Listed,
    origin: Repository,
    server: GitServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    server.password = "s3cret-token"
    assert trouble(mirrors, shop)[0] is Trouble.AUTH
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret-token")
    assert trouble(mirrors, shop)[0] is Trouble.AUTH
    monkeypatch.setenv("GH_HOST", server.host)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "credential.helper")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", f"store --file={tmp_path / 'stored'}")
    assert mirrors.mirror(shop).revision == origin.head()
    assert not (tmp_path / "stored").exists()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"s3cret-token" not in path.read_bytes()
    monkeypatch.setenv("GITHUB_TOKEN", "wrong-token")
    kind, message = trouble(mirrors, shop)
    assert kind is Trouble.AUTH
    assert "wrong-token" not in message


def test_a_server_does_not_make_a_token_known(
    mirrors: Mirrors, shop: Listed, origin: Repository, server: GitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GH_HOST", server.host)
    monkeypatch.setenv("GH_TOKEN", "s3cret-token")
    origin.path.rename(server.root / "s3cret-token.git")
    kind, message = trouble(mirrors, shop._replace(url=f"{server.url}/no-s3cret-token.git"))
    assert kind is Trouble.UNREACHABLE
    assert "s3cret" not in message


PRUNING = [pytest.param(f"fetch.{name}=true", marks=pytest.mark.slow) for name in ("prune", "pruneTags")]


@pytest.mark.parametrize("setting", ["safe.bareRepository=explicit", *PRUNING])
def test_what_a_person_has_set_is_no_obstacle(
    mirrors: Mirrors, shop: Listed, origin: Repository, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", setting.partition("=")[0])
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", setting.partition("=")[2])
    for wants_history in (False, True):
        assert mirrors.mirror(shop, wants_history).revision == origin.head()
        origin.commit_files({"app.py": f"x = {wants_history}\n"})
    assert mirrors.mirror(shop).revision == origin.head()


def test_a_credential_helper_is_asked(
    mirrors: Mirrors, shop: Listed, origin: Repository, server: GitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.password = "known"
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "credential.helper")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "!printf 'username=ada\\npassword=known\\n'")
    assert mirrors.mirror(shop).revision == origin.head()


def test_ssh_finds_nobody_to_ask(mirrors: Mirrors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "note"
    script = tmp_path / "ssh"
    script.write_text(
        f"#!/bin/sh\n(: </dev/tty) 2>/dev/null && echo terminal >{note}\n"
        f"env | grep -E '^(DISPLAY|SSH_ASKPASS)' >>{note}\n"
        f"echo 'ada@host: Permission denied (publickey).' >&2; exit 255\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/true")
    for url in ("git@git.invalid:shop.git", "ssh://git@git.invalid:22/shop.git"):
        assert trouble(mirrors, Listed("shop", url=url))[0] is Trouble.AUTH
    assert note.read_text().split() == ["SSH_ASKPASS_REQUIRE=never"] * 2


def test_no_hook_and_no_other_program_runs(
    mirrors: Mirrors, shop: Listed, origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = tmp_path / "template" / "hooks"
    template.mkdir(parents=True)
    for name in ("post-checkout", "reference-transaction", "post-merge", "pre-auto-gc"):
        (template / name).write_text(f"#!/bin/sh\ntouch {tmp_path / 'ran'}\n")
        (template / name).chmod(0o755)
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template.parent))
    for number, (key, value) in enumerate(
        {"core.hooksPath": str(template), "init.templateDir": str(template.parent)}.items()
    ):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "2")
    mirrors.mirror(shop)
    assert not (tmp_path / "ran").exists()


def test_the_environment_of_a_hook_is_not_that_of_a_copy(
    mirrors: Mirrors, shop: Listed, origin: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Repository(tmp_path / "own")
    own.commit_files({"a.py": "a = 1\n"})
    before = own.git("for-each-ref")
    monkeypatch.setenv("GIT_DIR", str(own.path / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(own.path / ".git" / "index"))
    assert mirrors.mirror(shop).revision != own.head()
    monkeypatch.delenv("GIT_DIR")
    assert own.git("for-each-ref") == before


@pytest.mark.slow
def test_two_processes_share_a_copy(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(3) as pool:
        found = pool.starmap(mirrors.mirror, [(shop,)] * 6)
    assert {mirrored.revision for mirrored in found} == {origin.head()}


def test_a_copy_that_another_process_keeps_is_given_up(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    home = Path(mirrors.mirror(shop).path).parent
    with locked(str(home / "lock"), 1):
        kind, message = trouble(mirrors, shop, limits=Limits(seconds=0.2))
    assert kind is Trouble.TIMEOUT
    assert "another process" in message


def _mirror_slowly(mirrors: Mirrors, shop: Listed) -> None:
    mirrors.mirror(shop)


@pytest.mark.slow
def test_what_a_killed_run_left_is_no_obstacle(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    context = multiprocessing.get_context("spawn")
    with silent_server() as host:
        silent = shop._replace(url=f"https://{host}/shop.git")
        process = context.Process(target=_mirror_slowly, args=(mirrors, silent))
        process.start()
        deadline = time.monotonic() + 20
        while not list(Path(mirrors.folder).glob("*/new-*/copy.git/HEAD")) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        home = next(Path(mirrors.folder).iterdir())
        assert [path for path in home.iterdir() if path.name.startswith("new-")]
        assert trouble(mirrors, silent, limits=Limits(seconds=0.5))[0] is Trouble.TIMEOUT
        assert [path.name for path in home.iterdir()] == ["lock"]


@pytest.mark.slow
def test_no_kill_spoils_a_copy(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    """Whenever a run is killed, git and all: the next one has what the server has, and every object is sound."""
    context = multiprocessing.get_context("spawn")
    random = Random(SIZE)
    for number in range(8 * SIZE):
        origin.commit_files({"app.py": f"z = {number}\n", f"big{number}.bin": random.randbytes(1 << 18)})
        process = context.Process(target=_mirror_for_ever, args=(mirrors, shop, number % 3 == 2))
        process.start()
        time.sleep(0.25 + random.random() * 0.6)  # a process takes 0.2 s to start
        with suppress(ProcessLookupError):
            os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        mirrored = mirrors.mirror(shop)
        assert mirrored.revision == origin.head()
        copied(mirrored).git("fsck", "--full", "--no-dangling")
        assert [path.name for path in Path(mirrored.path).parent.iterdir() if path.name.startswith("new-")] == []


def _mirror_for_ever(mirrors: Mirrors, shop: Listed, wants_history: bool) -> None:
    while True:
        mirrors.mirror(shop, wants_history)


def test_locks_of_a_killed_git_are_removed(mirrors: Mirrors, shop: Listed, origin: Repository) -> None:
    path = Path(mirrors.mirror(shop).path)
    for name in ("shallow.lock", "refs/heads/default.lock", "packed-refs.lock", "objects/pack/tmp_pack_abcdef"):
        (path / name).write_text("")
    origin.commit_files({"app.py": "x = 4\n"})
    assert mirrors.mirror(shop).revision == origin.head()
    assert not list(path.rglob("*.lock")) + list(path.rglob("tmp_*"))


def test_progress_is_told_and_a_complaint_about_it_ends_the_transfer(
    mirrors: Mirrors, shop: Listed, origin: Repository
) -> None:
    told: list[tuple[int, int]] = []
    mirrors.mirror(shop, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mirrors.mirror(shop._replace(name="again"), progress=interrupt)
    assert processes(shop.url) == []


@pytest.mark.slow
def test_names_are_no_paths(mirrors: Mirrors, origin: Repository) -> None:
    for name in ("../../up", "a/b", "a" * 300, "ä \udcff", "."):
        path = Path(mirrors.mirror(Listed(name, url=f"file://{origin.path}")).path)
        assert path.parents[1] == Path(mirrors.folder)


def test_a_broken_copy_inside_of_another_repository_leaves_that_alone(
    tmp_path: Path, shop: Listed, origin: Repository
) -> None:
    around = Repository(tmp_path / "around")
    around.commit_files({"a.py": "a = 1\n"})
    around.git("tag", "kept")
    mirrors = Mirrors(str(around.path / "mirrors"))
    path = Path(mirrors.mirror(shop).path)
    (path / "HEAD").write_text("nonsense\n")
    assert mirrors.mirror(shop, wants_history=True).revision == origin.head()
    assert around.git("for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", "refs/tags/kept"]


def test_a_folder_that_cannot_be_made(tmp_path: Path, shop: Listed, origin: Repository) -> None:
    (tmp_path / "file").touch()
    kind, message = trouble(Mirrors(str(tmp_path / "file")), shop)
    assert (kind, message) == (Trouble.INTERNAL, "Not a directory")
