"""A PostgreSQL of the tests' own: without a port, gone with the process that started it."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "20", "shared_buffers": "16MB"}
PATIENCE = 60


def binaries() -> Path | None:
    """Where the server's programs are: Debian does not put them on the search path."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    return Path(found).parent if found else debian[-1].parent if debian else None


class Server:
    """A running server; `settings` go over SETTINGS. Its log stands in its folder."""

    def __init__(self, **settings: str) -> None:
        programs = binaries()
        assert programs is not None
        # A socket's path may have 107 characters, and folders of pytest can be entered by their owner only.
        self.folder = Path(tempfile.mkdtemp(prefix="rl-pg-"))
        self._log = (self.folder / "log").open("wb")
        # The server refuses to run as root.
        self._owner: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
        if os.geteuid() != 0:
            self._owner = {}
        else:
            shutil.chown(self.folder, "postgres", "postgres")
        data = ("-D", self.folder / "data")
        locale = ("--encoding=UTF8", "--locale=C.UTF-8")
        self._start([programs / "initdb", *data, "-U", "postgres", *locale, "--no-sync"]).wait(PATIENCE)
        options = [f"-c{name}={value}" for name, value in {**SETTINGS, **settings}.items()]
        # It ends when the tests do, even if they are killed.
        command = ["setpriv", "--pdeathsig", "INT", programs / "postgres", *data, "-k", self.folder, *options]
        self._process = self._start(command)
        self._wait_until_it_answers()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(2)
        self._process.wait(PATIENCE)
        self._log.close()
        shutil.rmtree(self.folder)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement by itself; the rows of its answer."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _start(self, command: list[Any]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, stdout=self._log, stderr=self._log, cwd="/", **self._owner)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return self.sql("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            return False
