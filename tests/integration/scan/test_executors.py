"""Whoever does the work and in whatever order: the reports are equal. A real Dask cluster loses a worker on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.errors import UsageError
from linter.model.inventory import Repository as Listed
from linter.model.progress import Progress
from linter.model.request import Request
from linter.model.scan import Failure, MirrorError, RepositoryReport, Trouble
from linter.scan.executors import executor_of
from linter.scan.runner import Located, Plan, judge_all
from linter.scan.task import Limits
from tests.support.code import function
from tests.support.organisation import DAY, STATES, organisation
from tests.support.repository import PROJECT, Repository


class Cluster(NamedTuple):
    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory, isolated_home: Path) -> list[Listed]:
    os.environ["GIT_CONFIG_GLOBAL"] = str(isolated_home / ".gitconfig")
    folder = organisation(tmp_path_factory.mktemp("organisation") / "acme")
    for number in range(8):
        many = {f"{name}.py": f"# {number}\n" + function(name, 16) * 30 for name in "abc"}
        Repository(folder / f"more{number}").commit_files(many)
    paths = [folder / (f"{name}.git" if name == "plain" else name) for name in STATES]
    paths += [folder / f"more{number}" for number in range(8)]
    return [Listed(path.name, path=str(path)) for path in paths]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, each a process of its own, as somebody starts them by hand."""
    port = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    started = [_start([*command, "--dashboard-address", "127.0.0.1:0", "--scheduler-file", str(port)], tmp_path)]
    try:
        _wait_for(port)
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(port), "--no-dashboard"]
        options = ["--no-nanny", "--nthreads", "1", "--local-directory", str(tmp_path), "--host", "127.0.0.1"]
        started += [_start([*worker, *options], tmp_path) for _ in range(2)]
        address = next(word for word in port.read_text().split('"') if word.startswith("tcp://"))
        _wait_for(tmp_path / "log", "Registered to", 2)
        yield Cluster(address, tuple(started[1:]))
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(command: Sequence[str], folder: Path) -> "subprocess.Popen[bytes]":
    with (folder / "log").open("ab") as log:
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _wait_for(path: Path, words: str = "", count: int = 1) -> None:
    """Wait until a file is there and has words in it."""
    deadline = time.monotonic() + 30
    while not path.exists() or path.read_text().count(words) < count or not path.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def plan(**more: object) -> Plan:
    return Plan((Request(DAY),), lambda repository, *_: Located(repository.path))._replace(**more)


def reports(
    repositories: Sequence[Listed], executor: str, jobs: int = 2, chosen: Plan | None = None
) -> list[RepositoryReport]:
    with executor_of(executor, jobs) as hands:
        found = [report for one in judge_all(repositories, chosen or plan(), hands) if one for report in one.reports]
    return sorted(found, key=lambda report: report.repository)


def test_every_executor_and_every_order_gives_equal_reports(repositories: list[Listed], cluster: Cluster) -> None:
    expected = reports(repositories, "serial")
    assert {report.repository.name for report in expected} == {one.name for one in repositories}
    assert reports(repositories[::-1], "processes", 3) == expected
    assert reports(repositories, f"dask={cluster.address}") == expected


def test_a_cluster_that_loses_a_worker_finishes_all_the_same(repositories: list[Listed], cluster: Cluster) -> None:
    expected = reports(repositories, "serial")
    found = []
    with executor_of(f"dask={cluster.address}", 2) as hands:
        for one in filter(None, judge_all(repositories, plan(), hands)):
            if not found:
                cluster.workers[0].send_signal(signal.SIGKILL)
            found += one.reports
    assert sorted(found, key=lambda report: report.repository) == expected


def test_a_cluster_of_this_machine_works_too(repositories: list[Listed]) -> None:
    assert reports(repositories[:2], "dask=local", 1) == reports(repositories[:2], "serial")


def test_an_unknown_executor_is_refused() -> None:
    with pytest.raises(UsageError, match="no executor forks"), executor_of("forks", 2):
        pass


def test_what_keeps_a_repository_from_being_had_is_its_report(repositories: list[Listed]) -> None:
    def locate(repository: Listed, wants_history: bool, progress: Progress) -> Located:
        if repository.name == "web":
            raise MirrorError(Failure(Trouble.AUTH, "the server asks for a password"))
        if repository.name == "api":
            raise RuntimeError("a bug\nof ours")
        return Located(repository.path)

    found = {report.repository.name: report for report in reports(repositories[2:5], "serial", 1, plan(locate=locate))}
    assert found["web"].failure == Failure(Trouble.AUTH, "the server asks for a password")
    assert found["api"].failure == Failure(Trouble.INTERNAL, "RuntimeError: a bug\N{REPLACEMENT CHARACTER}of ours")
    assert found["plain.git"].failure is None


def test_one_with_a_review_file_is_judged_again_with_its_past(repositories: list[Listed]) -> None:
    asked = []

    def locate(repository: Listed, wants_history: bool, progress: Progress) -> Located:
        asked.append((repository.name, wants_history))
        return Located(repository.path, lacks_history=not wants_history)

    chosen = [one for one in repositories if one.name in ("api", "plain.git")]
    assert len(reports(chosen, "serial", 1, plan(locate=locate))) == 2
    assert sorted(asked) == [("api", False), ("api", True), ("plain.git", False)]


def test_whoever_stops_listening_ends_what_is_being_fetched(repositories: list[Listed]) -> None:
    ended = []

    def locate(repository: Listed, wants_history: bool, progress: Progress) -> Located:
        if repository.name == "api":
            return Located(repository.path)
        try:
            while True:
                progress(0, 1)
                time.sleep(0.01)
        finally:
            ended.append(repository.name)

    with executor_of("processes", 2) as hands:
        chosen = sorted(repositories, key=lambda one: one.name != "api")
        running = judge_all(chosen, plan(locate=locate, scouts=3, limits=Limits(60)), hands)
        assert next(filter(None, running)).repository.name == "api"
        running.close()
    assert len(ended) == 3
