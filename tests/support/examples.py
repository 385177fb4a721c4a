"""The rules' examples: small repositories in `tests/examples/<code>/<pass|fail>/<name>`.

All files of a case are the tree. Where it has folders `base` and `change`, the change is judged against the base (an
absent `base` is an empty one). Where it has a folder `commits`, its sub-folders are the trees of commits in a real
repository, in the order of their names and a month apart (the last one on the day of the run), each tagged with what
follows the first hyphen of its name if that looks like a version; the last one is judged.

A failing case has an `expected.txt`: a line `path:line:column: code` for every finding of its own rule, sorted.
"""

from pathlib import Path

from linter.api import Content, check_repo
from linter.engine.lint import lint
from linter.model.finding import Finding
from linter.model.request import Request
from linter.model.snapshot import TargetKind
from tests.support.memory import MemorySnapshot
from tests.support.repository import Repository

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPECTED = "expected.txt"
TODAY = "2026-06-01"
ABOUT_OTHERS = ("RL907",)
"""A rule about what hides the findings of others: those have to be asked too."""


def cases(code: str = "*") -> list[Path]:
    """The folders of all cases (of one rule)."""
    return sorted(path for path in EXAMPLES.glob(f"{code}/*/*") if path.is_dir())


def lines(findings: list[Finding]) -> list[str]:
    """Findings as `expected.txt` writes them."""
    places = [(finding.location.path, *finding.location.span.start, finding.rule) for finding in findings]
    return [f"{path}:{line}:{column}: {code}" for path, line, column, code in sorted(places)]


def findings_of(case: Path, workplace: Path) -> list[Finding]:
    """What the rule of a case finds in it; `workplace` is an empty folder for a real repository."""
    code = case.parts[-3]
    request = Request(TODAY, select=() if code in ABOUT_OTHERS else (code,))
    if (case / "commits").is_dir():
        return [one for one in _committed(case / "commits", workplace, request) if one.rule == code]
    if (case / "change").is_dir():
        base = MemorySnapshot(files(case / "base"), revision="0" * 40)
        snapshot = MemorySnapshot(files(case / "change"), base)
    else:
        snapshot = MemorySnapshot(files(case), kind=TargetKind.REVISION)
    found = lint(snapshot, request).findings
    return [finding for finding in found if finding.suppressed is None and finding.rule == code]


def files(folder: Path) -> dict[str, str | bytes]:
    """The content of every file below a folder, by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / EXPECTED)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _committed(folder: Path, workplace: Path, request: Request) -> tuple[Finding, ...]:
    repository = Repository(workplace)
    steps = sorted(folder.iterdir())
    for index, step in enumerate(steps):
        month = 5 - (len(steps) - 1 - index)
        day = f"{2026 + month // 12}-{month % 12 + 1:02}-01T00:00:00+00:00"
        for path in [path for path in workplace.rglob("*") if path.is_file() and ".git" not in path.parts]:
            path.unlink()
        for path, content in files(step).items():
            repository.write(path, content)
        repository.add()
        repository.commit(step.name, env={"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day})
        version = step.name.partition("-")[2]
        if version[:1].isdigit() or version[1:2].isdigit():
            repository.git("tag", version)
    return check_repo(str(workplace), Content(TargetKind.REVISION, to_ref="HEAD"), request).findings
