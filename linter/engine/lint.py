"""Lint one tree: a snapshot and a request in, findings and figures out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from linter.engine.analysis import Analysis, analyse, begin
from linter.engine.code.library import Library
from linter.engine.code.task import Task
from linter.engine.code.untested import untested_changes
from linter.engine.exemption.holdings import Measured, holdings
from linter.engine.exemption.suppression import ignored, place, suppress
from linter.engine.exemption.waivers import exemptions_of
from linter.engine.governance.exempted import newly_exempt
from linter.engine.judging.findings import Surroundings, findings_of
from linter.engine.judging.lowering import lowered
from linter.engine.judging.subjects import Circumstances, subjects_of
from linter.engine.locks import remarks_on_rules, remarks_on_settings
from linter.engine.project import CODE_RULES, CODES, Project, Request, read_project
from linter.engine.reviews import find_reviews
from linter.engine.scope.coverage import Coverage
from linter.engine.scope.scope import Scope
from linter.model.day import LAST, Today
from linter.model.document import Document
from linter.model.finding import Finding, merged
from linter.model.history import History
from linter.model.holding import Holding
from linter.model.memory import NO_MEMORY, Memory
from linter.model.metrics import SourceMetrics
from linter.model.organisation import Policy
from linter.model.policy import Configuration, is_enabled
from linter.model.progress import Progress, untold
from linter.model.promise.change import Weakening
from linter.model.review import Review
from linter.model.review_files import ReviewFiles
from linter.model.snapshot import Change, Snapshot, is_whole
from linter.model.suppression import Exemption, Governance, PlacedIgnore, Terms, Use
from linter.rules.catalogue import ALL_RULES

KNOWN_CODES = frozenset(CODES)


class Outcome(NamedTuple):
    """What a run found; `findings` are sorted and hold the suppressed ones; `changed` counts the paths of the change;
    `notes` say what the tree asks for in vain. The same would be found on every day up to `good_until`. `documents` are
    the review files.
    """

    configuration: Configuration
    findings: tuple[Finding, ...]
    analysis: Analysis
    changed: int
    notes: tuple[str, ...] = ()
    good_until: str = LAST
    documents: tuple[Document, ...] = ()


def lint(
    snapshot: Snapshot,
    request: Request,
    history: History | None = None,
    memory: Memory = NO_MEMORY,
    progress: Progress = untold,
) -> Outcome:
    """Judge a tree; without a history nobody asks about its past, without a memory everything is computed anew.
    `progress` hears how many of the sources are measured.

    Raises ConfigurationError for a broken configuration, RepositoryError when git cannot answer.
    """
    today = Today(request.today)
    request = request._replace(today=today)
    project = read_project(snapshot, request)
    reviews = find_reviews(snapshot, project.is_excluded, project.judges_reviews, request.supposed, memory)
    coverage = Coverage(reviews.documents)
    scope = Scope(snapshot, coverage, project.policy.simplicity)
    everything = snapshot.changes()
    changes = [change for change in everything if not project.is_excluded(change.path)]
    task = _task(snapshot, changes, project, scope, Library(_like(snapshot), request.with_metrics, memory, progress))
    measures = project.judges_code or request.with_metrics
    if measures:
        begin(task)
    wanted = _wanted(project.configuration)
    by = Circumstances(_terms(project.policy, request), project.policy, history, wanted, memory)
    judged = list(subjects_of(snapshot, reviews.documents, by))
    analysis = analyse(task) if measures else Analysis()
    surroundings = _surroundings(project, request, reviews, analysis, scope)
    ignores = list(_placed(analysis, by.terms))
    contents = [subject for subject in judged if isinstance(subject, Review)]
    untested = untested_changes(snapshot, changes, analysis.sources, scope, contents)
    exemptions = [*ignored(ignores), *_exemptions(judged)]
    held = _held(exemptions, task, analysis, surroundings, coverage)
    exempted = newly_exempt(task, project, memory) if Weakening in wanted else ()
    subjects = (reviews, *judged, *analysis.subjects, *ignores, *untested, *held, *exempted)
    findings = lowered(findings_of(ALL_RULES, subjects, surroundings), snapshot, surroundings, by)
    findings, uses = suppress(findings, exemptions, coverage)
    if is_whole(snapshot):
        findings = merged(findings, findings_of(ALL_RULES, _known(uses, project.configuration), surroundings))
    notes = tuple(dict.fromkeys(_notes(project, analysis, coverage, scope, request)))
    known = reviews.documents
    return Outcome(project.configuration, findings, analysis, len(everything), notes, today.good_until, known)


def _like(snapshot: Snapshot) -> str:
    """Any object id of the repository; empty where none is known."""
    return next((base.revision for base in snapshot.bases if base.revision), "")


def _task(snapshot: Snapshot, changes: Sequence[Change], project: Project, scope: Scope, library: Library) -> Task:
    asks = partial(is_enabled, project.configuration, path="")
    return Task(snapshot, changes, library, scope, asks, project.is_excluded, project.required_python)


def _held(
    exemptions: Iterable[Exemption], task: Task, analysis: Analysis, surroundings: Surroundings, coverage: Coverage
) -> Iterator[Holding]:
    """What exemptions are about, which only whole runs know."""
    if is_whole(task.snapshot):
        sources = {source.path: source for source in analysis.sources}
        run = Measured(task.snapshot, sources, task.library, task.scope, coverage)
        yield from holdings(exemptions, surroundings.documents, run)


def _exemptions(subjects: Iterable[object]) -> Iterator[Exemption]:
    for subject in subjects:
        if isinstance(subject, Governance):
            yield from exemptions_of(subject)


def _known(uses: Iterable[Use], configuration: Configuration) -> Iterator[Use]:
    """The exemptions of which it is known what they hide: all their rules were asked."""
    for use in uses:
        if all(is_enabled(configuration, code, "") for code in use.exemption.rules):
            yield use


def _placed(analysis: Analysis, terms: Terms) -> Iterator[PlacedIgnore]:
    """The inline ignores of the analysed sources, beside the functions that they are about."""
    touched = {(function.path, function.metrics.symbol) for function in analysis.functions if function.is_touched}
    for source in analysis.sources:
        ignores = analysis.ignores[source.path]
        if ignores and isinstance(source.metrics, SourceMetrics):
            symbols = {symbol for path, symbol in touched if path == source.path}
            yield from place(source.path, ignores, source.metrics.functions, symbols, terms)


def _notes(project: Project, analysis: Analysis, coverage: Coverage, scope: Scope, request: Request) -> Iterator[str]:
    """What the tree asks for in vain because the policy locks it; of the settings those that an analysed file has."""
    yield from remarks_on_rules(project.own, project.policy, ALL_RULES, request.today)
    for source in analysis.sources if project.policy.simplicity.bounds else ():
        document = coverage.document_for(source.path)
        if document:
            yield from remarks_on_settings(document, scope.settings(source.path), source.path)


def _wanted(configuration: Configuration) -> frozenset[type]:
    """The types of what the rules about review files are asked about."""
    rules = (rule for rule in ALL_RULES if not rule.code.startswith(CODE_RULES))
    return frozenset(rule.subject for rule in rules if is_enabled(configuration, rule.code, ""))


def _terms(policy: Policy, request: Request) -> Terms:
    forbidden = frozenset(code for code in CODES if policy.forbids_waiving(code))
    return Terms(request.today, KNOWN_CODES, policy.max_waiver_days, forbidden)


def _surroundings(
    project: Project, request: Request, reviews: ReviewFiles, analysis: Analysis, scope: Scope
) -> Surroundings:
    documents = {document.path: document for document in reviews.documents}
    texts = {source.path: source.text for source in analysis.sources}
    texts |= {path: document.text for path, document in documents.items()}
    return Surroundings(
        configuration=project.configuration,
        policy=project.policy,
        today=request.today,
        documents=documents,
        text=lambda path: texts.get(path, ""),
        mode=lambda path: scope.settings(path).mode,
    )
