"""Replay the history of real repositories: what would the gate have said to each of their commits?

    python benchmarks/replay.py --details replay.txt FOLDER[@COMMIT]...

judges the last commits of each repository (a bare clone will do) that touch Python, each as a range from its first
parent, and prints Markdown tables: how many would have been blocked, and every blocking finding. `--details` writes the
code of each, before and after, to a file: reading it is the only way to tell whether the gate was right. What the
reader found goes into the file of `--verdicts`. docs/replays.md shows the whole.
"""

import argparse
import csv
import difflib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from linter.adapters.git.repository import open_repository
from linter.adapters.git.targets import commit_range
from linter.adapters.python.metrics import measure
from linter.engine.lint import lint
from linter.errors import ReviewLintError
from linter.model.finding import Finding, Severity
from linter.model.metrics import MODULE, SourceMetrics
from linter.model.request import Request
from linter.model.snapshot import Change, Entry, Kind, Snapshot, blob_id, find_named

REQUEST = Request(today="2026-01-01", select=("RL8",))
"""Any day will do: none of these rules looks at it where nothing is ignored or waived."""

VERDICTS = ("justified", "debatable", "wrong", "exclude")
"""`exclude`: the figures are right, and about code that a team would not have judged (vendored, data for tests)."""

TABLES = re.compile(r"(?<=<!-- tables -->\n).*(?=<!-- end of tables -->)", re.DOTALL)

Files = Mapping[str, str]
"""Texts by path, which every commit is judged with as if it held them."""


class History(NamedTuple):
    """A repository in `folder`, from the newest of its `commits` (object ids, along the first parents) backwards."""

    folder: str
    name: str
    commits: tuple[str, ...]

    def ask(self, *arguments: str) -> str:
        command = ["git", "-C", self.folder, *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")


class Blocking(NamedTuple):
    """One reason for which a commit would have been blocked; `finding` is None where it could not be judged at all."""

    commit: str
    place: str
    rule: str
    summary: str
    finding: Finding | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.commit[:10], self.place, self.rule)


class Replay(NamedTuple):
    """What the gate said to a history, and the processor time that it took, git's included. `settings` has the number
    of commits blocked under other settings, by their names.
    """

    history: History
    blocking: Sequence[Blocking]
    seconds: float
    settings: Mapping[str, int]

    @property
    def blocked(self) -> int:
        """How many commits."""
        return len({item.commit for item in self.blocking})


def main() -> int:
    arguments = parse_arguments()
    settings = settings_of(arguments)
    replays = []
    for repository in arguments.repositories:
        replays.append(replay(history_of(repository, arguments.commits), settings))
        print(f"{replays[-1].history.name}: {replays[-1].seconds:.0f} s", file=sys.stderr)
    verdicts = read_verdicts(arguments.verdicts) if arguments.verdicts else {}
    publish("\n".join(tables(replays, verdicts)), arguments.page)
    if arguments.details:
        with open(arguments.details, "w", encoding="utf-8") as stream:
            stream.writelines(line for result in replays for line in details(result))
    return complain(replays, verdicts) if arguments.verdicts else 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", metavar="FOLDER[@COMMIT]", nargs="+", help="COMMIT is where the history ends")
    parser.add_argument("--commits", type=int, default=200, help="how many of each (default: 200)")
    parser.add_argument("--verdicts", metavar="FILE", help="commit, place, rule, verdict and reason, separated by tabs")
    parser.add_argument("--page", metavar="FILE", help="a Markdown page whose tables are replaced, instead of printed")
    parser.add_argument("--details", metavar="FILE", help="where to write the code of every finding, before and after")
    parser.add_argument("--limit", type=int, action="append", default=[], help="compare with another complexity limit")
    parser.add_argument("--absolute", action="store_true", help="compare with `mode: absolute`")
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="compare with these left out")
    return parser.parse_args()


def settings_of(arguments: argparse.Namespace) -> dict[str, Files]:
    limits = {
        f"limit {limit}": {"REVIEW.yaml": f"simplicity: {{limits: {{cyclomatic_complexity: {limit}}}}}\n"}
        for limit in arguments.limit
    }
    absolute = {"absolute": {"REVIEW.yaml": "simplicity: {mode: absolute}\n"}} if arguments.absolute else {}
    excluding = (
        {"with `exclude`": {"review-lint.toml": f"exclude = {arguments.exclude}\n"}} if arguments.exclude else {}
    )
    return {**limits, **absolute, **excluding}


