"""RL203: what the files of a repository need and its review file does not declare."""

from collections.abc import Iterator

from linter.model.finding import Severity
from linter.model.need import Need, Needs
from linter.model.quote import named
from linter.model.rule import Fix, Hit, rule

DEPENDENCIES = "/planning/dependencies"


@rule("RL203", "undeclared-dependency", Severity.WARNING, Needs, Fix.SUGGEST)
def undeclared_dependency(needs: Needs) -> Iterator[Hit]:
    """What it checks:
        That `planning.dependencies` names every service that a compose file takes as an image, and every `dependsOn` of
        a Backstage catalogue.

        Compose files are `compose.yaml` and `docker-compose.yaml` (or `.yml`) in the folder of the review file, or,
        where it has none, below it; override files and variants are not read, nor those of tests and examples. A
        service is left out that is built here, runs the image of one that is, or has `profiles`, so that it starts on
        demand only. A service counts as declared under its own name or that of its image: `db` or `postgres`. The
        catalogue is `catalog-info.yaml` beside the review file; there the component with the product's `name` counts,
        else the first one.

    Why it matters:
        A dependency that nobody wrote down has no timeout, no fallback and no contract: whoever reviews the design
        does not know of it, and its outage is a surprise.

    Example:
        compose.yaml has `services: {cache: {image: "redis:7"}}`, and REVIEW.yaml has `dependencies: []`.

    Remedy:
        Add the dependency; the hint has a line to begin with. Say whether it is hard or soft, and what happens without
        it. What is there for development alone belongs into an override file, or gets a profile.

    Options:
        A section with `status: draft` is advice only. In a change-based run the rule looks at the files when the change
        touches one of them or the review file.
    """
    review = needs.review
    declared = {review.text(item + "/name") for item in review.items(DEPENDENCIES)} | {review.text("/name")}
    for manifest in needs.manifests:
        if manifest.fault:
            message = f"{named(manifest.path)} cannot be read, so what it needs is not compared: {manifest.fault}"
            yield Hit(message, review.at(DEPENDENCIES, key=True), "put the file right")
        for need in manifest.needs if review.all_say(DEPENDENCIES, "name") else ():
            if declared.isdisjoint(need.names):
                message = f"{named(manifest.path)} {need.words}, which `planning.dependencies` lacks"
                yield Hit(message, review.at(DEPENDENCIES, key=True), _suggestion(need))
                declared.add(need.name)


def _suggestion(need: Need) -> str:
    return f"add: - {{name: {need.name}, kind: {need.kind}, criticality: hard}}"
