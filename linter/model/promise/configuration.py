"""Which promises changed between two versions of a configuration: what is looked at, and how much it weighs."""

from collections.abc import Iterable, Iterator, Mapping

from linter.model.difference import ABSENT
from linter.model.finding import Severity
from linter.model.pointer import join
from linter.model.policy import Configuration, configured_severity, is_enabled
from linter.model.promise.change import PromiseChange
from linter.model.quote import named, shown, some

IGNORE, SELECT, SEVERITY = "ignore", "select", "severity"


def compare_configurations(
    before: Configuration, after: Configuration, severities: Mapping[str, Severity]
) -> list[PromiseChange]:
    """What differs between two configurations; `severities` are the rules' own, by their codes. The pointers lead to
    the key, and below it to the word of the new version, that make the difference.
    """
    return [
        *_listed("exclude", before.exclude, after.exclude),
        *_listed("per-path-ignore", _by_path(before), _by_path(after), "ignore"),
        *_asked(before, after, severities),
        *_weighed(before, after, severities),
        *_failing(before, after),
        *_policy(before, after),
    ]


def _listed(key: str, before: Iterable[str], after: Iterable[str], kind: str = "") -> Iterator[PromiseChange]:
    """Items of a list; each one that is added takes something away."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    for item in dict.fromkeys((*old, *new)):
        if (item in old) == (item in new):
            continue
        is_new, word = item in new, item.partition(": ")[0]
        sentence = f"`{key}` {'gains' if is_new else 'loses'} {named(item)}"
        values = (ABSENT, item) if is_new else (item, ABSENT)
        yield PromiseChange(join("", key, word), kind or key, values[0], values[1], is_new, sentence, f"{key}[{item}]")


def _by_path(configuration: Configuration) -> list[str]:
    return [f"{glob}: {code}" for glob, codes in configuration.per_path_ignore for code in codes]


def _asked(before: Configuration, after: Configuration, codes: Iterable[str]) -> Iterator[PromiseChange]:
    """Rules that are no longer asked, or asked anew."""
    old, new = _enabled(before, codes), _enabled(after, codes)
    key = IGNORE if before.ignore != after.ignore else SELECT
    gone, come = [code for code in old if code not in new], [code for code in new if code not in old]
    if gone:
        word = next((item for item in getattr(after, key) if gone[0].startswith(item)), key)
        sentence = f"`{key}` takes away {some(gone)}"
        yield PromiseChange(join("", key, word), IGNORE, ABSENT, gone, True, sentence, f"{key} takes away")
    if come:
        sentence = f"`{key}` brings {some(come)}"
        yield PromiseChange(f"/{key}", IGNORE, ABSENT, come, False, sentence, f"{key} brings")


def _enabled(configuration: Configuration, codes: Iterable[str]) -> dict[str, None]:
    everywhere = configuration._replace(per_path_ignore=())
    return dict.fromkeys(code for code in codes if is_enabled(everywhere, code, ""))


def _weighed(
    before: Configuration, after: Configuration, severities: Mapping[str, Severity]
) -> Iterator[PromiseChange]:
    """Rules whose findings weigh another amount."""
    for code, own in severities.items():
        old, new = configured_severity(before, code) or own, configured_severity(after, code) or own
        if old != new:
            verb = "lowered" if new < old else "raised"
            sentence = f"the severity of {code} is {verb} from {old.label} to {new.label}"
            word = max((prefix for prefix, _ in after.severity if code.startswith(prefix)), key=len, default=SEVERITY)
            place, name = join("", SEVERITY, word), f"{SEVERITY}.{code}"
            yield PromiseChange(place, SEVERITY, old.label, new.label, new < old, sentence, name)


def _failing(before: Configuration, after: Configuration) -> Iterator[PromiseChange]:
    old, new = before.fail_on, after.fail_on
    if old != new:
        sentence = f"`fail-on` changes from {old.label} to {new.label}"
        yield PromiseChange("/fail-on", SEVERITY, old.label, new.label, new > old, sentence, "fail-on")


def _policy(before: Configuration, after: Configuration) -> Iterator[PromiseChange]:
    old, new = before.policy, after.policy
    if old != new:
        names = [named(shown(path)) if path else "none" for path in (old, new)]
        sentence = f"`policy` changes from {names[0]} to {names[1]}"
        yield PromiseChange("/policy", "policy", old, new, new is None, sentence, "policy")
