"""What holds for a folder of a repository: every setting, with where it comes from."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from linter.engine.judging.severity import lowered_by_mode, own_severity
from linter.engine.locks import overruled_rules
from linter.engine.project import Project, read_project
from linter.engine.reviews import find_reviews
from linter.engine.scope.simplicity import given_by, settings_of
from linter.model.document import Document
from linter.model.finding import NO_DATA, Location, Severity
from linter.model.glob import relative
from linter.model.organisation import longest_fit
from linter.model.pointer import join
from linter.model.policy import Configuration, configured_severity, is_enabled
from linter.model.request import Request
from linter.model.rule import Hit, Rule
from linter.model.setting import Explanation, Origin, Setting, Source
from linter.model.simplicity import SETTINGS, Simplicity
from linter.model.snapshot import Snapshot
from linter.rules.catalogue import ALL_RULES

NO_REVIEW = Document("")


def explain(snapshot: Snapshot, request: Request, folder: str) -> Explanation:
    """Everything that holds for a folder of a tree ("" for its root), by the review file that is nearest to it.

    Raises ConfigurationError when the configuration or the policy is broken.
    """
    project = read_project(snapshot, request)
    document = _nearest(find_reviews(snapshot, project.is_excluded, False, NO_DATA).documents, folder)
    ground = _Ground(project, document or NO_REVIEW, settings_of(document, project.policy.simplicity), request.today)
    return Explanation(
        title=project.policy.name or None,
        policy=project.policy.source,
        digest=project.policy.digest or None,
        configuration=project.own.source,
        review=document.path if document else None,
        settings=(
            *_of_the_run(ground),
            Setting("policy", project.policy.source, _of_the_policy(ground, request)),
            *_of_the_code(ground),
            *_of_exceptions(ground),
            *_of_the_tier(ground),
            *_of_the_rules(ground),
        ),
        is_unread=document is not None and not document.marks,
    )


class _Ground(NamedTuple):
    """What is explained."""

    project: Project
    document: Document
    simplicity: Simplicity
    today: str

    def by_policy(self, pointer: str) -> Origin:
        """The policy's line, where it says something at the pointer; else it is built in."""
        policy = self.project.policy
        return Origin(Source.POLICY, policy.source, policy.lines[pointer]) if pointer in policy.lines else Origin()

    def by_review(self, pointer: str) -> Origin:
        return Origin(Source.REVIEW, self.document.path, self.document.span(pointer, key=True).start.line)

    def by_configuration(self) -> Origin:
        return Origin(Source.CONFIGURATION, self.project.own.source)


def _nearest(documents: Iterable[Document], folder: str) -> Document | None:
    around = (document for document in documents if relative(f"{folder}/", document.folder) is not None)
    return max(around, key=lambda document: len(document.folder), default=None)


def _of_the_run(ground: _Ground) -> Iterator[Setting]:
    own, default = ground.project.own, Configuration()
    values = {
        "select": list(own.select),
        "ignore": list(own.ignore),
        "exclude": list(own.exclude),
        "fail-on": own.fail_on.label,
    }
    for name, value in values.items():
        field = name.replace("-", "_")
        is_given = getattr(own, field) != getattr(default, field)
        yield Setting(name, value, ground.by_configuration() if is_given else Origin())
    for glob, codes in own.per_path_ignore:
        yield Setting(f"per-path-ignore.{glob}", list(codes), ground.by_configuration())


def _of_the_policy(ground: _Ground, request: Request) -> Origin:
    if request.policy:
        return Origin(Source.COMMAND_LINE)
    return ground.by_configuration() if ground.project.own.policy else Origin()


def _of_the_code(ground: _Ground) -> Iterator[Setting]:
    given = given_by(ground.document)
    for name in SETTINGS:
        yield _of_code(ground, name, given)
    for index, override in enumerate(ground.simplicity.overrides):
        value = {"paths": list(override.paths.patterns), "limits": dict(override.limits)}
        yield Setting(f"overrides.{index}", value, ground.by_review(f"/simplicity/overrides/{index}"))


