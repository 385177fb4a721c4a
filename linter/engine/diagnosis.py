"""What a tree would be judged by, and what of it would not be judged, and why."""

from collections.abc import Iterator

from linter.engine.lint import lint
from linter.engine.outcome import Outcome
from linter.engine.project import Project, read_project
from linter.errors import ConfigurationError
from linter.model.diagnosis import Remark, State
from linter.model.document import FILE_NAME, Document
from linter.model.finding import Finding, Severity
from linter.model.history import History
from linter.model.memory import Memory
from linter.model.metrics import Unanalysable
from linter.model.organisation import NO_POLICY
from linter.model.progress import Progress
from linter.model.quote import some
from linter.model.request import Request
from linter.model.review import SECTIONS
from linter.model.snapshot import Snapshot

TOPIC = "not analysed"

SHOWN = 5
"""So many files that cannot be analysed are named; all of them are findings anyway."""


def diagnose(
    snapshot: Snapshot, request: Request, history: History, memory: Memory, progress: Progress
) -> Iterator[Remark]:
    """Remarks about the configuration, the policy, the review files and the code of a tree."""
    try:
        project = read_project(snapshot, request)
    except ConfigurationError as error:
        yield Remark("configuration", State.PROBLEM, str(error), error.hint)
        return
    if project.required_python:
        text = f"the project asks for Python {project.required_python}, which is newer"
        yield Remark("grammar", State.PROBLEM, text, f"install review-lint with Python {project.required_python}")
    outcome = lint(snapshot, request, history, memory, progress)
    yield _configuration(project)
    yield _policy(project)
    yield from (Remark("policy", State.NOTE, note) for note in outcome.notes)
    yield from _reviews(outcome, project)
    yield _code(outcome, project)
    yield from _not_analysed(outcome, project, snapshot)


def _configuration(project: Project) -> Remark:
    source = project.own.source
    return Remark("configuration", State.GOOD, source or "none: everything is as it comes")


def _policy(project: Project) -> Remark:
    if project.policy is NO_POLICY:
        return Remark("policy", State.GOOD, "none")
    return Remark("policy", State.GOOD, f"{project.policy.name} ({project.policy.source})")


def _reviews(outcome: Outcome, project: Project) -> Iterator[Remark]:
    if not project.judges_reviews:
        yield Remark("review file", State.NOTE, "not judged: the configuration leaves all its rules out")
        return
    if not outcome.documents:
        yield Remark("review file", State.NOTE, f"there is no {FILE_NAME}", "review-lint init")
    for document in outcome.documents:
        yield _review(document, sum(map(_is_error, (f for f in outcome.findings if f.location.path == document.path))))


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.suppressed is None


def _review(document: Document, errors: int) -> Remark:
    if not document.is_readable:
        return Remark("review file", State.PROBLEM, f"{document.path} cannot be read", "review-lint")
    by_status: dict[str, list[str]] = {}
    for name in SECTIONS:
        if document.section(name):
            by_status.setdefault(document.status(f"/{name}"), []).append(name)
    states = "; ".join(f"{status}: {', '.join(names)}" for status, names in sorted(by_status.items()))
    text = f"{document.path}; {states or 'no sections'}"
    if errors:
        return Remark("review file", State.NOTE, f"{text}; errors in it: {errors}", "review-lint")
    return Remark("review file", State.GOOD, text)


def _code(outcome: Outcome, project: Project) -> Remark:
    if not project.judges_code:
        return Remark("code", State.NOTE, "not judged: the configuration leaves all rules about code out")
    analysed = [source for source in outcome.analysis.sources if not isinstance(source.metrics, Unanalysable)]
    return Remark("code", State.GOOD, f"Python files: {len(analysed)}")


def _not_analysed(outcome: Outcome, project: Project, snapshot: Snapshot) -> Iterator[Remark]:
    yield from _unread(outcome)
    if outcome.analysis.generated:
        yield Remark(TOPIC, State.NOTE, f"written by tools: {outcome.analysis.generated}")
    if excluded := sum(map(project.is_excluded, snapshot.paths())):
        yield Remark(TOPIC, State.NOTE, f"excluded by {project.own.source}: {excluded}")
    if kinds := sorted(outcome.analysis.not_analysed, key=lambda kind: (-kind[1], kind[0])):
        endings = [f"{count} {ending or 'without ending'}" for ending, count in kinds]
        yield Remark(TOPIC, State.NOTE, f"other languages than Python: {some(endings)}")


def _unread(outcome: Outcome) -> Iterator[Remark]:
    unread = [(source.path, source.metrics) for source in outcome.analysis.sources]
    faults = [(path, fault) for path, fault in unread if isinstance(fault, Unanalysable)]
    for path, fault in faults[:SHOWN]:
        remedy = f"install review-lint with Python {fault.needs}" if fault.needs else ""
        state = State.PROBLEM if fault.needs else State.NOTE
        yield Remark(TOPIC, state, f"{path}:{fault.position.line}: {fault.reason}", remedy)
    if len(faults) > SHOWN:
        yield Remark(TOPIC, State.NOTE, f"{len(faults) - SHOWN} more files", "review-lint --select RL806")
