"""An organisation's policy, from YAML that `schemas/policy.schema.json` describes."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from linter.adapters.schema.check import VERSION, check_schema
from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review
from linter.errors import ConfigurationError
from linter.model.document import Document, Problem
from linter.model.finding import Severity
from linter.model.organisation import MAX_REVIEW_DAYS, Policy, TierTerms
from linter.model.pointer import join, resolve, split
from linter.model.policy import Limits, is_known
from linter.model.quote import listed, named, shown
from linter.model.schema import ITEM, Schema, key_places
from linter.model.simplicity import LIMITS_OF_CODE, LIMITS_OF_TESTS, SETTINGS, Simplicity
from linter.model.suppression import MAX_WAIVER_DAYS
from linter.model.words import closest


def read_policy(path: str, content: bytes, codes: Collection[str]) -> Policy:
    """The policy in a file that messages call `path`; `codes` are all rules.

    Raises ConfigurationError with path, line and column for what cannot be read, does not fit the schema, names a rule,
    section or setting that does not exist, or contradicts itself.
    """
    document = read_review(path, content)
    problems = _problems(document, codes)
    if problems:
        first = min(problems, key=lambda problem: problem.span.start)
        line, column = first.span.start
        raise ConfigurationError(f"{shown(path)}:{line}:{column}: {first.message}", first.hint or "")
    lines = {pointer: (mark.key or mark.value).start.line for pointer, mark in document.marks.items()}
    return _policy(document.data, path, hashlib.sha256(content).hexdigest(), lines)


def possible_exceptions(review_schema: Schema) -> list[str]:
    """The sections and keys, with dots, that may say `not_applicable` in a review file."""
    holders = (split(place.parent) for place in key_places(review_schema) if place.key == "not_applicable")
    return sorted({".".join(keys) for keys in holders if ITEM not in keys})


def _problems(document: Document, codes: Collection[str]) -> list[Problem]:
    unfit = [*document.problems, *_unfit(document)]
    if unfit:
        return unfit
    own = {problem.pointer: problem for problem in (*_unknown_names(document, codes), *_upside_down(document))}
    shape = check_schema(document, load_schema("policy")).problems
    return [*own.values(), *(problem for problem in shape if problem.pointer not in own)]


def _unfit(document: Document) -> Iterator[Problem]:
    """What keeps a file that could be read from being judged."""
    if document.marks and not isinstance(document.data, dict):
        hint = "`review-lint schema policy` shows the whole format"
        yield Problem("RL008", "expected keys and values such as `version: 1`", document.marks[""].value, hint=hint)
    version = resolve(document.data, "/version")
    if type(version) is int and version != VERSION:
        message = f"this review-lint reads version {VERSION} of a policy, the file has version {version}"
        hint = "upgrade review-lint" if version > VERSION else f"write `version: {VERSION}`"
        yield Problem("RL010", message, document.span("/version"), "/version", hint)


def _unknown_names(document: Document, codes: Collection[str]) -> Iterator[Problem]:
    """Names of what does not exist, so that nothing would come of them."""
    data = document.data
    for pointer, word in (*_keys(data, "/severity"), *_keys(data, "/effective"), *_items(data, "/waivers/forbidden")):
        if not is_known(word, codes):
            yield _unknown(document, pointer, f"{named(word)} is no rule", word, codes)
    for pointer, word in _items(data, "/locked"):
        if word not in SETTINGS and not is_known(word, codes):
            message = f"{named(word)} is neither a rule nor a setting that can be locked"
            yield _unknown(document, pointer, message, word, [*codes, *SETTINGS])
    possible = possible_exceptions(load_schema("review"))
    for pointer, word in _items(data, "/not_applicable/forbidden"):
        if word not in possible:
            message = f"{named(word)} is nothing that can be `not_applicable` in a review file"
            yield _unknown(document, pointer, message, word, possible)


def _unknown(document: Document, pointer: str, message: str, word: str, candidates: Collection[str]) -> Problem:
    meant = [named(candidate) for candidate in closest(word, candidates)[:3]]
    hint = f"did you mean {listed(meant, 'or')}?" if meant else f"there are, for example, {_some(candidates)}"
    return Problem("RL008", message, document.span(pointer, key=True), pointer, hint)


def _some(candidates: Collection[str]) -> str:
    return listed([named(candidate) for candidate in sorted(candidates)[:3]])


def _upside_down(document: Document) -> Iterator[Problem]:
    for pointer, _ in _keys(document.data, "/tiers"):
        band = resolve(document.data, pointer + "/availability_percent")
        if _is_pair(band) and band[0] > band[1]:
            place = pointer + "/availability_percent"
            message = f"no availability is at least {band[0]} % and at most {band[1]} %"
            yield Problem("RL008", message, document.span(place), place, f"write [{band[1]}, {band[0]}]")


def _is_pair(band: Any) -> bool:
    return isinstance(band, list) and len(band) == 2 and all(type(value) in (int, float) for value in band)


def _keys(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The keys of a mapping with their pointers, without a team's own."""
    value = resolve(data, pointer)
    for key in value if isinstance(value, dict) else ():
        if not key.startswith("x-"):
            yield join(pointer, key), key


def _items(data: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The texts of a list with their pointers."""
    value = resolve(data, pointer)
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield join(pointer, index), item


def _policy(data: Mapping[str, Any], path: str, digest: str, lines: Mapping[str, int]) -> Policy:
    """The policy that data which fits the schema stands for."""
    waivers = data.get("waivers", {})
    locked = tuple(data.get("locked", ()))
    return Policy(
        name=data["name"],
        source=path,
        severity={code: Severity[data["severity"][code].upper()] for _, code in _keys(data, "/severity")},
        effective={code: data["effective"][code] for _, code in _keys(data, "/effective")},
        tiers={int(tier): _terms(data["tiers"][tier]) for _, tier in _keys(data, "/tiers")},
        max_waiver_days=_days(waivers.get("max_age"), MAX_WAIVER_DAYS),
        unwaivable=tuple(waivers.get("forbidden", ())),
        never_not_applicable=tuple(data.get("not_applicable", {}).get("forbidden", ())),
        locked=locked,
        simplicity=_simplicity(data, locked),
        digest=f"sha256:{digest}",
        lines=lines,
    )


def _terms(tier: Mapping[str, Any]) -> TierTerms:
    band = tier.get("availability_percent")
    return TierTerms(
        availability_percent=(band[0], band[1]) if band else None,
        reviewers={section: tuple(tier["reviewers"][section]) for _, section in _keys(tier, "/reviewers")},
        max_review_days=_days(tier.get("max_review_age"), MAX_REVIEW_DAYS),
    )


def _simplicity(data: Mapping[str, Any], locked: tuple[str, ...]) -> Simplicity:
    default = Simplicity()
    settings = default._replace(
        limits=_limits(data.get(LIMITS_OF_CODE), default.limits),
        test_limits=_limits(data.get(LIMITS_OF_TESTS), default.test_limits),
        legacy_tolerance=int(data.get("legacy_tolerance", default.legacy_tolerance)),
        mode=data.get("mode", default.mode),
    )
    return settings._replace(bounds={name: settings.value(name) for name in SETTINGS if name in locked})


def _limits(given: Mapping[str, Any] | None, default: Limits) -> Limits:
    return default._replace(**{key: int(value) for key, value in (given or {}).items() if key in Limits._fields})


def _days(age: str | None, default: int) -> int:
    return int(age.removesuffix("d")) if age else default