def history_of(repository: str, count: int) -> History:
    folder, _, end = (repository, "", "HEAD") if os.path.isdir(repository) else repository.rpartition("@")
    if not os.path.isdir(folder):
        sys.exit(f"{repository}: there is no such folder")
    name = folder.rstrip("/").rpartition("/")[2].removesuffix(".git")
    history = History(folder, name, ())
    listed = history.ask("rev-list", "--first-parent", "--min-parents=1", f"-{count}", end, "--", "*.py", "*.pyi")
    if not listed:
        sys.exit(f"{folder}: no commit touches Python")
    return history._replace(commits=tuple(listed.split()))


def replay(history: History, settings: Mapping[str, Files]) -> Replay:
    before = sum(os.times()[:4])
    blocking = list(judge(history, {}))
    seconds = sum(os.times()[:4]) - before
    others = {name: len({found.commit for found in judge(history, files)}) for name, files in settings.items()}
    return Replay(history, blocking, seconds, others)


def judge(history: History, files: Files) -> Iterator[Blocking]:
    with open_repository(history.folder) as git:
        for commit in history.commits:
            try:
                outcome = lint(Configured(commit_range(git, f"{commit}^1", commit), files), REQUEST)
            except ReviewLintError as error:
                yield Blocking(commit, "", "not judged", str(error))
                continue
            errors = [f for f in outcome.findings if f.severity is Severity.ERROR and not f.suppressed]
            yield from (blocking(commit, finding) for finding in errors)


def blocking(commit: str, finding: Finding) -> Blocking:
    place = f"{finding.location.path}:{finding.location.span.start.line}"
    if "value" not in finding.data:
        return Blocking(commit, place, finding.rule, finding.message, finding)
    base = finding.data["base"]
    figures = f"{'new' if base is None else base} → {finding.data['value']}"
    return Blocking(commit, place, finding.rule, f"`{finding.location.symbol}` {figures}", finding)


class Configured:
    """A snapshot as it would be if it held some more files, the same as in its bases."""

    def __init__(self, snapshot: Snapshot, files: Files) -> None:
        self.kind, self.revision, self.bases = snapshot.kind, snapshot.revision, snapshot.bases
        self._snapshot = snapshot
        self._contents = {blob_id(text.encode()): text.encode() for text in files.values()}
        self._entries = {path: Entry(path, Kind.FILE, blob_id(text.encode())) for path, text in files.items()}

    def paths(self) -> Mapping[str, Entry]:
        return dict(sorted({**self._snapshot.paths(), **self._entries}.items()))

    def find(self, names: Collection[str]) -> Mapping[str, Entry]:
        return dict(sorted({**self._snapshot.find(names), **find_named(self._entries, names)}.items()))

    def changes(self) -> Sequence[Change]:
        return self._snapshot.changes()

    def read(self, entry: Entry, limit: int) -> bytes:
        return self._contents[entry.blob] if entry.blob in self._contents else self._snapshot.read(entry, limit)


Verdicts = Mapping[tuple[str, str, str], str]
"""By commit (ten digits), place and rule: the verdict, and why, in a few words."""


