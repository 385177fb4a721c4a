"""One scan from its beginning to its end, kept in a store; what was interrupted goes on."""

import time
from collections.abc import Callable
from contextlib import closing

from linter.model.overview import Known, Scan
from linter.model.scan import RepositoryReport
from linter.scan.basis import digest_of, terms_of
from linter.scan.runner import Hands, Judged, Order, judge_all
from linter.store.store import Store

LONGEST_WAIT = 0.25
"""Seconds. Reports of such a time are written at once: each time the disk has to say that it is done. What was not
written when a scan is killed is judged again.
"""

MOST_FILES = 5000
"""The figures of so many files are not kept waiting: they take up to 100 MB of memory."""

Tell = Callable[[str], None]
"""Told in a word how each repository stands."""


def scan(store: Store, order: Order, hands: Hands, tell: Tell) -> Scan:
    """Judge the repositories and keep the reports. Goes on with the scan of the same sources that was interrupted, if
    there is one; an interrupt leaves what was done so far to the next. Who has told what came of it finishes the scan:
    until then another run says the same.

    Raises StoreError.
    """
    request = order.plan.requests[0]
    names = [repository.name for repository in order.repositories]
    running = store.begin(digest_of(sorted(order.sources)), terms_of(request), request.today, names)
    done = store.done(running)
    for _ in done:
        tell("done before")
    plan = order.plan._replace(known=store.known(names))
    rest = [repository for repository in order.repositories if repository.name not in done]
    keeper = _Keeper(store, running)
    try:
        with closing(judge_all(rest, plan, hands)) as results:
            for judged in results:
                if judged:
                    tell(_state(judged, plan.known.get(judged.repository.name)))
                    keeper.take(judged)
                else:
                    keeper.write()
    finally:
        keeper.write()
    return running


def state_of(report: RepositoryReport) -> str:
    """How a repository stands, in a word."""
    return report.failure.kind.value if report.failure else report.status.value


def _state(judged: Judged, known: Known | None) -> str:
    if judged.reports:
        return state_of(judged.reports[0])
    return known.status if known else ""


class _Keeper:
    """Writes what is judged into the store, several at once."""

    def __init__(self, store: Store, running: Scan) -> None:
        self._store = store
        self._running = running
        self._waiting: list[Judged] = []
        self._files = 0
        self._since = time.monotonic()

    def take(self, judged: Judged) -> None:
        self._waiting.append(judged)
        self._files += sum(len(report.blobs) for report in judged.reports)
        if self._files > MOST_FILES or time.monotonic() - self._since > LONGEST_WAIT:
            self.write()

    def write(self) -> None:
        """Write what is waiting; what cannot be written is not tried again."""
        taken, self._waiting, self._files = self._waiting, [], 0
        reports = [report for judged in taken for report in judged.reports]
        if reports:
            self._store.add(self._running, *reports)
        same = [judged.repository.name for judged in taken if not judged.reports]
        if same:
            self._store.add_again(self._running, same)
        self._since = time.monotonic()
