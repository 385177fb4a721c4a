"""Whether what a review file cites is there and shows something: RL011, RL012, RL202, RL301 and RL603."""

from collections.abc import Iterator

from linter.model.evidence import EvidenceFault
from linter.model.finding import Severity
from linter.model.rule import Fix, Hit, rule


@rule("RL011", "evidence-missing", Severity.ERROR, EvidenceFault, Fix.SUGGEST)
def evidence_missing(fault: EvidenceFault) -> Iterator[Hit]:
    """What it checks:
        That the tree being judged has what the file cites: paths, workflows and their jobs, commits, symbols of Python
        modules, headings of runbooks, and at least one file for every glob. Paths are relative to the folder of the
        file, and case counts. Addresses are accepted and never fetched.

        What cannot be known is advice: commits in a shallow clone, what lies in a submodule, names that a module gets
        by `import *` and a class from others, jobs in files that a GitLab pipeline includes. In a change-based run
        jobs, symbols and headings are looked up when the change touches their file or the review file.

    Why it matters:
        Evidence is what makes a promise more than words. A path that leads nowhere shows that nobody has looked for a
        while, and the one who needs the runbook at night finds nothing.

    Example:
        runbook: docs/runbook.md#databse

        The heading is `Database`: its anchor is `#database`.

    Remedy:
        The hint has the path, job or name that was probably meant, and where a change moved a file. In a commit what
        counts is what is staged: `git add` a new file.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    yield from _hits(fault, "RL011")


@rule("RL012", "evidence-hollow", Severity.ERROR, EvidenceFault, Fix.NONE)
def evidence_hollow(fault: EvidenceFault) -> Iterator[Hit]:
    """What it checks:
        That what the file cites shows something. It is no empty file, no symbolic link, nothing outside the repository;
        it contains the text that `contains` names; a contract of type openapi, asyncapi, json-schema, graphql or
        protobuf can be read as one. References from a contract to other files and servers are not followed.

        What cannot be judged is advice: contracts above 1 MiB, content in Git LFS. Where the library for a type is not
        installed, one warning says so.

    Why it matters:
        An empty threat model passes every check for existence. A contract that does not parse promises nothing to the
        programs that consumers generate from it.

    Example:
        contract: {type: openapi, path: api/openapi.yaml}

        The file has no `info`, which OpenAPI requires.

    Remedy:
        Write what the file should show, or cite what does. For contracts follow the place in the message. The libraries
        for openapi, graphql and protobuf come with `pip install 'review-lint[contracts]'`.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    yield from _hits(fault, "RL012")


@rule("RL202", "contract-drift", Severity.ERROR, EvidenceFault, Fix.APPLY)
def contract_drift(fault: EvidenceFault) -> Iterator[Hit]:
    """What it checks:
        That a contract is still the one that was agreed on: its file has the declared `sha256`. Where only a version is
        declared, a change that alters what the contract says and leaves the version as it was gets a warning; layout
        and, in most formats, comments do not count.

    Why it matters:
        Consumers build against the contract that they agreed to. A silent change breaks them in production.

    Example:
        provides:
          - name: orders API
            contract: {type: openapi, path: api/openapi.yaml}
            version: 2.3.0

        A change removes an operation from the file and keeps `version: 2.3.0`.

    Remedy:
        Raise the version by what the change means to consumers. For a digest: agree on the contract as it is now, then
        write its digest; `review-lint fix` does.

    Options:
        Leave `sha256` out where the version alone is agreed on.
    """
    yield from _hits(fault, "RL202")


@rule("RL301", "tests-missing", Severity.ERROR, EvidenceFault, Fix.NONE)
def tests_missing(fault: EvidenceFault) -> Iterator[Hit]:
    """What it checks:
        That the globs of `preparation.unit_tests.paths` match at least one file. A glob that matches none beside others
        that do is reported as missing evidence (RL011).

    Why it matters:
        Tests that nobody finds are run by nobody. The same globs decide which files have the limits for tests.

    Example:
        unit_tests: {paths: ["test/**"]}

        The folder is called `tests`.

    Remedy:
        Write the globs relative to the folder of the file: `*` stays in one folder, `**` crosses folders.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    yield from _hits(fault, "RL301")


@rule("RL603", "event-not-in-code", Severity.WARNING, EvidenceFault, Fix.SUGGEST)
def event_not_in_code(fault: EvidenceFault) -> Iterator[Hit]:
    """What it checks:
        That the code emits every declared event: the symbol, or the file with the text, that `where` names is in the
        tree.

    Why it matters:
        Alerts and reports wait for events by name. One that the code no longer emits is noticed when it is needed.

    Example:
        events:
          - {name: order placed, where: {path: src/orders.py, contains: order_placed}}

        The file now says `order_accepted`.

    Remedy:
        Name the symbol or the text under which the code emits the event today, or remove the event.

    Options:
        The configuration may change the severity.
    """
    yield from _hits(fault, "RL603")


def _hits(fault: EvidenceFault, code: str) -> Iterator[Hit]:
    if fault.rule == code:
        yield Hit(fault.message, fault.location, fault.hint, fault.severity, fault.fixable, fault.data)
