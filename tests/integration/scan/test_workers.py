"""Workers end what does not end, survive what dies, hold no secrets, and end with their owner."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from linter.model.inventory import Repository as Listed
from linter.model.request import Request
from linter.model.scan import Failure, RepositoryReport, Status, Trouble
from linter.scan import workers
from linter.scan.task import Limits, Task
from tests.support.code import function
from tests.support.repository import PROJECT, Repository
from tests.support.reviews import review

REQUEST = Request("2026-06-01")
LIMITS = Limits()


@pytest.fixture(autouse=True)
def _end_of_workers() -> Iterator[None]:
    yield
    workers.stop()


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "small")
    repository.commit_files({"REVIEW.yaml": review(), "a.py": function("f", 3)})
    return repository


@pytest.fixture
def large(tmp_path: Path) -> Repository:
    """Two seconds of work."""
    repository = Repository(tmp_path / "large")
    repository.commit_files({f"a{number}.py": f"# {number}\n" + function("f", 15) * 150 for number in range(60)})
    return repository


def judged(repository: Repository | Path, *requests: Request, limits: Limits = LIMITS) -> tuple[RepositoryReport, ...]:
    path = str(repository.path if isinstance(repository, Repository) else repository)
    return workers.judge(Task(Listed("one", path=path), path, requests or (REQUEST,), limits, "basis"))


def children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in found.stdout.split()]


def worker() -> int:
    (only,) = (one.pid for one in workers._all)
    return only


def wait_for(condition: object) -> None:
    assert callable(condition)
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state == "Z"


def test_a_report_has_what_a_store_keeps_and_nothing_of_this_machine(small: Repository) -> None:
    (report,) = judged(small)
    assert (report.status, report.revision, report.basis) == (Status.PASSED, small.head(), "basis")
    assert report.report is not None and report.report.metrics is not None
    assert report.blobs == (("a.py", small.git("rev-parse", "HEAD:a.py")),)
    assert [path for path, _ in report.report.metrics] == ["a.py"]
    assert (report.report.path, report.report.duration_ms, report.report.repository) == ("", 0, "one")
    assert (report.products[0].name, report.products[0].tier) == ("sketchpad", None)


def test_several_requests_give_several_reports(small: Repository) -> None:
    first, second = judged(small, REQUEST, REQUEST._replace(select=("RL8",)))
    assert first.report is not None and second.report is not None
    assert (first.report.fail_on, first.products) == (second.report.fail_on, second.products)


def test_the_clock_on_the_wall_ends_a_repository_with_all_that_it_started(large: Repository) -> None:
    begun = time.monotonic()
    (report,) = judged(large, limits=Limits(0.3))
    assert report.failure == Failure(Trouble.TIMEOUT, "it was not judged within 0.3 seconds")
    assert time.monotonic() - begun < 3
    wait_for(lambda: children(worker()) == [])


def test_memory_is_bounded(tmp_path: Path) -> None:
    fat = Repository(tmp_path / "fat")
    fat.commit_files({f"a{number}.py": f"x = {number}\n" + ("# " + "x" * 97 + "\n") * 19_000 for number in range(30)})
    (report,) = judged(fat, limits=Limits(60, 80))
    assert report.failure == Failure(Trouble.TOO_LARGE, "judging it takes more than 80 MB of memory")
    assert judged(fat)[0].failure is None


def test_a_process_that_is_killed_is_a_report_and_the_worker_goes_on(large: Repository, small: Repository) -> None:
    judged(small)

    def kill() -> None:
        wait_for(lambda: children(worker()))
        os.killpg(children(worker())[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    (report,) = judged(large)
    killer.join()
    assert report.failure == Failure(Trouble.INTERNAL, "the process that judged it was killed by SIGKILL")
    before = worker()
    assert judged(small)[0].status is Status.PASSED
    assert worker() == before


def test_a_worker_that_died_is_replaced(small: Repository) -> None:
    judged(small)
    first = worker()
    os.kill(first, signal.SIGKILL)
    assert judged(small)[0].status is Status.PASSED
    assert worker() != first


def test_stopping_ends_workers_that_are_busy(large: Repository) -> None:
    reports: list[RepositoryReport] = []
    asking = threading.Thread(target=lambda: reports.extend(judged(large)))
    asking.start()
    wait_for(lambda: workers._all and children(worker()))
    (child,) = children(worker())
    workers.stop()
    asking.join()
    wait_for(lambda: is_gone(child))
    assert not workers._all
    assert reports[0].failure == Failure(Trouble.INTERNAL, "the process that judged it is gone")


OWNER = """\
import sys
sys.path.insert(0, {project!r})
from linter.model.inventory import Repository
from linter.model.request import Request
from linter.scan import workers
from linter.scan.task import Task
import threading
threading.Thread(target=workers.judge, args=(Task(Repository("one"), sys.argv[1], (Request("2026-06-01"),)),)).start()
while not workers._all: pass
print(next(iter(workers._all)).pid, flush=True)
"""


def test_a_worker_ends_with_its_owner_and_its_child_too(large: Repository) -> None:
    command = [sys.executable, "-c", OWNER.format(project=str(PROJECT)), str(large.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        wait_for(lambda: children(pid))
        (child,) = children(pid)
        owner.kill()
    wait_for(lambda: is_gone(pid) and is_gone(child))


def test_a_worker_imports_nothing_from_the_current_folder_and_gets_no_secret(
    small: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "multiprocessing", "yaml", "jsonschema", "linter"):
        (tmp_path / f"{name}.py").write_text("import os; open('owned', 'w').close(); os._exit(1)\n")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_TOKEN", "REVIEW_STORE_PASSWORD", "GIT_DIR"):
        monkeypatch.setenv(name, "hunter2")
    assert judged(small)[0].status is Status.PASSED
    assert not (tmp_path / "owned").exists()
    assert b"hunter2" not in Path(f"/proc/{worker()}/environ").read_bytes()


def test_a_folder_in_a_repository_is_none(small: Repository) -> None:
    small.write("inner/a.py", "x = 1\n")
    for path, kind in ((small.path / "inner", Trouble.CORRUPT), (small.path / "nowhere", Trouble.UNREACHABLE)):
        (report,) = judged(path)
        assert (report.status, report.failure and report.failure.kind) == (Status.ERROR, kind)
        assert report.failure is not None and str(small.path) not in report.failure.message
