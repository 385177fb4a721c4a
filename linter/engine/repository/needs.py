"""What compose files and Backstage catalogues say that a product needs.

Every function takes a parsed value of any shape whatever and gives what it can find in it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from linter.engine.repository.shapes import line, slug
from linter.model.need import Need
from linter.model.quote import named

MOST_NEEDS = 40
"""A product has a few dependencies; a list of hundreds would be a fleet's compose file, and no one would read it."""

_DATASTORES = (
    *("postgres", "postgis", "pgvector", "timescale", "mysql", "mariadb", "percona", "mssql", "oracle", "cockroach"),
    *("mongo", "redis", "valkey", "memcached", "cassandra", "scylla", "couchdb", "dynamodb", "neo4j", "etcd"),
    *("zookeeper", "elasticsearch", "opensearch", "solr", "meilisearch", "clickhouse", "influxdb", "minio", "qdrant"),
    "weaviate",
)
_PRODUCTS = ("Component", "API", "System")
"""The kinds of entities of a catalogue that a review file may be about, the likeliest first."""

_QUEUES = ("kafka", "redpanda", "rabbitmq", "nats", "activemq", "artemis", "pulsar", "mosquitto", "nsq")


class Product(NamedTuple):
    """An entity of a catalogue: its `metadata` and `spec`, empty where it has none."""

    metadata: Mapping[str, Any]
    spec: Mapping[str, Any]


def product_of(documents: tuple[Any, ...], name: str = "") -> Product:
    """The component of that name in a catalog-info.yaml, else its first component, else its first API or system
    (https://backstage.io/docs/features/software-catalog/descriptor-format).
    """
    entities = sorted(filter(_is_product, map(mapping, documents)), key=lambda one: _PRODUCTS.index(one["kind"]))
    products = [Product(mapping(one.get("metadata")), mapping(one.get("spec"))) for one in entities]
    own = [one for one in products if name and slug(one.metadata.get("name")) == name]
    return next(iter([*own, *products]), Product({}, {}))


def catalog_needs(product: Product) -> tuple[Need, ...]:
    """`component:default/payments` and `resource:orders-db` by the name and kind that they refer to."""
    return _limited(_catalog_needs(product.spec.get("dependsOn")))


def compose_needs(documents: tuple[Any, ...]) -> tuple[Need, ...]:
    """The services of a compose file that are taken as an image (https://docs.docker.com/reference/compose-file/).

    Not those that are built here, or run the image of one that is; nor those of a profile, which start on demand only.
    """
    services = mapping(mapping(documents[0] if documents else None).get("services"))
    return _limited(_compose_needs({name: mapping(service) for name, service in services.items()}))


def referred(reference: Any) -> str:
    """The name in an entity reference, `[kind:][namespace/]name`."""
    return line(reference).rpartition(":")[2].rpartition("/")[2]


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _catalog_needs(references: Any) -> Iterator[Need]:
    for reference in map(line, references if isinstance(references, list) else ()):
        name = slug(referred(reference))
        is_resource = reference.lower().startswith("resource:")
        kind = _kind(name, "datastore" if is_resource else "service")
        yield Need((name,), kind, f"depends on {named(reference)}")


def _is_product(entity: Mapping[str, Any]) -> bool:
    return entity.get("kind") in _PRODUCTS


def _compose_needs(services: Mapping[str, Mapping[str, Any]]) -> Iterator[Need]:
    built = [service.get("image") for service in services.values() if service.get("build")]
    for name, service in services.items():
        image = service.get("image")
        if image and image not in built and not service.get("profiles") and not _is_built(service, services):
            words = f"starts the service {named(line(name))} from the image {named(line(image))}"
            names = (slug(name), slug(_image_name(line(image))))
            yield Need(tuple(dict.fromkeys(filter(None, names))), _kind(f"{image} {name}"), words)


def _is_built(service: Mapping[str, Any], services: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the image of a service is built here, by its own recipe or that of a service of this file it extends."""
    extended = service.get("extends")
    base = line(mapping(extended).get("service") or extended)
    return bool(service.get("build") or services.get(base, {}).get("build"))


def _image_name(image: str) -> str:
    """The last part without tag and digest; `${IMAGE:-redis:7}` stands for its default."""
    return image.rpartition(":-")[2].rstrip("}").partition("@")[0].rpartition("/")[2].partition(":")[0]


def _kind(words: str, otherwise: str = "service") -> str:
    """The kind of a dependency by the words of its image and name."""
    known = words.lower()
    if any(name in known for name in _QUEUES):
        return "queue"
    return "datastore" if any(name in known for name in _DATASTORES) else otherwise


def _limited(needs: Iterator[Need]) -> tuple[Need, ...]:
    by_name = {need.name: need for need in needs if any(need.names)}
    return tuple(by_name.values())[:MOST_NEEDS]
