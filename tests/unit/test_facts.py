"""What each source of a repository says about its product, and which of them counts."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review
from linter.engine.drafting.draft import Dependency, Facts, Interface, draft
from linter.engine.drafting.facts import MAX_FILES, Surroundings, Survey, survey
from linter.engine.repository import places
from linter.engine.repository.shapes import description, slug, version
from tests.support.memory import MemorySnapshot

VALIDATOR = Draft202012Validator(load_schema("review"))

CATALOG = """\
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: {name: here}
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Orders_API
  description: Takes orders from the shop.
spec:
  type: service
  lifecycle: production
  owner: group:default/checkout
  system: shop
  dependsOn: ["component:default/payments", "resource:orders-db", 7, ""]
"""
COMPOSE = """\
x-logging: &logging {driver: json}
services:
  web: {build: ., logging: *logging}
  built-and-named: {image: shop/web, build: .}
  db: {image: "docker.io/library/postgres:16-alpine"}
  broker: {image: "${BROKER_IMAGE:-rabbitmq:3}"}
  mail: {image: axllent/mailpit}
  nothing:
"""
PYPROJECT = """\
[build-system]
requires = []
[project]
name = "Pet.Shop"
description = "Sells pets over the counter."
"""


def found(files: dict[str, str | bytes], names: tuple[str, ...] = (), authors: tuple[str, ...] = ()) -> Survey:
    return survey(MemorySnapshot(files), Surroundings(names, authors))


def facts(files: dict[str, str | bytes]) -> Facts:
    return found(files).facts


class TestCodeOwners:
    @pytest.mark.parametrize(
        ("text", "team"),
        [
            ("* @acme/shop\n", "@acme/shop"),
            ("# who\n\n*   @ada @acme/shop # all\n/docs @acme/docs\n", "@acme/shop"),
            ("* @ada\n* @bob\n", "@bob"),
            ("/a @acme/one\n/b @acme/two\n/c @acme/two\n", "@acme/two"),
            ("* ada@example.org", "ada@example.org"),
            ("[Section] @acme/x\n* nonsense @\n", "@acme/x"),
            ("*\n", ""),
            ("", ""),
        ],
    )
    def test_the_owner_of_everything_is_the_team(self, text: str, team: str) -> None:
        assert facts({"CODEOWNERS": text}).team == team

    def test_the_place_that_github_prefers_counts(self) -> None:
        files: dict[str, str | bytes] = {"docs/CODEOWNERS": "* @docs", "CODEOWNERS": "* @root"}
        assert facts(files).team == "@root"
        assert facts({**files, ".github/CODEOWNERS": "* @github"}).team == "@github"
        assert facts({"docs/CODEOWNERS": "* @docs"}).team == "@docs"


class TestCatalog:
    def test_a_component_has_it_all(self) -> None:
        assert facts({"catalog-info.yaml": CATALOG}) == Facts(
            name="orders-api",
            description="Takes orders from the shop.",
            kind="service",
            lifecycle="production",
            system="shop",
            team="@checkout",
            dependencies=(Dependency("payments", "service"), Dependency("orders-db", "datastore")),
        )

    @pytest.mark.parametrize(
        "text", ["", "- a", "kind: Component", "kind: Component\nspec: []\nmetadata: x", "1\n---\n2"]
    )
    def test_other_shapes_say_nothing(self, text: str) -> None:
        assert found({"catalog-info.yaml": text}) == Survey(Facts(), {}, {})

    def test_unknown_words_are_left_out(self) -> None:
        text = "kind: Component\nspec: {type: openai, lifecycle: sometimes, owner: 'a b'}\n"
        assert facts({"catalog-info.yaml": text}) == Facts()


class TestCompose:
    def test_images_are_dependencies_and_what_is_built_is_not(self) -> None:
        assert facts({"compose.yaml": COMPOSE}).dependencies == (
            Dependency("db", "datastore"),
            Dependency("broker", "queue"),
            Dependency("mail", "service"),
        )

    @pytest.mark.parametrize("text", ["", "services: []", "services: {a: 1, b: [], c: {image: []}}", "[]"])
    def test_other_shapes_say_nothing(self, text: str) -> None:
        assert facts({"compose.yaml": text}) == Facts()

    def test_the_one_at_the_root_counts_before_others_and_variants(self) -> None:
        paths = ["compose.yml", "deploy/compose.yaml", "docker-compose.dev.yml", "tests/compose.yaml"]
        assert places.compose_files(paths) == ["compose.yml"]
        assert places.compose_files(paths[1:]) == ["deploy/compose.yaml"]
        assert places.compose_files(paths[2:]) == ["docker-compose.dev.yml"]
        assert places.compose_files(paths[3:]) == []

    def test_a_dependency_of_two_sources_is_one(self) -> None:
        catalog = CATALOG.replace("resource:orders-db", "resource:db")
        names = [one.name for one in facts({"compose.yaml": COMPOSE, "catalog-info.yaml": catalog}).dependencies]
        assert names == ["payments", "db", "broker", "mail"]


class TestContracts:
    @pytest.mark.parametrize(
        ("path", "text", "expected"),
        [
            ("api/openapi.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: 1.2.3}", ("Pets", "openapi", "1.2.3")),
            (
                "swagger.json",
                '{"swagger": "2.0", "info": {"title": "Pets", "version": "v2"}}',
                ("Pets", "openapi", "2.0.0"),
            ),
            ("pets.asyncapi.yml", "asyncapi: 3.0.0\ninfo: {version: 1.10}", ("pets.asyncapi.yml", "asyncapi", "1.1.0")),
        ],
    )
    def test_contracts_are_interfaces(self, path: str, text: str, expected: tuple[str, str, str]) -> None:
        name, type_, number = expected
        assert facts({path: text}).interfaces == (Interface(name, type_, path, number),)

    @pytest.mark.parametrize(
        "path", ["tests/openapi.yaml", "examples/a/swagger.json", "openapi.py", "node_modules/a/openapi.json"]
    )
    def test_those_of_others_are_not(self, path: str) -> None:
        assert places.contracts([path]) == []

    @pytest.mark.parametrize("text", ["", "[]", "openapi: 3.1.0", "info: {title: x}", "openapi: 3.1.0\ninfo: 1"])
    def test_other_shapes_say_nothing(self, text: str) -> None:
        assert facts({"openapi.yaml": text}) == Facts()

    def test_of_hundreds_some_are_read(self) -> None:
        files: dict[str, str | bytes] = {
            f"api/{n}/openapi.yaml": f"openapi: 3.1.0\ninfo: {{title: A{n}}}" for n in range(100)
        }
        assert len(facts(files).interfaces) == MAX_FILES


class TestPythonProject:
    def test_name_and_description(self) -> None:
        assert facts({"pyproject.toml": PYPROJECT}) == Facts(
            name="pet-shop", description="Sells pets over the counter.", kind="library"
        )

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ("", "library"),
            ('scripts = {pets = "pets:main"}', "tool"),
            ('dependencies = ["Django>=5", "requests"]', "service"),
            ('dependencies = ["flask[async] ; python_version > \'3\'"]\nscripts = {a = "b"}', "service"),
            ('dependencies = ["flask-sqlalchemy"]', "library"),
            ('scripts = {a = "b"}\nclassifiers = ["Topic :: Software Development :: Libraries"]', "library"),
            ('dependencies = "flask"\nscripts = 1\nclassifiers = [1, {}]', "tool"),
        ],
    )
    def test_kind(self, more: str, kind: str) -> None:
        assert facts({"pyproject.toml": PYPROJECT + more}).kind == kind

    def test_poetry(self) -> None:
        text = '[build-system]\n[tool.poetry]\nname = "pets"\n[tool.poetry.dependencies]\nfastapi = "*"\n'
        assert facts({"pyproject.toml": text}) == Facts(name="pets", kind="service")

    @pytest.mark.parametrize("text", ["", "[tool.ruff]", "project = 1", "[project]\nname = []", "[tool]\npoetry = []"])
    def test_other_shapes_say_nothing(self, text: str) -> None:
        assert facts({"pyproject.toml": text}) == Facts()


class TestReadme:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("# Pets\n\nSells pets over the counter.\n\nMore.\n", "Sells pets over the counter."),
            ("Pets\n====\n\nSells *pets* over\nthe **counter**.\n", "Sells *pets* over the counter."),
            (
                "====\nPets\n====\n\n.. image:: x.svg\n\nSells ``pets`` over `the counter <x>`_.\n",
                "Sells pets over the counter.",
            ),
            (
                "[![ci](a.svg)](b) text\n![logo](c)\n<p>logo</p>\n\nSells [pets](x) over [the][1] counter.",
                "Sells pets over the counter.",
            ),
            (
                "```\nnot this one, it is code\n```\n\n- nor this item of a list\n\nSells pets over the counter.",
                "Sells pets over the counter.",
            ),
            ("Sells pets over the counter.", "Sells pets over the counter."),
            ("# Title\n\ntoo short\n", ""),
            ("", ""),
        ],
    )
    def test_the_first_paragraph_of_prose_describes(self, text: str, expected: str) -> None:
        assert facts({"README.md": text}).description == expected

    def test_it_counts_after_what_is_meant_as_a_description(self) -> None:
        files: dict[str, str | bytes] = {"README.rst": "Quite another text it is.", "pyproject.toml": PYPROJECT}
        assert facts(files).description == "Sells pets over the counter."


class TestPlaces:
    @pytest.mark.parametrize(
        ("paths", "expected"),
        [
            (
                [".github/workflows/ci.yml", ".github/workflows/make-release.yaml"],
                ".github/workflows/make-release.yaml",
            ),
            ([".github/workflows/lint.yml", ".github/workflows/tests.yml"], ".github/workflows/tests.yml"),
            ([".github/workflows/README.md", ".gitlab-ci.yml", "Jenkinsfile"], ".gitlab-ci.yml"),
            (["Jenkinsfile"], "Jenkinsfile"),
            (["workflows/ci.yml"], ""),
        ],
    )
    def test_the_pipeline_is_what_releases(self, paths: list[str], expected: str) -> None:
        assert places.pipeline(paths) == expected

    @pytest.mark.parametrize(
        ("paths", "expected"),
        [
            (["tests/a.py", "tests/b/c.py", "src/x.py"], ("tests/**",)),
            (["a/tests/x", "b/x_test.go", "b/y.go"], ("**/tests/**", "**/*_test.go")),
            (["src/test/java/A.java", "web/a.spec.ts"], ("src/test/**", "**/*.spec.ts")),
            (["test_a.py"], ("**/test_*.py",)),
            (["vendor/a/tests/x", "specification.md"], ()),
        ],
    )
    def test_globs_of_tests_match_some(self, paths: list[str], expected: tuple[str, ...]) -> None:
        assert places.test_globs(paths) == expected

    def test_an_image_makes_a_service_of_what_says_nothing_else(self) -> None:
        assert facts({"Dockerfile": ""}).kind == "service"
        assert facts({"Dockerfile": "", "pyproject.toml": PYPROJECT}).kind == "library"


class TestSurroundings:
    def test_the_most_frequent_author_owns_the_product(self) -> None:
        addresses = ("bob@example.org", "ada@example.org", "ada@example.org")
        assert found({}, authors=addresses).facts.product_owner == "ada@example.org"

    @pytest.mark.parametrize(
        "machine",
        ["49699333+dependabot[bot]@users.noreply.github.com", "noreply@github.com", "ci-bot@example.org", "bot@x.org"],
    )
    def test_machines_own_nothing(self, machine: str) -> None:
        assert found({}, authors=(machine, machine, "ada@example.org")).facts.product_owner == "ada@example.org"

    def test_a_hidden_address_gives_its_handle(self) -> None:
        assert found({}, authors=("12+ada@users.noreply.github.com",)).facts.product_owner == "@ada"

    @pytest.mark.parametrize(
        "address", ["", "root@localhost", "a b@example.org", "@", "a@b@c.org", "+@users.noreply.github.com"]
    )
    def test_what_is_no_handle_is_passed_over(self, address: str) -> None:
        assert found({}, authors=(address,)).facts.product_owner == ""

    def test_names_in_their_order(self) -> None:
        assert found({}, names=("", "日本", "Pet Shop.git")).facts.name == "pet-shop-git"
        assert found({"pyproject.toml": PYPROJECT}, names=("other",)).facts.name == "pet-shop"


class TestUnreadable:
    @pytest.mark.parametrize(
        ("path", "data"),
        [
            ("catalog-info.yaml", b"a: [\n"),
            ("catalog-info.yaml", b"\xff\xfe"),
            ("compose.yaml", b"a: &a [*a]\nb: " + b"[" * 50_000),
            ("compose.yaml", b"#" * 300_000),
            ("openapi.json", b"{"),
            ("pyproject.toml", b"a = [\n"),
            ("pyproject.toml", b"a = " + b"[" * 100_000),
            ("pyproject.toml", b"." * 10_000),
            ("pyproject.toml", b"\xff"),
        ],
    )
    def test_it_is_skipped_with_a_reason(self, path: str, data: bytes) -> None:
        result = found({path: data, "CODEOWNERS": "* @ada"})
        assert list(result.skipped) == [path]
        assert len(result.skipped[path]) > 10
        assert result.facts == Facts(team="@ada")

    def test_texts_are_read_as_far_as_they_go(self) -> None:
        result = found({"CODEOWNERS": b"\xff @x\n* @ada\n", "README": b"A t\xe9xt in another encoding."})
        assert (result.skipped, result.facts.team) == ({}, "@ada")
        assert result.facts.description == "A t\ufffdxt in another encoding."

    def test_paths_that_cannot_be_shown_are_passed_over(self) -> None:
        files: dict[str, str | bytes] = {
            "a\nb/openapi.yaml": "openapi: 3.1.0\ninfo: {title: x}",
            "tests\x1b/x": "",
            ".github/workflows/\udcff.yml": "",
        }
        snapshot = MemorySnapshot({}, links={"CODEOWNERS": "x"})
        assert found(files) == survey(snapshot, Surroundings()) == Survey(Facts(), {}, {})


class TestShapes:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Größe_2", "grosse-2"),
            ("@acme/Pets", "acme-pets"),
            ("日本", ""),
            ("--", ""),
            (None, ""),
            ("a" * 99, "a" * 63),
        ],
    )
    def test_slug(self, text: Any, expected: str) -> None:
        assert slug(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("short", ""),
            ("One sentence, and no stop", "One sentence, and no stop"),
            ("One whole sentence here. And a begun", "One whole sentence here."),
            ("A tool (e.g. for pets) without a stop", "A tool (e.g. for pets) without a stop"),
            ("word " * 100, "word " * 38 + "word…"),
            ("x" * 300, "x" * 199 + "…"),
            ("a\x00b\n\tc \u202e" + "text" * 5, "a b c " + "text" * 5),
            (["no text"], ""),
        ],
    )
    def test_description(self, text: Any, expected: str) -> None:
        assert description(text) == expected
        assert len(expected) <= 200

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("1.2.3", "1.2.3"), ("v2", "2.0.0"), ("1.02-beta", "1.2.0"), ("latest", "0.0.0"), (None, "0.0.0")],
    )
    def test_version(self, text: Any, expected: str) -> None:
        assert version(text) == expected


hostile = st.text(max_size=30) | st.sampled_from(["* @", "no", "]:", "'\"", "TODO", "a" * 1000])
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | hostile,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hostile, inner, max_size=3),
    max_leaves=5,
)
entities = st.fixed_dictionaries(
    {"kind": st.just("Component")},
    optional={
        "metadata": st.fixed_dictionaries({}, optional={"name": values, "description": values}) | values,
        "spec": st.dictionaries(st.sampled_from(["type", "lifecycle", "system", "owner", "dependsOn"]), values)
        | values,
    },
)
services = st.fixed_dictionaries(
    {"services": st.dictionaries(hostile, st.fixed_dictionaries({"image": values})) | values}
)
apis = st.fixed_dictionaries(
    {"openapi": values, "info": st.fixed_dictionaries({"title": values, "version": values}) | values}
)


@settings(max_examples=60, deadline=None)
@given(entities, services, apis, hostile, hostile, st.lists(hostile | st.emails(), max_size=3).map(tuple))
def test_whatever_a_repository_says_the_draft_is_valid(
    entity: Any, compose: Any, api: Any, owners: str, readme: str, authors: tuple[str, ...]
) -> None:
    documents = {"catalog-info.yaml": entity, "compose.yaml": compose, "a/openapi.json": api}
    files: dict[str, str | bytes] = {path: json.dumps(document) for path, document in documents.items()}
    files |= {"CODEOWNERS": f"* {owners}".encode("utf-8", "replace"), "README.md": readme.encode("utf-8", "replace")}
    document = read_review("REVIEW.yaml", draft(found(files, (readme,), authors).facts).encode())
    assert document.problems == ()
    assert [error.message for error in VALIDATOR.iter_errors(document.data)] == []