def _of_code(ground: _Ground, name: str, given: dict[str, Any]) -> Setting:
    pointer = "/" + name.replace(".", "/")
    value = ground.simplicity.bounded(name, ground.simplicity.value(name))
    is_locked = name in ground.simplicity.bounds
    if name not in given:
        return Setting(name, value, ground.by_policy(pointer), is_locked)
    review = ground.by_review("/simplicity" + pointer)
    if value == given[name]:
        return Setting(name, value, review, is_locked)
    remark = f"{review.path}:{review.line} asks for {given[name]} in vain"
    return Setting(name, value, ground.by_policy(pointer), is_locked, remark)


def _of_exceptions(ground: _Ground) -> Iterator[Setting]:
    policy = ground.project.policy
    values = {
        "waivers.max_age": f"{policy.max_waiver_days}d",
        "waivers.forbidden": list(policy.unwaivable),
        "not_applicable.forbidden": list(policy.never_not_applicable),
    }
    for name, value in values.items():
        yield Setting(name, value, ground.by_policy("/" + name.replace(".", "/")))


def _of_the_tier(ground: _Ground) -> Iterator[Setting]:
    """What is asked of the review file's tier; of every tier that the policy speaks of where the file has none."""
    data, policy = ground.document.data, ground.project.policy
    tier = data.get("tier") if isinstance(data, dict) else None
    if type(tier) is int:
        yield Setting("tier", tier, ground.by_review("/tier"))
    for number in [tier] if type(tier) is int else sorted(policy.tiers):
        name, terms = f"tiers.{number}", policy.terms(number)
        values: dict[str, Any] = {
            "availability_percent": terms.availability_percent and list(terms.availability_percent),
            "max_review_age": f"{terms.max_review_days}d",
            **{f"reviewers.{section}": list(roles) for section, roles in terms.reviewers.items()},
        }
        for key, value in values.items():
            yield Setting(f"{name}.{key}", value, ground.by_policy("/" + f"{name}.{key}".replace(".", "/")))


def _of_the_rules(ground: _Ground) -> Iterator[Setting]:
    project = ground.project
    overruled = overruled_rules(project.own, project.policy, ALL_RULES, ground.today)
    for rule in ALL_RULES:
        setting = _of_rule(ground, rule, rule.code in overruled)
        yield setting._replace(is_locked=project.policy.locks(rule.code))


def _of_rule(ground: _Ground, rule: Rule, is_overruled: bool) -> Setting:
    project = ground.project
    if not is_enabled(project.configuration, rule.code, ""):
        return Setting(rule.code, "off", ground.by_configuration())
    severity = own_severity(rule, Hit("", Location("")), project.own, project.policy, ground.today)
    if lowered_by_mode(severity, rule, ground.simplicity.mode) is not severity:
        mode = _of_code(ground, "mode", given_by(ground.document))
        return Setting(rule.code, Severity.ADVICE.label, mode.origin, remark="by mode: advice")
    configured = configured_severity(project.own, rule.code)
    remark = f"{project.own.source} asks for less in vain" if is_overruled else ""
    if configured is severity:
        return Setting(rule.code, severity.label, ground.by_configuration(), remark=remark)
    origin, until = _by_policy(ground, rule.code)
    return Setting(rule.code, severity.label, origin, remark="; ".join(filter(None, [until, remark])))


def _by_policy(ground: _Ground, code: str) -> tuple[Origin, str]:
    """Where the policy decides about a rule, and until when it is only advice."""
    policy = ground.project.policy
    start = longest_fit(policy.effective, code)
    if start and ground.today < policy.effective[start]:
        return ground.by_policy(join("/effective", start)), f"advice before {policy.effective[start]}"
    prefix = longest_fit(policy.severity, code)
    return ground.by_policy(join("/severity", prefix) if prefix else "-"), ""
