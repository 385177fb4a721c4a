"""What is wrong with a review file itself: its YAML (RL001 to RL004) and its shape (RL006 to RL008, RL010)."""

from collections.abc import Iterator

from linter.model.document import Document, Problem
from linter.model.finding import Location, Severity
from linter.model.rule import Fix, Hit, rule


@rule("RL001", "parse-error", Severity.ERROR, Document, Fix.NONE)
def parse_error(document: Document) -> Iterator[Hit]:
    """What it checks:
        That REVIEW.yaml can be read: YAML 1.2 in UTF-8, at most 256 KiB, 32 levels deep and 20,000 keys and values,
        without tabs in the indentation and without invisible control characters. Line separators about which readers
        of YAML disagree (NEL, U+2028, U+2029) are refused as well: behind one of them a comment can hide a key.

    Why it matters:
        A file that one program reads and another does not, or that two programs read differently, documents nothing.
        While it cannot be read, none of its promises is checked.

    Example:
        owner:
          team: @acme/orders

        A value that begins with @ needs quotes: `team: "@acme/orders"`.

    Remedy:
        Look at the line and column of the finding. The usual causes are a text that begins with @ * & % ! or a
        backtick, a text that holds ': ' or ' #', a quote or bracket that is not closed, a tab, and keys of one level
        that do not begin in the same column. Quotes around the text mend the first two.

    Options:
        None. Everything else about the file waits until it can be read.
    """
    yield from _hits(document, "RL001")


@rule("RL002", "duplicate-key", Severity.ERROR, Document, Fix.SUGGEST)
def duplicate_key(document: Document) -> Iterator[Hit]:
    """What it checks:
        That no key stands twice in one mapping. The finding is at the second place and names the first.

    Why it matters:
        Most programs keep the last value, some the first, without a word. What the author sees in one place is not
        what others read in the other.

    Example:
        tier: 1
        kind: service
        tier: 3

    Remedy:
        Keep one of the two, or move what belongs together under one key. Until then the first one counts.

    Options:
        None: there is no reading of the file that would be right.
    """
    yield from _hits(document, "RL002")


@rule("RL003", "yaml11-trap", Severity.WARNING, Document, Fix.APPLY)
def yaml11_trap(document: Document) -> Iterator[Hit]:
    """What it checks:
        That a text which looks like something else has quotes: unquoted, `NO` is false, `017` is fifteen, `1:30` is
        ninety, `1_000` is a thousand and `1.10` is 1.1 to many readers of YAML. Only places where the format wants a
        text count; dates are never reported where a date is wanted.

        The value is taken to be the text as it stands. Where that text would be wrong in quotes too, this is an error.

    Why it matters:
        Editors, templates and other tools that read the file follow YAML 1.1 and silently get another value.

    Example:
        contract: {type: openapi, path: api.yaml, version: 1.10}

    Remedy:
        Put the text in quotes: `version: "1.10"`.

    Options:
        The configuration may change the severity.
    """
    for problem in _problems(document, "RL003"):
        fits = problem.data.get("fits_quoted", True)
        yield _hit(document, problem, None if fits else Severity.ERROR)


@rule("RL004", "unsafe-yaml", Severity.ERROR, Document, Fix.SUGGEST)
def unsafe_yaml(document: Document) -> Iterator[Hit]:
    """What it checks:
        That the file has no tags (`!name`), anchors (`&name`), aliases (`*name`), merge keys (`<<`) and no second
        document (`---`).

    Why it matters:
        Tags can make a reader build objects or run code. Anchors and merge keys hide what holds in a place, and a few
        of them can grow into gigabytes. A second document is read by nobody.

    Example:
        clarity:
          sla: &promise {availability_percent: 99.9, window: 30d}
          slo: *promise

    Remedy:
        Write out what holds in each place. A text that itself begins with ! & or * needs quotes.

    Options:
        None: people and programs must be able to trust the file as it stands.
    """
    yield from _hits(document, "RL004")


