"""What the structured files of a repository say about its product: catalogue, compose, contracts, Python project.

Every function takes a parsed value of any shape whatever and gives the facts that it can find in it.
"""

import re
from collections.abc import Iterator
from typing import Any

from linter.engine.drafting.draft import Dependency, Facts, Interface
from linter.engine.drafting.shapes import description, handle, line, slug, version

# A product has a few dependencies; a list of hundreds would be a fleet's compose file, and no one would read the draft.
MOST_DEPENDENCIES = 40

_DATASTORES = (
    *("postgres", "postgis", "pgvector", "timescale", "mysql", "mariadb", "percona", "mssql", "oracle", "cockroach"),
    *(
        "mongo",
        "redis",
        "valkey",
        "memcached",
        "cassandra",
        "scylla",
        "couchdb",
        "dynamodb",
        "neo4j",
        "etcd",
        "zookeeper",
    ),
    *("elasticsearch", "opensearch", "solr", "meilisearch", "clickhouse", "influxdb", "minio", "qdrant", "weaviate"),
)
_QUEUES = ("kafka", "redpanda", "rabbitmq", "nats", "activemq", "artemis", "pulsar", "mosquitto", "nsq")

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
    """The first component of a catalog-info.yaml, else its first API or system
    (https://backstage.io/docs/features/software-catalog/descriptor-format).
    """
    entities = [_mapping(document) for document in documents]
    products = [one for kind in ("Component", "API", "System") for one in entities if one.get("kind") == kind]
    product = products[0] if products else {}
    metadata, spec = _mapping(product.get("metadata")), _mapping(product.get("spec"))
    lifecycle = line(spec.get("lifecycle")).lower()
    return Facts(
        name=slug(metadata.get("name")),
        description=description(metadata.get("description")),
        kind=_CATALOG_KINDS.get(line(spec.get("type")).lower(), ""),
        lifecycle=lifecycle if lifecycle in _LIFECYCLES else "",
        system=slug(_referred(spec.get("system"))),
        team=handle("@" + _referred(spec.get("owner"))),
        dependencies=_limited(_catalog_dependencies(spec.get("dependsOn"))),
    )


def compose(documents: tuple[Any, ...]) -> Facts:
    """The services of a compose file that are taken as an image instead of being built from this repository."""
    services = _mapping(_mapping(documents[0] if documents else None).get("services"))
    found = (
        Dependency(slug(name), _kind(f"{service['image']} {name}"))
        for name, service in ((name, _mapping(value)) for name, value in services.items())
        if service.get("image") and not service.get("build")
    )
    return Facts(dependencies=_limited(found))


def contract(documents: tuple[Any, ...], path: str) -> Facts:
    """The API that an OpenAPI (Swagger too) or AsyncAPI document at `path` describes."""
    document = _mapping(documents[0] if documents else None)
    info = _mapping(document.get("info"))
    types = {"openapi": "openapi", "swagger": "openapi", "asyncapi": "asyncapi"}
    type_ = next((types[key] for key in types if key in document), "")
    if not type_ or not info:
        return Facts()
    name = line(info.get("title"), 100) or path
    return Facts(interfaces=(Interface(name, type_, path, version(str(info.get("version", "")))),))


def python_project(table: Any) -> Facts:
    """The name, description and kind of a pyproject.toml, also of one that Poetry reads."""
    root = _mapping(table)
    poetry = _mapping(_mapping(root.get("tool")).get("poetry"))
    project = _mapping(root.get("project")) or poetry
    if not project.get("name"):
        return Facts()
    return Facts(
        name=slug(project.get("name")),
        description=description(project.get("description")),
        kind=_python_kind(project, is_package="build-system" in root),
    )


def _catalog_dependencies(references: Any) -> Iterator[Dependency]:
    """`component:default/payments` and `resource:orders-db` by the name and kind that they refer to."""
    for reference in map(line, _list(references)):
        name = slug(_referred(reference))
        is_resource = reference.lower().startswith("resource:")
        yield Dependency(name, _kind(name, "datastore" if is_resource else "service"))


def _referred(reference: Any) -> str:
    """The name in an entity reference, `[kind:][namespace/]name`."""
    return line(reference).rpartition(":")[2].rpartition("/")[2]


def _kind(words: str, otherwise: str = "service") -> str:
    """The kind of a dependency by the words of its image and name."""
    known = words.lower()
    if any(name in known for name in _QUEUES):
        return "queue"
    return "datastore" if any(name in known for name in _DATASTORES) else otherwise


def _limited(dependencies: Iterator[Dependency]) -> tuple[Dependency, ...]:
    by_name = {one.name: one for one in dependencies if one.name}
    return tuple(by_name.values())[:MOST_DEPENDENCIES]


def _python_kind(project: dict[str, Any], is_package: bool) -> str:
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


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
