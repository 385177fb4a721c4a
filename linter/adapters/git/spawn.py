"""Processes, started in the way that takes least time: with `subprocess`, which takes 4 ms to import and 1 ms to start
each, a commit would wait longer for that than for git.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fcntl import F_DUPFD_CLOEXEC, fcntl
from functools import lru_cache
from signal import SIGKILL, SIGPIPE, SIGXFSZ

NONE = -1
"""What stands for a descriptor where there is none."""


class Child:
    """A process that was started here. `output`, `complaint` and `questions` are this end of the pipes to its standard
    streams, NONE where that stream leads to nothing. Whoever started it has it `wait` or `end`.
    """

    def __init__(self, pid: int, output: int, complaint: int, questions: int) -> None:
        self.pid = pid
        self.output = output
        self.complaint = complaint
        self.questions = questions

    def wait(self) -> int:
        """Its exit code, negative for a signal, once it has ended; nobody can talk to it any more."""
        for descriptor in (self.output, self.complaint, self.questions):
            if descriptor != NONE:
                os.close(descriptor)
        self.output = self.complaint = self.questions = NONE
        try:
            _, status = os.waitpid(self.pid, 0)
        except ChildProcessError:  # whoever started this process has it ignore SIGCHLD
            return 0
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, SIGKILL)
        self.wait()


def spawn(
    program: str, arguments: Sequence[str], environment: Mapping[str, str], is_asked: bool, complains: bool
) -> Child:
    """Start a program of the PATH in `environment`. `is_asked`: it reads questions; `complains`: its standard error is
    listened to. Raises OSError when it cannot be started.
    """
    path = _found(program, environment["PATH"])
    pipes = _pipes([stream for stream, is_piped in enumerate((is_asked, True, complains)) if is_piped])
    try:
        actions = [_action(stream, pipes) for stream in range(3)]
        # Python ignores these two signals, and what it starts would go on doing so.
        defaults = (SIGPIPE, SIGXFSZ)
        pid = os.posix_spawn(path, (program, *arguments), environment, file_actions=actions, setsigdef=defaults)
    except OSError:
        _close(pipes)
        raise
    for stream, pipe in pipes.items():
        os.close(pipe[stream > 0])
    questions, output, complaint = (pipes[stream][stream == 0] if stream in pipes else NONE for stream in range(3))
    return Child(pid, output, complaint, questions)


def _pipes(streams: Sequence[int]) -> dict[int, tuple[int, int]]:
    """A pipe for each of some standard streams."""
    pipes: dict[int, tuple[int, int]] = {}
    try:
        for stream in streams:
            pipes[stream] = _pipe()
    except OSError:
        _close(pipes)
        raise
    return pipes


def _close(pipes: Mapping[int, tuple[int, int]]) -> None:
    for descriptor in (end for pipe in pipes.values() for end in pipe):
        os.close(descriptor)


def _pipe() -> tuple[int, int]:
    """The reading and the writing end, neither in the place of a standard stream, where those are closed."""
    reader, writer = os.pipe()
    return _above(reader), _above(writer)


def _above(descriptor: int) -> int:
    if descriptor > 2:
        return descriptor
    moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    os.close(descriptor)
    return moved


def _action(stream: int, pipes: Mapping[int, tuple[int, int]]) -> tuple[int, ...] | tuple[int, int, str, int, int]:
    """What makes a standard stream of the new process the end of a pipe, or lead to nothing."""
    if stream in pipes:
        return (os.POSIX_SPAWN_DUP2, pipes[stream][stream > 0], stream)
    return (os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0)


@lru_cache(maxsize=8)
def _found(program: str, path: str) -> str:
    """Where a program is. Raises FileNotFoundError."""
    for folder in path.split(os.pathsep):
        file = os.path.join(folder, program)
        if os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    raise FileNotFoundError(2, os.strerror(2), program)
