"""The folder that the site is written into: files appear as a whole, what is the same is left alone, and nothing that
somebody else put there is touched.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from linter.errors import ReviewLintError, UsageError

ASSETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "assets")
"""What browsers get as it is."""

_NEW = ".review-lint-new"


class SiteError(ReviewLintError):
    """A file of the site could not be written or removed; the next build mends what is half done."""


class Folder:
    """The folder at `path`, which is made if need be. Names of files are relative to it, with `/`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._entered: set[str] = set()

    def prepare(self, *markers: str) -> None:
        """Make the folder. Raises UsageError for one that holds something and none of the files `markers`."""
        try:
            os.makedirs(self._path, exist_ok=True)
            found = os.listdir(self._path)
        except OSError as error:
            raise UsageError(
                f"cannot write into {self._path}: {error.strerror}", "name another folder with --out"
            ) from error
        ours = {*markers, *(marker + _NEW for marker in markers)}
        if found and ours.isdisjoint(found):
            raise UsageError(
                f"{self._path} holds something else: {min(found)}", "name a new or an empty folder with --out"
            )

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one build that writes, in the block. Raises SiteError while another one does."""
        descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SiteError(
                    f"another build is writing into {self._path}", "wait until it has ended, or name another folder"
                ) from error
            except OSError:
                pass  # some file systems lock no folders: NFS wants them open for writing
            yield
        finally:
            os.close(descriptor)

    def has(self, name: str) -> bool:
        return os.path.lexists(self._full(name))

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where there is none, or something that may never end."""
        full = self._full(name)
        try:
            if not os.path.isfile(full):
                return None
            with open(full, "rb") as file:
                return file.read()
        except OSError:
            return None

    def write(self, name: str, content: str | bytes) -> None:
        """Let a file have that content. Whoever reads it meanwhile gets the old content or the new one."""
        data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
        if self.read(name) == data:
            return
        full = self._full(name)
        self._enter(os.path.dirname(full))
        with _told(full):
            try:
                self._put(full, data)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(full), exist_ok=True)
                self._put(full, data)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and the folders that are empty then; whatever the names are, nothing outside of this folder."""
        for name in names:
            full = self._full(name)
            if not _is_given(name) or not self._holds(os.path.dirname(full)):
                continue
            with suppress(FileNotFoundError), _told(full):
                os.unlink(full)
            with suppress(OSError):
                while (full := os.path.dirname(full)) != os.path.abspath(self._path):
                    os.rmdir(full)

    def _full(self, name: str) -> str:
        return os.path.join(os.path.abspath(self._path), name)

    def _enter(self, folder: str) -> None:
        """Raise SiteError where a link on the way leads elsewhere."""
        if folder in self._entered:
            return
        if not self._holds(folder):
            raise SiteError(f"{folder} leads out of {self._path}", "remove that link, and write again")
        self._entered.add(folder)

    def _holds(self, folder: str) -> bool:
        own = os.path.realpath(self._path)
        try:
            return os.path.commonpath((os.path.realpath(folder), own)) == own
        except ValueError:  # a name that no file has
            return False

    def _put(self, full: str, data: bytes) -> None:
        new = full + _NEW
        try:
            with _fresh(new) as file:
                file.write(data)
            os.replace(new, full)
        except BaseException:
            with suppress(OSError):
                os.unlink(new)
            raise


def _is_given(name: str) -> bool:
    """Whether a build calls files like that."""
    return "\0" not in name and {"", ".", ".."}.isdisjoint(name.split("/"))


def _fresh(path: str) -> BinaryIO:
    """A new file, which is no link; a build that was killed may have left one."""
    try:
        return open(path, "xb")
    except FileExistsError:
        os.unlink(path)
        return open(path, "xb")


@contextmanager
def _told(path: str) -> Iterator[None]:
    """Raises SiteError for what the system complains about."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise SiteError(
            f"cannot write {path}: {error.strerror}", "make room or look at the folder's rights, and write again"
        ) from error