@rule("RL006", "unknown-key", Severity.ERROR, Document, Fix.APPLY)
def unknown_key(document: Document) -> Iterator[Hit]:
    """What it checks:
        That the format has every key where it stands. The hint says which key was probably meant, or where the key
        belongs. Keys that begin with `x-` are a team's own, anywhere, and are not checked.

    Why it matters:
        A misspelt key is a promise that no program sees: it looks documented, and nothing checks it.

    Example:
        lifecylce: production

    Remedy:
        Rename the key, move it to where it belongs, or begin it with `x-` if it is your own. A key that is reported
        here is not reported as missing (RL007) under the name that was meant.

    Options:
        None. `review-lint schema review` shows all keys.
    """
    yield from _hits(document, "RL006")


@rule("RL007", "missing-key", Severity.ERROR, Document, Fix.SUGGEST)
def missing_key(document: Document) -> Iterator[Hit]:
    """What it checks:
        That the file has every key that is required for its `kind`, `lifecycle` and `tier`. Little is asked of an
        experiment, more from beta on, most of a running product of tier 1 or 2 in production. The finding is at the key
        that should hold the missing one (at a list item's first character, or at the file's first) and says why it is
        asked for. A missing section is one finding that names the keys it needs.

        What only a running product in production owes is a warning at tier 2.

    Why it matters:
        What is not written down was not decided: whoever depends on the product finds out during an outage.

    Example:
        use_cases:
          - id: place-order
            actor: shopper
            outcome: pays for the cart within one minute

        The item has no `priority`.

    Remedy:
        Add the key; the hint shows a line to begin with. Where it does not apply to the product, say so instead of a
        value: `not_applicable: {because: <20 characters or more>, agreed_by: "@name"}`.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    is_lenient = isinstance(document.data, dict) and document.data.get("tier") == 2
    for problem in _problems(document, "RL007"):
        is_warning = is_lenient and problem.data.get("requirement") == "P"
        yield _hit(document, problem, Severity.WARNING if is_warning else None)


@rule("RL008", "invalid-value", Severity.ERROR, Document, Fix.APPLY)
def invalid_value(document: Document) -> Iterator[Hit]:
    """What it checks:
        That every value is what the format expects there: its type, one of a list of words, a range, a length, a real
        day, a duration, a handle. The message says what is expected and what was found.

    Why it matters:
        Rules and other tools compare these values. `two nines` is no availability that anyone can measure.

    Example:
        timeout: 30

        A duration has a unit: `timeout: 30s`.

    Remedy:
        Write what is expected; the hint has the value that was probably meant, or an example.

    Options:
        A section with `status: draft` is advice only, with `status: proposed` at most a warning.
    """
    yield from _hits(document, "RL008")


@rule("RL010", "other-version", Severity.ERROR, Document, Fix.APPLY)
def other_version(document: Document) -> Iterator[Hit]:
    """What it checks:
        That `version` is the version of the format that this release reads and writes: 1.

    Why it matters:
        A newer format may mean something else by the same key. Reading it by the rules of an older one would approve
        what nobody looked at.

    Example:
        version: 0

    Remedy:
        Version 0 is the draft of the format: `review-lint migrate` writes 1, nothing else differs. For a higher version
        upgrade review-lint; until then nothing else in the file is checked.

    Options:
        None: pin review-lint to a release that reads the version you write.
    """
    yield from _hits(document, "RL010")


def _hits(document: Document, code: str) -> Iterator[Hit]:
    for problem in _problems(document, code):
        yield _hit(document, problem)


def _problems(document: Document, code: str) -> Iterator[Problem]:
    return (problem for problem in document.problems if problem.rule == code)


def _hit(document: Document, problem: Problem, severity: Severity | None = None) -> Hit:
    location = Location(document.path, problem.span, problem.pointer)
    return Hit(problem.message, location, problem.hint, severity, problem.fixable, problem.data)
