"""From a project and its tree to what is found: subjects, hits, findings, and what hides them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from linter.engine.code.library import Library
from linter.engine.code.sources import may_be_source
from linter.engine.code.task import Task
from linter.engine.code.untested import untested_changes
from linter.engine.exemption.suppression import ignored, place, suppress
from linter.engine.exemption.waivers import exemptions_of, governance_of
from linter.engine.governance.exempted import newly_exempt
from linter.engine.judging.findings import Surroundings, findings_of
from linter.engine.judging.promises import promised
from linter.engine.judging.subjects import Circumstances, readable
from linter.engine.locks import remarks_on_rules, remarks_on_settings
from linter.engine.project import CODE_RULES, Project
from linter.engine.reviews import find_reviews
from linter.engine.scope.coverage import Coverage
from linter.engine.scope.scope import Scope
from linter.model.analysis import Analysis
from linter.model.day import LAST
from linter.model.document import Document
from linter.model.finding import Finding, merged
from linter.model.history import History
from linter.model.holding import Holding
from linter.model.memory import Memory
from linter.model.metrics import SourceMetrics
from linter.model.organisation import NO_POLICY, Policy
from linter.model.policy import Configuration, is_enabled
from linter.model.promise.change import Weakening
from linter.model.request import Request
from linter.model.review_files import ReviewFiles
from linter.model.sign_off import StaleSignOff
from linter.model.snapshot import Change, Snapshot, is_whole
from linter.model.suppression import Exemption, PlacedIgnore, Terms, Use
from linter.rules.catalogue import ALL_RULES
from linter.rules.codes import CODES

KNOWN_CODES = frozenset(CODES)


class Outcome(NamedTuple):
    """What a run found; `findings` are sorted and hold the suppressed ones; `notes` say what the tree asks for in vain;
    `documents` are the review files. `changed` counts the paths of the change, the excluded ones too. The same would
    be found on every day up to `good_until`. `stale` are the sign-offs that no longer fit, None where nobody asked.
    """

    configuration: Configuration
    findings: tuple[Finding, ...]
    analysis: Analysis
    notes: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    changed: int = 0
    good_until: str = LAST
    policy: Policy = NO_POLICY
    stale: tuple[StaleSignOff, ...] | None = None


class Run(NamedTuple):
    """What is judged, and how: the tree with its changes (of them `changes` are those that are not excluded), what is
    asked, the project that the tree holds, its past if anybody may ask about it, what is known already, and the
    sources, which are being measured. `measures`: whether the code is judged.
    """

    snapshot: Snapshot
    request: Request
    project: Project
    history: History | None
    memory: Memory
    library: Library
    changes: Sequence[Change]
    measures: bool


def outcome_of(run: Run) -> Outcome:
    """Judge what a run is about, the review files first: meanwhile the sources are measured."""
    snapshot, project, request = run.snapshot, run.project, run.request
    reviews = find_reviews(snapshot, project.is_excluded, project.judges_reviews, request.supposed, run.memory)
    coverage = Coverage(reviews.documents)
    scope = Scope(snapshot, coverage, project.policy.simplicity)
    wanted = _wanted(project.configuration)
    by = Circumstances(_terms(project.policy, request), project.policy, run.history, wanted, run.memory)
    surroundings = _surroundings(project, request, reviews, scope)
    found = promised(snapshot, reviews, surroundings, by, request)
    task = _task(run, scope)
    analysis = _analysis(task) if run.measures else Analysis()
    surroundings = _with_sources(surroundings, analysis)
    ignores = list(_placed(analysis, by.terms))
    contents = readable(reviews.documents, by)
    untested = untested_changes(snapshot, run.changes, analysis.sources, scope, contents)
    exemptions = [*ignored(ignores), *_exemptions(reviews.documents, by.terms)]
    held = _held(exemptions, task, analysis, surroundings, coverage)
    exempted = newly_exempt(task, project, run.memory) if Weakening in wanted else ()
    subjects = (*analysis.subjects, *ignores, *untested, *held, *exempted)
    findings = merged(found.findings, findings_of(ALL_RULES, subjects, surroundings))
    findings, uses = suppress(findings, exemptions, coverage)
    if is_whole(snapshot):
        findings = merged(findings, findings_of(ALL_RULES, _known(uses, project.configuration), surroundings))
    notes = tuple(dict.fromkeys(_notes(project, analysis, coverage, scope, request)))
    return Outcome(
        project.configuration, findings, analysis, notes, reviews.documents, policy=project.policy, stale=found.stale
    )


def _analysis(task: Task) -> Analysis:
    if not any(change.entry and may_be_source(change.entry) for change in task.changes):
        return Analysis()
    # The code side takes 10 ms to import.
    from linter.engine.analysis import analyse  # noqa: PLC0415

    return analyse(task)


def _task(run: Run, scope: Scope) -> Task:
    asks = partial(is_enabled, run.project.configuration, path="")
    project = run.project
    return Task(run.snapshot, run.changes, run.library, scope, asks, project.is_excluded, project.required_python)


def _held(
    exemptions: Iterable[Exemption], task: Task, analysis: Analysis, surroundings: Surroundings, coverage: Coverage
) -> Iterator[Holding]:
    """What exemptions are about, which only whole runs know."""
    if is_whole(task.snapshot):
        from linter.engine.exemption.holdings import Measured, holdings  # noqa: PLC0415 - no commit asks

        sources = {source.path: source for source in analysis.sources}
        run = Measured(task.snapshot, sources, task.library, task.scope, coverage)
        yield from holdings(exemptions, surroundings.documents, run)


def _exemptions(documents: Iterable[Document], terms: Terms) -> Iterator[Exemption]:
    for document in documents:
        if document.is_readable:
            yield from exemptions_of(governance_of(document, terms))


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


def _surroundings(project: Project, request: Request, reviews: ReviewFiles, scope: Scope) -> Surroundings:
    documents = {document.path: document for document in reviews.documents}
    return Surroundings(
        configuration=project.configuration,
        policy=project.policy,
        today=request.today,
        documents=documents,
        text=lambda path: documents[path].text if path in documents else "",
        mode=lambda path: scope.settings(path).mode,
    )


def _with_sources(surroundings: Surroundings, analysis: Analysis) -> Surroundings:
    texts = {source.path: source.text for source in analysis.sources}
    texts |= {path: document.text for path, document in surroundings.documents.items()}
    return surroundings._replace(text=lambda path: texts.get(path, ""))
