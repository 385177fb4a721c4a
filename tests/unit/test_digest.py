"""The digest of a sign-off, against vectors that anyone can recompute.

Each file of `tests/data/digest` has the parsed `review`, the names of the signed `sections`, the text of every cited
file (null: missing), the canonical JSON of RFC 8785, and the digest: `printf %s "$canonical" | sha256sum`.
"""

import json
import random
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.model.digest import canonical, digest, file_id, substance

VECTORS = sorted((Path(__file__).parents[1] / "data" / "digest").glob("*.json"))
CANONICAL_IN_NODE = """
const sorted = value => Array.isArray(value) ? value.map(sorted)
    : value && typeof value === "object"
    ? Object.keys(value).sort().reduce((map, key) => map.set(key, sorted(value[key])), new Map()) : value;
const text = value => value instanceof Map
    ? "{" + [...value].map(([key, inner]) => JSON.stringify(key) + ":" + text(inner)).join(",") + "}"
    : Array.isArray(value) ? "[" + value.map(text).join(",") + "]" : JSON.stringify(value);
const lines = require("fs").readFileSync(0, "utf8").split("\\n");
console.log(lines.map(line => text(sorted(JSON.parse(line)))).join("\\n"));
"""

NEEDS_NODE = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def in_node(values: list[Any]) -> list[str]:
    """The canonical JSON of each value, by ECMAScript itself."""
    lines = "\n".join(json.dumps(value) for value in values)
    ran = subprocess.run(["node", "-e", CANONICAL_IN_NODE], input=lines, capture_output=True, check=True, text=True)
    return ran.stdout.removesuffix("\n").split("\n")


@pytest.mark.parametrize("path", VECTORS, ids=lambda path: path.stem)
def test_vector(path: Path) -> None:
    vector = json.loads(path.read_text("utf-8"))
    sections = substance(vector["review"], vector["sections"])
    evidence = {name: None if text is None else file_id(text.encode()) for name, text in vector["files"].items()}
    assert canonical({"sections": sections, "evidence": evidence}) == vector["canonical"]
    assert digest(sections, evidence) == vector["digest"]


@NEEDS_NODE
def test_vectors_are_what_ecmascript_writes() -> None:
    texts = [json.loads(path.read_text("utf-8"))["canonical"] for path in VECTORS]
    assert in_node([json.loads(text) for text in texts]) == texts


@NEEDS_NODE
def test_numbers_are_those_of_ecmascript() -> None:
    source = random.Random(8785)
    doubles = [struct.unpack(">d", source.randbytes(8))[0] for _ in range(3000)]
    doubles += [source.uniform(-1, 1) * 10 ** source.randint(-12, 24) for _ in range(1000)]
    values = [value for value in doubles if value - value == 0]
    assert [canonical(value) for value in values] == in_node(values)


@pytest.mark.parametrize(
    ("bits", "text"),
    [
        # RFC 8785, appendix B.
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_of_the_standard(bits: str, text: str) -> None:
    assert canonical(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (1000.0, "1000"), (True, "true"), (None, "null"), (10**22, "1e+22")]
)
def test_values(value: object, text: str) -> None:
    assert canonical(value) == text


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), 10**400, "\ud800", {"\udfff": 1}, b"", (1,), {"a": [set()]}]
)
def test_what_json_does_not_have_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_canonical_json_means_the_same(value: object) -> None:
    assert json.loads(canonical(value), parse_int=float) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_what_is_left_out_makes_no_difference_and_all_else_does() -> None:
    signed = {"quality": {"status": "draft", "backup": {"rpo": "1h", "restored_on": "2026-01-01"}}}
    same = {"quality": {"backup": {"restored_on": "2026-05-01", "rpo": "1h"}}, "clarity": {"why": "other"}}
    other = {"quality": {"backup": {"rpo": "2h", "restored_on": "2026-01-01"}}}
    digests = [digest(substance(data, ["quality"]), {}) for data in (signed, same, other)]
    assert digests[0] == digests[1] != digests[2]
