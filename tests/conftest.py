"""Every test runs with a home, a git identity and a git configuration of its own, and never touches the real ones."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that others use too may take its time over any example.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

GIT_SETTINGS = """\
[user]
    name = Ada Lovelace
    email = ada@example.org
[init]
    defaultBranch = main
[protocol "file"]
    allow = always
[commit]
    gpgSign = false
[core]
    autocrlf = false
"""

# Whoever runs the tests in the background has them ignore interrupts, and what they start and interrupt does so too.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def isolated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(GIT_SETTINGS)
    return home


@pytest.fixture(autouse=True)
def environment(isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a person who has nothing but git: no hook variables, fixed dates, English messages."""
    for name in list(os.environ):
        if name.startswith(("GIT", "PRE_COMMIT", "XDG_", "REVIEW_LINT")) or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    for name, value in {
        "HOME": str(isolated_home),
        "GIT_CONFIG_GLOBAL": str(isolated_home / ".gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-01-01T12:00:00+00:00",
        "GIT_COMMITTER_DATE": "2026-01-01T12:00:00+00:00",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    yield
