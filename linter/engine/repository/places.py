"""Which paths of a repository say something about its product: told by their names, among all of them."""

from collections.abc import Iterable

from linter.model.glob import matches
from linter.model.owners import PLACES


def code_owners(paths: Iterable[str]) -> list[str]:
    """The one that counts."""
    return _first(paths, *PLACES)


def catalogs(paths: Iterable[str], folder: str = "") -> list[str]:
    """The one in a folder of the repository."""
    return _first(paths, *(f"{folder}/{name}".lstrip("/") for name in ("catalog-info.yaml", "catalog-info.yml")))


def python_projects(paths: Iterable[str]) -> list[str]:
    return _first(paths, "pyproject.toml")


def readmes(paths: Iterable[str]) -> list[str]:
    """Those at the root, Markdown before reStructuredText before text."""
    return sorted(path for path in paths if path.lower() in ("readme", "readme.md", "readme.rst", "readme.txt"))


def compose_files(paths: Iterable[str]) -> list[str]:
    """Those at the root, else those below it, else variants such as docker-compose.postgres.yml."""
    relevant = [path for path in paths if _is_compose(path)]
    return main_compose_files(relevant) or relevant


def main_compose_files(paths: Iterable[str]) -> list[str]:
    """Those at the root, else those below it, by the names that `docker compose` looks for."""
    proper = [path for path in paths if _is_compose(path) and _name(path) in _COMPOSE]
    return [path for path in proper if "/" not in path] or proper


def image_recipes(paths: Iterable[str]) -> list[str]:
    return _first(paths, "Dockerfile", "Containerfile")


def contracts(paths: Iterable[str]) -> list[str]:
    """What is named like an OpenAPI or AsyncAPI document."""
    named = (path for path in paths if any(word in _name(path).lower() for word in ("openapi", "swagger", "asyncapi")))
    return [path for path in named if path.endswith((".yaml", ".yml", ".json")) and not _is_aside(path)]


def pipeline(paths: Iterable[str]) -> str:
    """The workflow that most likely takes a change to the users; empty when there is none."""
    workflows = [path for path in paths if path.startswith(_WORKFLOWS) and path.endswith((".yml", ".yaml"))]
    others = _first(paths, ".gitlab-ci.yml", "Jenkinsfile")
    return min(workflows, key=_pipeline_rank, default=others[0] if others else "")


def test_globs(paths: Iterable[str]) -> tuple[str, ...]:
    """Globs of the folders that tests usually stand in and the names that they usually have, each needed for a file."""
    globs = []
    rest = [path for path in paths if _may_be_test(path)]
    for glob in _TESTS:
        unmatched = [path for path in rest if not matches(glob, path)]
        if len(unmatched) < len(rest):
            globs.append(glob)
        rest = unmatched
    return tuple(globs)


_COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_WORKFLOWS = ".github/workflows/"
# Best first: what releases says more about how a change gets to users than what builds.
_PIPELINE_WORDS = ("release", "deploy", "publish", "delivery", "cd", "ci", "build", "main", "test", "tests")
_TESTS = (
    *("tests/**", "test/**", "spec/**", "src/test/**", "**/tests/**", "**/test/**", "**/__tests__/**"),
    *("**/test_*.py", "**/*_test.py", "**/*_test.go", "**/*.test.js", "**/*.test.ts", "**/*.test.tsx", "**/*.spec.ts"),
)
_FOREIGN = {"example", "examples", "vendor", "third_party", "node_modules", ".devcontainer"}
_ASIDE = _FOREIGN | {"test", "tests", "testdata", "fixtures"}


def _first(paths: Iterable[str], *names: str) -> list[str]:
    return [name for name in names if name in paths][:1]


def _may_be_test(path: str) -> bool:
    """Whether a file of this product has the word in its path; globs are slower to tell."""
    words = path.lower()
    return ("test" in words or "spec" in words) and _FOREIGN.isdisjoint(words.split("/"))


def _is_compose(path: str) -> bool:
    if "compose." not in path:
        return False
    name = _name(path)
    is_named = name.startswith(("compose.", "docker-compose.")) and name.endswith((".yml", ".yaml"))
    return is_named and "test" not in name and not _is_aside(path)


def _is_aside(path: str) -> bool:
    """Whether a file is about something else than the product: its tests, examples, or other people's code."""
    return not _ASIDE.isdisjoint(path.lower().split("/"))


def _pipeline_rank(path: str) -> int:
    words = _name(path).lower().replace(".", "-").replace("_", "-").split("-")
    return next((rank for rank, word in enumerate(_PIPELINE_WORDS) if word in words), len(_PIPELINE_WORDS))


def _name(path: str) -> str:
    return path.rpartition("/")[2]
