"""Contracts: what can be read as what it says it is, what it is compared by, and what hostile ones cost."""

import json
import sys
import time
from typing import Any

import pytest

from linter.adapters.contracts.reader import LIBRARIES, NotInstalledError, read_contract
from linter.model.finding import Severity
from linter.model.snapshot import TooLargeError, UnreadableError
from tests.support.evidence import found
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

OPENAPI: dict[str, Any] = {"openapi": "3.0.3", "info": {"title": "Orders", "version": "1"}, "paths": {}}
ASYNCAPI: dict[str, Any] = {"asyncapi": "2.6.0", "info": {"title": "Events", "version": "1"}, "channels": {}}


def reason(kind: str, content: Any) -> str:
    """Why a contract is none; empty where it is one."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    data = text.encode() if isinstance(text, str) else text
    try:
        read_contract(kind, data)
    except UnreadableError as error:
        return ("too large: " if isinstance(error, TooLargeError) else "") + str(error)
    return ""


class TestOpenapi:
    @pytest.mark.parametrize(
        "content",
        [
            OPENAPI,
            {**OPENAPI, "openapi": "3.1.1"},
            {**OPENAPI, "openapi": "3.2.0"},
            {"swagger": "2.0", "info": OPENAPI["info"], "paths": {}},
            "openapi: 3.1.0\ninfo: {title: A, version: '1'}\ncomponents: {}\nx-own: 1\n",
            "\ufeff" + json.dumps(OPENAPI),
            "{openapi: 3.0.0, info: {title: A, version: '1'}, paths: {}}",
        ],
    )
    def test_what_is_one(self, content: Any) -> None:
        assert reason("openapi", content) == ""

    def test_references_are_not_followed(self) -> None:
        paths = {"/a": {"$ref": "https://example.org/a.yaml"}, "/b": {"$ref": "file:///etc/passwd"}}
        assert reason("openapi", {**OPENAPI, "paths": paths}) == ""

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ({"openapi": "3.0.3", "paths": {}}, "at its top: `info` is missing"),
            ({**OPENAPI, "info": {"title": "Orders"}}, "at /info: `version` is missing"),
            ({**OPENAPI, "info": {"title": 1, "version": "1"}}, "at /info/title: expected a text, found 1"),
            ({**OPENAPI, "path": {}}, "at its top: `path` does not belong there"),
            ({"openapi": "3.0.3"}, "at its top: `info` and `paths` are missing"),
            (
                {"openapi": "3.1.0", "info": OPENAPI["info"]},
                "at its top: `paths`, `components` or `webhooks` is missing",
            ),
            ({**OPENAPI, "one": {}, "two": {}}, "at its top: `one` and `two` do not belong there"),
            ({**OPENAPI, "openapi": "4.0"}, 'its format "4.0" is none of 2.0, 3.0, 3.1, 3.2'),
            ({**OPENAPI, "openapi": 3.0}, "at /openapi: expected a text, found 3.0"),
            ({"info": {}}, "it has no `openapi` with the version of the format"),
            ([], "it has no `openapi` with the version of the format"),
            ("", "it has no `openapi` with the version of the format"),
            ("openapi: [", "line 1, column 11: the file ends inside `[`"),
            ('{"openapi": "3', "line 1, column 13: Unterminated string"),
            ('{"openapi": NaN', "NaN is no value of JSON"),
            (json.dumps({**OPENAPI, "paths": {"/a": {"get": {}}}}), "at /paths/~1a/get: `responses` is missing"),
        ],
    )
    def test_what_is_none(self, content: Any, expected: str) -> None:
        assert reason("openapi", content).startswith(expected)


class TestAsyncapi:
    @pytest.mark.parametrize(
        "content",
        [
            ASYNCAPI,
            {**ASYNCAPI, "channels": {"a": {"publish": {"message": {"payload": {}}}}, "b": {"$ref": "#/x"}, "x-y": 1}},
            {**ASYNCAPI, "servers": {"p": {"url": "kafka.example.org", "protocol": "kafka"}}, "tags": [], "x-a": 1},
            {"asyncapi": "3.0.0", "info": ASYNCAPI["info"]},
        ],
    )
    def test_what_is_one(self, content: Any) -> None:
        assert reason("asyncapi", content) == ""

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ({**ASYNCAPI, "asyncapi": "4.0.0"}, 'its format "4.0.0" is neither of version 2 nor 3'),
            ({"asyncapi": "2.6.0", "info": ASYNCAPI["info"]}, "at its top: `channels` is missing"),
            ({**ASYNCAPI, "channels": {"a": []}}, "at /channels/a: expected a mapping, found an empty list"),
            ({**ASYNCAPI, "servers": {"p": {"url": "x"}}}, "at /servers/p: `protocol` is missing"),
            ({**ASYNCAPI, "info": {"title": "a"}}, "at /info: `version` is missing"),
            (
                {"asyncapi": "3.0.0", "info": ASYNCAPI["info"], "operations": {"a": {"action": "send"}}},
                "at /operations/a: ",
            ),
            ("orders", "it has no `asyncapi` with the version of the format"),
        ],
    )
    def test_what_is_none(self, content: Any, expected: str) -> None:
        assert reason("asyncapi", content).startswith(expected)


class TestJsonSchema:
    @pytest.mark.parametrize(
        "content",
        [
            {},
            "true",
            {"type": "object", "properties": {"a": {"$ref": "https://example.org/a.json"}}},
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": ["string", "null"]},
            {"$schema": "https://example.org/own-dialect", "type": "string"},
        ],
    )
    def test_what_is_one(self, content: Any) -> None:
        assert reason("json-schema", content) == ""

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ({"type": "objekt"}, 'at /type: "objekt" does not fit there'),
            ({"required": "id"}, 'at /required: expected a list, found "id"'),
            ({"properties": {"a": {"minimum": "1"}}}, 'at /properties/a/minimum: expected a number, found "1"'),
            ([], "at its top: expected a JSON schema, found an empty list"),
            ({"$schema": 7}, "at its top: expected a JSON schema"),
            ({"$schema": "http://json-schema.org/draft-04/schema#", "required": []}, "at /required: "),
        ],
    )
    def test_what_is_none(self, content: Any, expected: str) -> None:
        assert reason("json-schema", content).startswith(expected)


class TestGraphql:
    @pytest.mark.parametrize(
        "content", ["type Query { a: Int }", 'extend type A @key(fields: "id") { a: [Int!]! }', "scalar X"]
    )
    def test_what_is_one(self, content: str) -> None:
        assert reason("graphql", content) == ""

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("type Query { a Int }", "line 1, column 16: Expected ':'"),
            ("# nothing\n", "line 2, column 1: Unexpected <EOF>"),
            ("{ a }", "it holds a query, not only a schema"),
            ("type A { a: " + "[" * 50_000, "too large: it is too large or nested too deeply"),
        ],
    )
    def test_what_is_none(self, content: str, expected: str) -> None:
        assert reason("graphql", content).startswith(expected)


class TestProtobuf:
    def test_what_is_one(self) -> None:
        assert (
            reason("protobuf", 'syntax = "proto3";\nimport "a.proto";\nservice S { rpc M (A) returns (stream B); }\n')
            == ""
        )

    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ("message A { string x = ; }", "line 1, column 24: missing INT_LITERAL at ';'"),
            ("hello world", "line 1, column 1: mismatched input 'hello'"),
            ("message A { ` }", "line 1, column 13: token recognition error"),
            ("message A {", "line 1, column 12: "),
            ("// nothing\n", "it defines nothing"),
            ("", "it defines nothing"),
            ("message A {" * 2_000, "too large: it is nested too deeply"),
        ],
    )
    def test_what_is_none(self, content: str, expected: str, capfd: pytest.CaptureFixture[str]) -> None:
        assert reason("protobuf", content).startswith(expected)
        assert capfd.readouterr() == ("", "")


class TestComparison:
    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            ("openapi", json.dumps(OPENAPI), json.dumps(OPENAPI, indent=2, sort_keys=True)),
            ("protobuf", "message A { int32 a = 1; }", "// An A.\nmessage A {\n  int32 a = 1;  // its a\n}\n"),
            ("graphql", "type A { a: Int }", "# An A.\ntype A {\n  a: Int\n}\n"),
            ("sql", "create table a (b int);", "create table a\n  (b int);\n"),
        ],
    )
    def test_layout_does_not_count(self, kind: str, one: str, other: str) -> None:
        assert read_contract(kind, one.encode()) == read_contract(kind, other.encode())

    @pytest.mark.parametrize(
        ("kind", "one", "other"),
        [
            ("protobuf", "message A { int32 a = 1; }", "message A { int32 a = 2; }"),
            ("graphql", "type A { a: Int }", "type A { a: Int! }"),
            ("avro", '{"type": "int"}', '{"type": "long"}'),
        ],
    )
    def test_what_they_say_does(self, kind: str, one: str, other: str) -> None:
        assert read_contract(kind, one.encode()) != read_contract(kind, other.encode())


@pytest.mark.parametrize("kind", ["openapi", "asyncapi", "json-schema", "graphql", "protobuf"])
@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"\0" * 1000,
        b"\xff\xfe{}",
        b"\x80",
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        b"- " * 100_000,
        b'{"openapi": "3.1.0", "paths": ' + b'{"a":' * 400 + b"1" + b"}" * 401,
        b'{"allOf": [' * 300 + b"1" + b"]}" * 300,
        b'"' * 100_000,
        b"{" + b'"a": "' + b"x" * 500_000 + b'"}',
        b"9" * 5_000,
        b'{"openapi": ' + b"9" * 5_000 + b"}",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_contracts_get_a_reason_within_seconds(kind: str, content: bytes) -> None:
    started = time.process_time()
    assert len(reason(kind, content)) < 300
    assert time.process_time() - started < 4


def provides(kind: str, version: str = "1.0.0", extra: str = "", path: str = "api/contract") -> str:
    interface = f"{{name: api, contract: {{type: {kind}, path: {path}{extra}}}, version: {version}}}"
    return review(changes={"planning:\n": f"planning:\n  provides: [{interface}]\n"})


def said(tree: MemorySnapshot) -> list[str]:
    return [f"{finding.rule} {finding.severity.label} {finding.message}" for finding in found(tree)]


class TestFindings:
    @pytest.mark.parametrize("kind", sorted(LIBRARIES))
    def test_one_warning_names_the_library_that_is_missing(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, f"linter.adapters.contracts.{kind}", raising=False)
        for name in ("graphql.error", "openapi_spec_validator", "antlr4.error.ErrorListener"):
            monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(NotInstalledError, match=LIBRARIES[kind]):
            read_contract(kind, json.dumps(OPENAPI).encode())
        contract = f"{{type: {kind}, path: a}}"
        items = ", ".join(f"{{name: {name}, contract: {contract}, version: 1.0.0}}" for name in "ab")
        text = review(changes={"planning:\n": f"planning:\n  provides: [{items}]\n"})
        (finding,) = found(MemorySnapshot({"REVIEW.yaml": text, "a": json.dumps(OPENAPI)}))
        assert (finding.rule, finding.severity) == ("RL012", Severity.WARNING)
        assert finding.message == f"`a` was not judged: that takes {LIBRARIES[kind]}, which is not installed"
        assert finding.hint == "pip install 'review-lint[contracts]'"

    def test_without_the_library_bad_yaml_is_still_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delitem(sys.modules, "linter.adapters.contracts.openapi", raising=False)
        monkeypatch.setitem(sys.modules, "openapi_spec_validator", None)
        (message,) = said(MemorySnapshot({"REVIEW.yaml": provides("openapi"), "api/contract": "a: ["}))
        assert message.startswith("RL012 error `api/contract` cannot be read as an OpenAPI document: line 1")

    def test_what_is_too_large_is_advice(self) -> None:
        (message,) = said(MemorySnapshot({"REVIEW.yaml": provides("graphql"), "api/contract": "#" * (1 << 20) + "\n"}))
        assert message.startswith("RL012 advice `api/contract` could not be looked into (is larger than")
        (message,) = said(MemorySnapshot({"REVIEW.yaml": provides("openapi"), "api/contract": "- a\n" * 30_000}))
        assert message.startswith("RL012 advice `api/contract` was not judged: line 20000, ")

    def test_a_folder_is_no_contract(self) -> None:
        files = {"REVIEW.yaml": provides("protobuf", path="api"), "api/a.proto": "message A {}"}
        assert said(MemorySnapshot(files)) == ["RL012 error `api` is a folder; a file is needed here"]
        assert said(MemorySnapshot({**files, "REVIEW.yaml": provides("document", path="api")})) == []

    def test_a_contract_in_lfs_has_the_digest_of_its_content(self) -> None:
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'ab' * 32}\nsize 12\n"
        files = {"REVIEW.yaml": provides("document", extra=f", sha256: {'ab' * 32}"), "api/contract": pointer}
        assert [line for line in said(MemorySnapshot(files)) if "RL202" in line] == []
        files["REVIEW.yaml"] = provides("document", extra=f", sha256: {'cd' * 32}")
        assert said(MemorySnapshot(files))[0].startswith("RL202 error")
        files["REVIEW.yaml"] = provides("graphql", extra=f", sha256: {'cd' * 32}")
        assert [line.split(" ")[:2] for line in said(MemorySnapshot(files))] == [
            ["RL012", "advice"],
            ["RL202", "error"],
        ]

    def test_the_digest_may_be_in_capitals(self) -> None:
        digest = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
        tree = MemorySnapshot({"REVIEW.yaml": provides("sql", extra=f", sha256: {digest}"), "api/contract": "x"})
        (finding,) = found(tree)
        assert finding.fixable
        assert finding.data["candidates"] == ["2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]
        assert finding.location.pointer == "/planning/provides/0/contract/sha256"


def change(old: str, new: str, text: str = "", old_text: str = "") -> list[str]:
    """What is said of a change of a SQL contract that is provided."""
    text = text or provides("sql")
    base = MemorySnapshot({"REVIEW.yaml": old_text or text, "api/contract": old}, revision="0" * 40)
    return said(MemorySnapshot({"REVIEW.yaml": text, "api/contract": new}, base))


class TestDrift:
    def test_another_contract_under_the_same_version(self) -> None:
        expected = "RL202 warning this change alters `api/contract`, and its version is `1.0.0` as before"
        assert change("a", "b") == [expected]

    def test_the_version_of_the_contract_comes_first(self) -> None:
        old, new = provides("sql", extra=", version: '1'"), provides("sql", extra=", version: '2'")
        assert change("a", "b", new, old) == []
        assert len(change("a", "b", provides("sql", "2.0.0", ", version: '1'"), old)) == 1

    @pytest.mark.parametrize(
        "old_text", [provides("avro"), review(), "a: [", provides("sql", path="elsewhere"), provides("sql", "0.9.0")]
    )
    def test_nothing_to_compare_with(self, old_text: str) -> None:
        assert change("a", "b", provides("sql"), old_text) == []

    def test_a_merge_of_what_one_side_has_already(self) -> None:
        files = {"REVIEW.yaml": provides("sql"), "api/contract": "b"}
        ours, theirs = MemorySnapshot({**files, "api/contract": "a"}), MemorySnapshot({**files, "other": ""})
        merged = MemorySnapshot({**files, "REVIEW.yaml": provides("sql") + "system: shop\n"}, (ours, theirs))
        assert said(merged) == []
        assert len(said(MemorySnapshot({**files, "api/contract": "c"}, (ours, theirs)))) == 1

    def test_only_layout(self) -> None:
        assert change("a  b", "a\nb\n") == []

    def test_a_broken_contract_is_said_once(self) -> None:
        text = provides("graphql")
        (message,) = change("type A { a: Int }", "type A {", text)
        assert message.startswith("RL012 error")
        assert change("type A {", "type A { a: Int }", text) == []

    def test_an_unchanged_contract_is_not_read_again(self) -> None:
        assert change("type A {", "type A {", provides("graphql")) == []

    def test_nor_when_the_review_changes_elsewhere(self) -> None:
        old = provides("graphql")
        assert change("type A {", "type A {", old + "system: shop\n", old) == []

    @pytest.mark.parametrize(
        ("changes", "severity"),
        [
            ({"type: sql": "type: graphql"}, "error"),
            ({"lifecycle: experimental": "lifecycle: beta\ntier: 4"}, "error"),
            ({"status: draft": "status: proposed"}, "warning"),
        ],
    )
    def test_but_it_is_when_it_is_cited_otherwise(self, changes: dict[str, str], severity: str) -> None:
        draft = changes.keys() & {"status: draft"}
        old = provides("sql" if "type: sql" in changes else "graphql")
        old = old.replace("planning:\n", "planning:\n  status: draft\n") if draft else old
        new = old
        for before, after in changes.items():
            new = new.replace(before, after)
        (message,) = [line for line in change("type A {", "type A {", new, old) if line.startswith("RL012")]
        assert message.startswith(f"RL012 {severity}")
