"""The text of a first REVIEW.yaml, from what is known about a repository. Pure."""

import re
from typing import NamedTuple

from linter.model.document import PLACEHOLDER


class Dependency(NamedTuple):
    """Something that the product needs to run. `name` is a slug, `kind` one of the schema's."""

    name: str
    kind: str


class Interface(NamedTuple):
    """An API that the product offers: its contract's type and path, and its version (semver)."""

    name: str
    type: str
    path: str
    version: str


class Facts(NamedTuple):
    """What a repository says about its product, in the forms that the schema asks for. Empty: it does not say."""

    name: str = ""
    description: str = ""
    kind: str = ""
    lifecycle: str = ""
    system: str = ""
    team: str = ""
    product_owner: str = ""
    dependencies: tuple[Dependency, ...] = ()
    interfaces: tuple[Interface, ...] = ()
    unit_tests: tuple[str, ...] = ()
    pipeline: str = ""


def draft(facts: Facts) -> str:
    """A whole REVIEW.yaml that satisfies the schema: facts where there are some, placeholders where a key is required,
    every section a draft.
    """
    known = _with_placeholders(facts)
    contents = {name: lines for name, lines in _contents(known).items() if lines}
    sections = [line for name, lines in contents.items() for line in [*_section(name), *lines]]
    later = [f"#   {name}: {about.purpose}" for name, about in _SECTIONS.items() if name not in contents]
    return "\n".join([_HEAD, *_header(known), *sections, "", "# Sections to add as the product grows:", *later, ""])


def scalar(text: str) -> str:
    """`text` as a YAML scalar of one line that every reader takes for this very string.

    Halves of surrogate pairs, which YAML cannot hold, become U+FFFD.
    """
    if _PLAIN.fullmatch(text) and text.lower().lstrip(".") not in _WORDS:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


class _About(NamedTuple):
    purpose: str
    keys: str


_SECTIONS = {
    "clarity": _About("why the product is built, and for whom", "non_goals, sla, slo, fair_usage"),
    "planning": _About("what it needs, and what it offers to others", "architecture_diagram, data, failure_modes"),
    "preparation": _About("the tests that it passes", "load_test, security_test"),
    "iterating": _About("how a change reaches users, and what is learned from them", "release_cadence, feedback"),
    "quality": _About("what keeps it up and safe", "scaling, backup, security, alerts"),
    "monitoring": _About("how it is watched, and what it costs", "slis, dashboards, usage_metrics, cost, events"),
    "release_plan": _About("how it goes out to a few customers before all", "stages, rollback, migrations"),
    "simplicity": _About("how simple its code has to be", "limits, modules, reuse"),
}
"""In the order of the guidelines: what each is for, and keys that it may have besides those of a draft."""

_HEAD = f"""\
# What this product promises: to its users, to those who build on it, and to those who run it.
# Sections with `status: draft` are guesses: read them, put them right, replace what begins with {PLACEHOLDER}. Then
# set the status to `proposed`, and to `adopted` once the team agrees. `review-lint schema` describes every key.
version: 1"""

_NOBODY = f"@{PLACEHOLDER}"

# Only words, names and paths go without quotes: no reader takes them for a number, a date, a comment or a structure.
_PLAIN = re.compile(r"\.?[A-Za-z_][A-Za-z0-9._/@+-]*")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan"])


def _header(facts: Facts) -> list[str]:
    return [
        f"name: {scalar(facts.name)}",
        f"description: {scalar(facts.description)}",
        f"kind: {facts.kind}  # service, website, app, pipeline, job, library or tool",
        f"lifecycle: {facts.lifecycle}  # experimental, beta, production, deprecated or retired",
        *_only_if(_is_growing(facts), f"tier: 3  # {_todo('from 1 (the company stops without it) to 4')}"),
        *_only_if(facts.lifecycle == "deprecated", f'sunset: "9999-12-31"  # {_todo("the day when it ends")}'),
        *_only_if(bool(facts.system), f"system: {scalar(facts.system)}"),
        "owner:",
        f"  team: {scalar(facts.team)}",
        f"  product_owner: {scalar(facts.product_owner)}",
    ]


def _with_placeholders(facts: Facts) -> Facts:
    """The facts, and what the schema requires of every product in place of those that are not known."""
    required = Facts(
        name="todo-name",
        description=_todo("say in one sentence what this product does, and for whom"),
        kind="service",
        lifecycle="experimental",
        team=_NOBODY,
        product_owner=_NOBODY,
    )
    return Facts._make(known or placeholder for known, placeholder in zip(facts, required, strict=True))


def _contents(facts: Facts) -> dict[str, list[str]]:
    """The lines of each section below its status; none where nothing is known and nothing required."""
    clarity = {"clarity": _clarity()}
    if facts.lifecycle == "retired":
        return clarity
    return clarity | {
        "planning": _dependencies(facts.dependencies) + _interfaces(facts.interfaces),
        "preparation": _preparation(facts),
        "iterating": _iterating(facts),
        "release_plan": _release_plan(facts),
    }


def _section(name: str) -> list[str]:
    about = _SECTIONS[name]
    return [
        "",
        f"# {about.purpose[0].upper()}{about.purpose[1:]}. More keys: {about.keys}.",
        f"{name}:",
        "  status: draft",
    ]


def _clarity() -> list[str]:
    return [
        f"  why: {scalar(_todo('say in a few sentences why this is built, and what would be missed without it'))}",
        "  use_cases:",
        "    - id: first-use-case",
        f"      actor: {scalar(_todo('who'))}",
        f"      outcome: {scalar(_todo('what they get done'))}",
        "      priority: must",
    ]


def _dependencies(dependencies: tuple[Dependency, ...]) -> list[str]:
    items = [f"    - {_flow(name=one.name, kind=one.kind, criticality='hard')}" for one in dependencies]
    return ["  dependencies:", *items] if items else ["  dependencies: []"]


def _interfaces(interfaces: tuple[Interface, ...]) -> list[str]:
    lines = ["  provides:"] if interfaces else []
    for one in interfaces:
        lines.append(f"    - name: {scalar(one.name)}")
        lines.append(f"      contract: {_flow(type=one.type, path=one.path)}")
        lines.append(f"      version: {scalar(one.version)}")
    return lines


def _preparation(facts: Facts) -> list[str]:
    paths = facts.unit_tests or ((PLACEHOLDER,) if _is_growing(facts) else ())
    return [f"  unit_tests: {{paths: [{', '.join(map(scalar, paths))}]}}"] if paths else []


def _iterating(facts: Facts) -> list[str]:
    pipeline = facts.pipeline or (PLACEHOLDER if _is_growing(facts) else "")
    return [f"  pipeline: {_flow(workflow=pipeline)}"] if pipeline else []


def _release_plan(facts: Facts) -> list[str]:
    strategy = "versioned" if facts.kind in ("library", "tool") else "percentage"
    return [f"  strategy: {strategy}"] if _is_growing(facts) else []


def _is_growing(facts: Facts) -> bool:
    """Whether the schema asks for more than of an experiment."""
    return facts.lifecycle in ("beta", "production", "deprecated")


def _only_if(condition: bool, line: str) -> list[str]:
    return [line] if condition else []


def _todo(text: str) -> str:
    return f"{PLACEHOLDER}: {text}"


def _flow(**pairs: str) -> str:
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in pairs.items()) + "}"


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if character.isprintable():
        return character
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"
