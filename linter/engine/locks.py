"""What a policy locks: a repository may ask for more there and not for less. What it asks for in vain is told."""

from collections.abc import Iterable, Iterator, Sequence

from linter.engine.scope.simplicity import given_by
from linter.model.document import Document
from linter.model.finding import Severity
from linter.model.organisation import Policy
from linter.model.policy import Configuration, configured_severity, is_enabled
from linter.model.quote import some
from linter.model.rule import Rule
from linter.model.simplicity import LIMITS_OF_CODE, LIMITS_OF_TESTS, Simplicity


def held(configuration: Configuration, locked: Sequence[str], codes: Sequence[str]) -> Configuration:
    """The configuration as if its `select` named every rule that is locked, and no `ignore` named one; `codes` are all
    rules.
    """
    if not locked:
        return configuration
    free = [code for code in codes if code not in locked]
    return configuration._replace(
        select=(*configuration.select, *locked),
        ignore=tuple(prefix for prefix in configuration.ignore if prefix not in locked),
        per_path_ignore=tuple((glob, _named(prefixes, free)) for glob, prefixes in configuration.per_path_ignore),
    )


def leaves_out(configuration: Configuration, code: str) -> bool:
    """Whether the configuration does not have a rule asked, or not everywhere."""
    everywhere = configuration._replace(per_path_ignore=())
    is_ignored = any(code.startswith(prefixes) for _, prefixes in configuration.per_path_ignore)
    return is_ignored or not is_enabled(everywhere, code, "")


def overruled_rules(configuration: Configuration, policy: Policy, rules: Iterable[Rule], today: str) -> tuple[str, ...]:
    """The codes of locked rules that the configuration of a repository leaves out or lowers in vain."""
    locked = (rule for rule in rules if policy.locks(rule.code))
    return tuple(rule.code for rule in locked if _is_loosened(configuration, policy, rule, today))


def remarks_on_rules(configuration: Configuration, policy: Policy, rules: Iterable[Rule], today: str) -> Iterator[str]:
    """That the configuration changes nothing about some locked rules, where it tries to."""
    codes = overruled_rules(configuration, policy, rules, today)
    if codes:
        count, them = ("counts", "it") if len(codes) == 1 else ("count", "them")
        yield f"{configuration.source}: {some(list(codes))} {count} all the same, because {policy.title} locks {them}"


def remarks_on_settings(document: Document, settings: Simplicity, path: str) -> Iterator[str]:
    """What a review file asks of the code at `path`, by itself or in an override, and a lock does not let it have."""
    for name, value in given_by(document).items():
        if settings.bounded(name, value) != value:
            yield _remark(document, name.replace(".", "/"), name, value, settings)
    yield from _remarks_on_overrides(document, settings, path)


def _remarks_on_overrides(document: Document, settings: Simplicity, path: str) -> Iterator[str]:
    kind = LIMITS_OF_TESTS if settings.is_test(path) else LIMITS_OF_CODE
    for index, override in enumerate(settings.overrides):
        for key, value in override.limits if override.paths.match(path, settings.folder) else ():
            if settings.bounded(f"{kind}.{key}", value) != value:
                yield _remark(document, f"overrides/{index}/limits/{key}", f"{kind}.{key}", value, settings)


def _named(prefixes: tuple[str, ...], codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code.startswith(prefixes))


def _is_loosened(configuration: Configuration, policy: Policy, rule: Rule, today: str) -> bool:
    asked: Severity = policy.severity_of(rule.code, today) or rule.severity
    return (configured_severity(configuration, rule.code) or asked) < asked or leaves_out(configuration, rule.code)


def _remark(document: Document, place: str, name: str, value: object, settings: Simplicity) -> str:
    line = document.span(f"/simplicity/{place}").start.line
    where, bound = f"{document.path}:{line}", settings.bounds[name]
    return f"{where}: {value} is looser than {bound}, at which the policy locks `{name}`: {bound} counts"
