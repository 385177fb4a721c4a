"""Pages that are walked through: what a reader would type is typed into a shell, and what it answers is compared.

On such a page a block of `console` holds commands (`$ …`) with what they print; a block behind a line that ends with
the path of a file in backticks and a colon is written to that file; a block of `diff` is applied to the files.

`make walk` writes what is printed today into the pages.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.support.installed import PIP
from tests.support.repository import PROJECT

DOCS = PROJECT / "docs"
TUTORIAL = DOCS / "tutorial.md"
"""The one page that installs the program itself."""

HOME_SHOWN = "/home/ada"
ADDRESS = "THE-ADDRESS-OF-THIS-REPOSITORY"
DATE = "2026-06-01T12:00:00+00:00"
SETTINGS = "[user]\n    name = Ada Lovelace\n    email = ada@example.org\n[init]\n    defaultBranch = main\n"

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([^`\n]+)`:\n\n\Z")
END = "the end of what it says"


class Step(NamedTuple):
    """A block of a page: its `kind` (console, file, diff), its text with where that begins and ends in the page, and
    the path of a file.
    """

    kind: str
    text: str
    start: int
    end: int
    path: str = ""


def pages() -> list[Path]:
    """The pages that are walked through."""
    others = ("comparison", "complexity", "digests", "exit-codes", "ratchet", "security")
    return [TUTORIAL, *sorted((DOCS / "how-to").glob("*.md")), *(DOCS / f"{name}.md" for name in others)]


def steps(page: str) -> Iterator[Step]:
    """The blocks of a page that ask a reader to do something."""
    for found in BLOCK.finditer(page):
        kind, text = found.groups()
        named = NAMED.search(page, 0, found.start())
        if kind in ("console", "diff"):
            yield Step(kind, text, found.start(2), found.end(2))
        elif named:
            yield Step("file", text, found.start(2), found.end(2), named.group(1))


def commands(block: str) -> list[str]:
    """The commands of a console block."""
    first, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert first == "", f"a console block begins with a command: {block}"
    return [part.split("\n", 1)[0] for part in parts]


def files_of(page: Path) -> dict[str, str]:
    """The files that a page has its reader write, each as it is written last; edits are left out."""
    return {step.path: step.text for step in steps(page.read_text(encoding="utf-8")) if step.kind == "file"}


def beginnings(page: Path) -> dict[str, dict[str, str]]:
    """The repositories that a page finds when it begins, by their folders."""
    shop = files_of(TUTORIAL)
    if page == TUTORIAL:
        return {}
    warehouse = files_of(DOCS / "how-to" / "legacy.md")
    if page.stem == "comparison":
        return {"shop": shop, "warehouse": warehouse}
    if page.stem != "organisation":
        return {"shop": shop}
    folders = {"shop": shop, "warehouse": warehouse, "rota": {"rota.py": "WEEKS = 52\n"}}
    return {f"repositories/{name}": files for name, files in folders.items()}


class Terminal:
    """A shell that stays open from command to command, in a home of its own. There is Python, git, and the program if
    it is given; `source` is the repository of the project.
    """

    def __init__(self, home: Path, source: Path, program: Path | None) -> None:
        self.home, self.source = home, source
        home.mkdir(parents=True, exist_ok=True)
        (home / ".gitconfig").write_text(SETTINGS)
        self.shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=home,
            env=surroundings(home, program),
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.shell.communicate("exit\n")

    def say(self, command: str) -> str:
        """What a command prints, with the folder that the pages speak of."""
        assert self.shell.stdin
        assert self.shell.stdout
        typed = command.replace(ADDRESS, str(self.source))
        self.shell.stdin.write(f"{{ {typed}\n}} </dev/null; printf '\\n{END}\\n'\n")
        self.shell.stdin.flush()
        said = ""
        while not said.endswith(f"\n{END}\n"):
            line = self.shell.stdout.readline()
            assert line, f"the shell ended at {command}: {said}"
            said += line
        return said.removesuffix(f"\n{END}\n").replace(str(self.home), HOME_SHOWN)

    def begin(self, repository: str, files: Mapping[str, str]) -> None:
        """Make a repository in the home, before anything is typed."""
        for path, text in files.items():
            write(self.home / repository / path, text)
        for command in ("init --quiet", "add .", "commit --quiet --message Begin"):
            self.say(f"git -C {repository} {command}")

    def where(self) -> Path:
        """The folder that the shell is in."""
        return Path(self.say("pwd").strip().replace(HOME_SHOWN, str(self.home), 1))


def surroundings(home: Path, program: Path | None) -> Mapping[str, str]:
    """The environment of the terminal."""
    places = [program and program.parent, Path(sys.base_prefix) / "bin", Path(shutil.which("git") or "").parent]
    return {
        **PIP,
        "PIP_QUIET": "2",  # what pip complains about on this machine is no matter of the pages
        "PATH": ":".join([*(str(place) for place in places if place), os.defpath]),
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
        "GIT_AUTHOR_DATE": DATE,
        "GIT_COMMITTER_DATE": DATE,
    }


Watch = Callable[[Path, str, Terminal], None]


def walk(page: Path, terminal: Terminal, watch: Watch = lambda page, command, terminal: None) -> str:
    """Do what a page asks for, and return the page with what was printed. `watch` sees each command before it runs."""
    text = page.read_text(encoding="utf-8")
    for repository, files in beginnings(page).items():
        terminal.begin(repository, files)
    result, end = [], 0
    for step in steps(text):
        result += [text[end : step.start], _done(page, step, terminal, watch)]
        end = step.end
    return "".join([*result, text[end:]])


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _done(page: Path, step: Step, terminal: Terminal, watch: Watch) -> str:
    if step.kind == "console":
        return "".join(_said(page, command, terminal, watch) for command in commands(step.text))
    if step.kind == "diff":
        apply = ["git", "apply", "--unidiff-zero", "--whitespace=nowarn", "-"]
        subprocess.run(apply, cwd=terminal.where(), input=step.text, text=True, check=True)
        return step.text
    write(terminal.where() / step.path, step.text)
    return step.text


def _said(page: Path, command: str, terminal: Terminal, watch: Watch) -> str:
    watch(page, command, terminal)
    return f"$ {command}\n{terminal.say(command)}"