def read_verdicts(file: str) -> Verdicts:
    with open(file, encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    for row in rows:
        if len(row) != 5 or row[3] not in VERDICTS:
            sys.exit(f"{file}: expected commit, place, rule, one of {', '.join(VERDICTS)}, and why: {row}")
    return {(commit, place, rule): f"{verdict}: {why}" for commit, place, rule, verdict, why in rows}


def complain(replays: Sequence[Replay], verdicts: Verdicts) -> int:
    """Say which findings have no verdict, and which verdicts no finding; 1 if there are any."""
    judged = {commit[:10] for result in replays for commit in result.history.commits}
    found = {item.key for result in replays for item in result.blocking}
    lacking = [("no verdict", *key) for key in found - verdicts.keys()]
    lacking += [("no such finding", *key) for key in verdicts.keys() - found if key[0] in judged]
    for line in sorted(lacking):
        print(*line, sep="\t", file=sys.stderr)
    return min(len(lacking), 1)


def publish(text: str, page: str | None) -> None:
    if page is None:
        print(text)
        return
    with open(page, encoding="utf-8") as stream:
        new, found = TABLES.subn(lambda _: f"\n{text}\n\n", stream.read())
    if found != 1:
        sys.exit(f"{page}: expected one pair of lines <!-- tables --> and <!-- end of tables -->")
    with open(page, "w", encoding="utf-8") as stream:
        stream.write(new)


def tables(replays: Sequence[Replay], verdicts: Verdicts) -> Iterator[str]:
    yield from summary_table(replays)
    if replays[0].settings:
        yield from settings_table(replays)
    yield from verdict_table(replays, verdicts)
    yield row("repository", "commit", "place", "rule", "finding", "verdict") + "\n|---|---|---|---|---|---|"
    for result in replays:
        for item in result.blocking:
            verdict = verdicts.get(item.key, "?")
            yield row(result.history.name, item.commit[:10], f"`{item.place}`", item.rule, item.summary, verdict)


def summary_table(replays: Sequence[Replay]) -> Iterator[str]:
    yield "| repository | ends at | of | commits | blocked | share | seconds |\n|---|---|---|---:|---:|---:|---:|"
    for one in replays:
        end, day = one.history.ask("log", "-1", "--format=%H %cs", one.history.commits[0]).split()
        commits, blocked = len(one.history.commits), one.blocked
        yield row(one.history.name, f"`{end}`", day, commits, blocked, f"{blocked / commits:.1%}", f"{one.seconds:.0f}")
    commits, blocked = sum(len(one.history.commits) for one in replays), sum(one.blocked for one in replays)
    seconds = sum(one.seconds for one in replays)
    yield row("all", "", "", commits, blocked, f"{blocked / commits:.1%}", f"{seconds:.0f}") + "\n"


def settings_table(replays: Sequence[Replay]) -> Iterator[str]:
    names = list(replays[0].settings)
    yield row("commits blocked", "as above", *names) + "\n|---|" + "---:|" * (len(names) + 1)
    for one in replays:
        yield row(one.history.name, one.blocked, *one.settings.values())
    total = sum(len(one.history.commits) for one in replays)
    columns = zip(*((one.blocked, *one.settings.values()) for one in replays), strict=True)
    yield row(f"share of all {total}", *(f"{sum(column) / total:.1%}" for column in columns)) + "\n"


def verdict_table(replays: Sequence[Replay], verdicts: Verdicts) -> Iterator[str]:
    words = (*VERDICTS, "?")
    yield row("repository", "findings", *words) + "\n|---|" + "---:|" * (len(words) + 1)
    for one in replays:
        given = Counter(verdicts.get(item.key, "?").partition(":")[0] for item in one.blocking)
        yield row(one.history.name, len(one.blocking), *(given[word] for word in words))
    yield ""


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def details(result: Replay) -> Iterator[str]:
    for item in result.blocking:
        subject = result.history.ask("log", "-1", "--format=%s", item.commit).strip()
        yield f"\n{'=' * 100}\n{result.history.name} {item.commit[:10]} {subject}\n{item.place} {item.rule} "
        yield f"{item.summary}\n{'-' * 100}\n"
        if item.finding:
            yield from code_of(result.history, item.commit, item.finding)


def code_of(history: History, commit: str, finding: Finding) -> Iterator[str]:
    """What differs between the function before and after; a new one has no before."""
    base = finding.data.get("base_path")
    new = function_text(history, f"{commit}:{finding.location.path}", finding.location.symbol or MODULE)
    old = function_text(history, f"{commit}^1:{base}", finding.data["base_symbol"]) if base else []
    for line in difflib.unified_diff(old, new, lineterm="", n=10):
        yield line + "\n"


def function_text(history: History, blob: str, symbol: str) -> list[str]:
    text = history.ask("show", blob)
    lines = text.split("\n")
    metrics = measure(text.encode())
    found = metrics.functions if isinstance(metrics, SourceMetrics) else ()
    return next((lines[f.first_line - 1 : f.end_line] for f in found if f.symbol == symbol), lines)


if __name__ == "__main__":
    sys.exit(main())
