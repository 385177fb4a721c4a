"""What the structured files of a repository say about its product: catalogue, compose, contracts, Python project.

Every function takes a parsed value of any shape whatever and gives the facts that it can find in it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linter.engine.drafting.draft import Dependency, Facts, Interface
from linter.engine.repository.needs import catalog_needs, compose_needs, mapping, product_of, referred
from linter.engine.repository.shapes import description, handle, line, slug, version
from linter.model.need import Need

_CATALOG_KINDS = {
    "service": "service",
    "library": "library",
    "website": "website",
    "tool": "tool",
    "cli": "tool",
    "job": "job",
    "pipeline": "pipeline",
    "app": "app",
    "mobile-app": "app",
}
_LIFECYCLES = ("experimental", "beta", "production", "deprecated", "retired")
_WEB_FRAMEWORKS = {"django", "flask", "fastapi", "starlette", "aiohttp", "tornado", "sanic", "litestar", "quart"}
_REQUIRED_NAME = re.compile(r"[a-z0-9._-]+")


def catalog(documents: tuple[Any, ...]) -> Facts:
    """What a catalog-info.yaml says about its product."""
    product = product_of(documents)
    lifecycle = line(product.spec.get("lifecycle")).lower()
    return Facts(
        name=slug(product.metadata.get("name")),
        description=description(product.metadata.get("description")),
        kind=_CATALOG_KINDS.get(line(product.spec.get("type")).lower(), ""),
        lifecycle=lifecycle if lifecycle in _LIFECYCLES else "",
        system=slug(referred(product.spec.get("system"))),
        team=handle("@" + referred(product.spec.get("owner"))),
        dependencies=_dependencies(catalog_needs(product)),
    )


def compose(documents: tuple[Any, ...]) -> Facts:
    """The services that a compose file takes as an image instead of building them from this repository."""
    return Facts(dependencies=_dependencies(compose_needs(documents)))


def contract(documents: tuple[Any, ...], path: str) -> Facts:
    """The API that an OpenAPI (Swagger too) or AsyncAPI document at `path` describes."""
    document = mapping(documents[0] if documents else None)
    info = mapping(document.get("info"))
    types = {"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi"}
    type_ = next((types[key] for key in types if key in document), "")
    if not type_ or not info:
        return Facts()
    name = line(info.get("title"), 100) or path
    return Facts(interfaces=(Interface(name, type_, path, version(str(info.get("version", "")))),))


def python_project(table: Any) -> Facts:
    """The name, description and kind of a pyproject.toml, also of one that Poetry reads."""
    root = mapping(table)
    poetry = mapping(mapping(root.get("tool")).get("poetry"))
    project = mapping(root.get("project")) or poetry
    if not project.get("name"):
        return Facts()
    return Facts(
        name=slug(project.get("name")),
        description=description(project.get("description")),
        kind=_python_kind(project, is_package="build-system" in root),
    )


def _dependencies(needs: Iterable[Need]) -> tuple[Dependency, ...]:
    return tuple(Dependency(need.name, need.kind) for need in needs)


def _python_kind(project: Mapping[str, Any], is_package: bool) -> str:
    classifiers = " ".join(map(str, _list(project.get("classifiers"))))
    if ":: Libraries" in classifiers or ":: Application Frameworks" in classifiers:
        return "library"
    if not _WEB_FRAMEWORKS.isdisjoint(_requirements(project.get("dependencies"))):
        return "service"
    if project.get("scripts") or project.get("gui-scripts"):
        return "tool"
    return "library" if is_package else ""


def _requirements(dependencies: Any) -> Iterator[str]:
    """The names that requirements (`Flask[async] >=3`) begin with; Poetry has them as keys."""
    for one in dependencies if isinstance(dependencies, list | dict) else ():
        yield from _REQUIRED_NAME.findall(line(one).lower())[:1]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
