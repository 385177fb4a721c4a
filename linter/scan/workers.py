"""The owner's side of the processes that judge repositories."""

import contextlib
import os
import signal
import socket
import sys
import time
from multiprocessing.connection import Connection, wait

import linter
from linter.adapters.python.together import CORES
from linter.model.scan import RepositoryReport, Trouble
from linter.scan.task import Task, failures

GRACE = 30
"""Seconds that a worker may take beyond what it allows its child."""

ATTEMPTS = 2
"""So many workers are asked: the first one may have been ended for a reason that has nothing to do with the task."""

# -P keeps Python from importing what lies in the current folder, which may be a scanned repository. The package is to
# be this very one, also where it lies in a checkout and another one is installed.
_START = """\
import sys
sys.path.insert(0, sys.argv[1])
import linter
sys.path.append(sys.path.pop(0))
from linter.scan.worker import main
main()
"""
_HOME = os.path.dirname(os.path.dirname(os.path.abspath(linter.__file__)))
_SILENT = ((os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2))

_SECRETS = ("TOKEN", "PASSWORD", "SECRET", "SSH_AUTH_SOCK")
_LOCATING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


def judge(task: Task) -> tuple[RepositoryReport, ...]:
    """The reports of a task, by a worker of this process that is idle or a new one. Any thread may ask."""
    for _ in range(ATTEMPTS):
        worker = _taken()
        try:
            reports = worker.ask(task)
        except _GoneError:
            if not _ended(worker):
                break
        except BaseException:
            _ended(worker)
            raise
        else:
            _idle.append(worker)
            return reports
    return failures(task, Trouble.INTERNAL, "the process that judged it is gone")


def prepare() -> None:
    """Have a worker get ready, which takes a quarter of a second, while there is something else to do."""
    _idle.append(_started())


def stop() -> None:
    """End the workers of this process, also those at work: whoever waits for them learns that they are gone."""
    while _all:
        worker = _all.pop()
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGTERM)
    while _idle:
        _ended(_idle.pop())


class _GoneError(Exception):
    """A worker ended, or did not answer."""


class _Worker:
    """A running worker; see `linter.scan.worker`."""

    def __init__(self) -> None:
        own, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-c", _START, _HOME]
            actions = ((os.POSIX_SPAWN_DUP2, theirs.fileno(), 0), *_SILENT)
            # A group of its own: an interrupt at the terminal is the owner's to deal with.
            self.pid = os.posix_spawn(sys.executable, command, _environment(), file_actions=actions, setpgroup=0)
        self._connection = Connection(own.detach())

    def ask(self, task: Task) -> tuple[RepositoryReport, ...]:
        """Raises _GoneError."""
        try:
            self._connection.send(task)
            if not wait([self._connection], len(task.requests) * task.limits.seconds + GRACE):
                raise _GoneError
            reports: tuple[RepositoryReport, ...] = self._connection.recv()
        except (EOFError, OSError) as error:
            raise _GoneError from error
        return reports

    def close(self) -> None:
        """Let it end; without its owner's socket it ends what it has begun, too."""
        self._connection.close()
        deadline = time.monotonic() + GRACE
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(self.pid, signal.SIGKILL)
                time.sleep(0.005)


_idle: list[_Worker] = []
_all: set[_Worker] = set()


def _taken() -> _Worker:
    try:
        return _idle.pop()
    except IndexError:
        return _started()


def _started() -> _Worker:
    worker = _Worker()
    _all.add(worker)
    return worker


def _ended(worker: _Worker) -> bool:
    """Clear a worker away; false where it was told to stop."""
    was_wanted = worker in _all
    _all.discard(worker)
    worker.close()
    return was_wanted


def _environment() -> dict[str, str]:
    """Nothing that opens a door: whoever judges foreign files needs no credentials. There are as many workers as there
    are cores, and forks that share one core take a tenth more time than they save.
    """
    own = {
        name: value
        for name, value in os.environ.items()
        if name not in _LOCATING and not any(word in name.upper() for word in _SECRETS)
    }
    return {**own, CORES: "1"}
