"""Any other YAML file: the values of all its documents, with anchors, merge keys and tags, but not without bounds."""

import pytest

from linter.adapters.yaml.reader import read_yaml
from linter.model.snapshot import UnreadableError


def test_all_documents_are_read() -> None:
    assert read_yaml(b"kind: Component\n---\nkind: API\n---\n") == ({"kind": "Component"}, {"kind": "API"}, None)


def test_nothing_is_no_document() -> None:
    assert read_yaml(b"") == ()
    assert read_yaml(b"# only a comment\n") == ()


def test_keys_of_workflows_stay_texts() -> None:
    assert read_yaml(b"on:\n  push:\n") == ({"on": {"push": None}},)


def test_compose_files_may_share_and_merge() -> None:
    text = b"x-base: &base {image: db, tags: &t [a]}\nservices:\n  one: {<<: *base, image: web}\n  two: {tags: *t}\n"
    [data] = read_yaml(text)
    assert data["services"] == {"one": {"image": "web", "tags": ["a"]}, "two": {"tags": ["a"]}}


def test_anchors_end_with_their_document() -> None:
    assert read_yaml(b"a: &x 1\n---\nb: *x\n") == ({"a": 1}, {"b": None})


def test_tags_are_ignored() -> None:
    assert read_yaml(b"a: !Ref b\nc: !!str 1\nd: !custom [2]\n") == ({"a": "b", "c": "1", "d": [2]},)


def test_a_list_that_holds_itself_ends() -> None:
    assert read_yaml(b"&a [1, *a]") == ([1, None],)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a:\n  b: @c\n", "line 2, column 6: a text cannot begin with '@'"),
        (b"\xff\xfea", "line 1, column 1: the file is UTF-16"),
        (b"[" * 40, "more than 32 levels"),
        (b"- a\n" * 20_001, "more than 20,000 keys and values"),
        (b"- &a [x]\n" + b"- &a [*a, *a]\n" * 20, "aliases that stand for too much"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match="line") as caught:
        read_yaml(data)
    assert words in str(caught.value)
    assert caught.value.hint
