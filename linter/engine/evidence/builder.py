"""What is wrong with the things that review files cite, in the tree that is judged."""

from collections.abc import Callable, Iterator
from typing import Any

from linter.engine.evidence.before import Before
from linter.engine.evidence.citation import Citation, Form, citations
from linter.engine.evidence.commit import check_commit
from linter.engine.evidence.contract import Contract, contract_of, digest_fault, drift_fault, read_value
from linter.engine.evidence.pattern import Patterns
from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.runbook import check_anchor, find_runbook
from linter.engine.evidence.symbol import check_symbol, find_module
from linter.engine.evidence.tree import Tree
from linter.engine.evidence.workflow import check_job, check_workflow
from linter.engine.ground import Ground
from linter.model.evidence import EvidenceFault
from linter.model.pointer import join
from linter.model.quote import named
from linter.model.snapshot import Entry


def build(ground: Ground) -> Iterator[EvidenceFault]:
    """Everything that is wrong with what the review files of a tree cite."""
    examiner = _Examiner(ground)
    for review in ground.reviews:
        for citation in citations(review):
            yield from examiner.examine(citation)


class _Examiner:
    """Looks at one citation at a time."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._before = Before(ground)
        self._tree = Tree(ground.snapshot)
        self._patterns = Patterns(self._tree)
        self._unjudged: set[tuple[str, str]] = set()

    def examine(self, citation: Citation) -> Iterator[EvidenceFault]:
        try:
            if citation.form is Form.CONTRACT:
                yield from self._contract(citation)
            elif citation.form is Form.TESTS:
                yield from self._tests(citation)
            else:
                self._check(citation)
        except RefusalError as error:
            yield _fault(citation, error.refusal)

    def _check(self, citation: Citation) -> None:
        """A plain text by its form; a mapping by that one of its keys which cites something, an address aside."""
        text = citation.text()
        if text is not None:
            _LOOKUPS.get(citation.form, _Examiner._path)(self, citation, text, "")
            return
        for key, look_up in _LOOKUPS_BY_KEY.items():
            text = citation.text(key)
            if text is not None:
                look_up(self, citation, text, key)
                return

    def _glob(self, citation: Citation, text: str, _key: str) -> None:
        self._patterns.check(text, citation.folder)

    def _commit(self, _citation: Citation, text: str, key: str) -> None:
        check_commit(self._ground.history, text, key)

    def _path(self, citation: Citation, text: str, key: str) -> None:
        contains = citation.text("contains")
        if contains is None:
            self._tree.find(text, citation.folder, key)
            return
        entry = self._tree.find_file(text, citation.folder, key)
        if contains.encode() not in self._tree.read(entry, key).replace(b"\r\n", b"\n"):
            message = f"{named(text)} does not contain {named(contains)}"
            hint = "the text is sought as it stands, in the same case"
            raise RefusalError(Refusal(Flaw.UNMET, message, hint, key="contains", evidence=entry.path))

    def _runbook(self, citation: Citation, text: str, _key: str) -> None:
        entry, anchor = find_runbook(self._tree, text, citation.folder)
        if entry and anchor and self._is_to_be_read(entry, citation):
            check_anchor(self._tree, entry, anchor)

    def _symbol(self, citation: Citation, text: str, key: str) -> None:
        entry = find_module(self._tree, text, citation.folder, key)
        if self._is_to_be_read(entry, citation):
            check_symbol(self._tree, entry, text, key)

    def _workflow(self, citation: Citation, text: str, key: str) -> None:
        entry, job = self._tree.find_file(text, citation.folder, key), citation.text("job")
        check_workflow(entry)
        if job and self._is_to_be_read(entry, citation):
            check_job(self._tree, entry, job)

    def _is_to_be_read(self, entry: Entry, citation: Citation) -> bool:
        """Whether what a cited file says has to be parsed: what is unchanged, and cited as before, was judged when it
        came in.
        """
        return not self._before.has_judged(entry, citation)

    def _tests(self, citation: Citation) -> Iterator[EvidenceFault]:
        """RL301 where no glob matches a file, else RL011 at each that does not."""
        items = [citation._replace(pointer=item, form=Form.GLOB) for item, _ in citation.review.texts(citation.pointer)]
        faults = [list(self.examine(item)) for item in items]
        dead = [fault for found in faults for fault in found]
        if not dead or not all(faults):
            yield from dead
            return
        what = dead[0].message if len(dead) == 1 else f"none of the {len(dead)} globs matches a file"
        yield EvidenceFault(
            "RL301", f"there are no unit tests: {what}", citation.review.at(citation.pointer), dead[0].hint
        )

    def _contract(self, citation: Citation) -> Iterator[EvidenceFault]:
        path, kind = citation.text("path"), citation.text("type")
        if path is None or kind is None:
            return
        find = self._tree.find if kind == "document" else self._tree.find_file
        entry = find(path, citation.folder, "path")
        if entry is None:
            return
        contract = contract_of(citation, entry)
        yield from filter(None, [digest_fault(self._tree, contract)])
        if self._is_to_be_read(entry, citation):
            yield from self._content(contract)

    def _content(self, contract: Contract) -> Iterator[EvidenceFault]:
        place = (contract.citation.review.document.path, contract.kind)
        if place in self._unjudged:
            return
        try:
            value = read_value(self._tree, contract)
        except RefusalError as error:
            if error.refusal.flaw is Flaw.UNJUDGED:
                self._unjudged.add(place)
            if not contract.is_parsed:
                return
            raise
        yield from filter(None, [drift_fault(self._tree, contract, value, self._ground.memory)])


Lookup = Callable[[_Examiner, Citation, str, str], None]
"""Looks for a text, which stands under a key of the cited value ("": is the value itself)."""

_LOOKUPS: dict[Form, Lookup] = {
    Form.GLOB: _Examiner._glob,
    Form.SYMBOL: _Examiner._symbol,
    Form.CHANGE: _Examiner._commit,
    Form.RUNBOOK: _Examiner._runbook,
}
_LOOKUPS_BY_KEY: dict[str, Lookup] = {
    "path": _Examiner._path,
    "workflow": _Examiner._workflow,
    "commit": _Examiner._commit,
    "symbol": _Examiner._symbol,
}


def _fault(citation: Citation, refusal: Refusal) -> EvidenceFault:
    pointer = join(citation.pointer, refusal.key) if refusal.key else citation.pointer
    data: dict[str, Any] = {"evidence": refusal.evidence} if refusal.evidence else {}
    if refusal.candidates:
        data["candidates"] = list(refusal.candidates)
    rule = refusal.flaw.rule(citation.form is Form.EVENT)
    location = citation.review.at(pointer)
    return EvidenceFault(rule, refusal.message, location, refusal.hint, refusal.flaw.severity, data=data)
