"""Changes to a person's YAML file: what was asked for, and nothing else."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.adapters.yaml.edit import EditError, Editor, edit
from linter.model.pointer import join, resolve
from tests.support.messy_yaml import NAMES, VALUES, Messy, messy_files

PATIENTLY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

MESSY = """\
# a head
version: 1   # the only one
name: 'x'

reviews:
- sections: [clarity,   quality]   # two
  by: "@a"
  # belongs to the item
# belongs to the file
waivers: [ {id: W1} , {id: W2,}, ] # end
empty:
text: |
  one

    two
deep: {in: {brackets: [1, 2]}}
"""


def edited(change: Callable[[Editor], None], text: str = MESSY) -> str:
    editor = edit("REVIEW.yaml", text.encode())
    change(editor)
    return editor.content.decode()


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        pytest.param(lambda e: e.set("/version", 2), "version: 1 ", "version: 2 ", id="number"),
        pytest.param(lambda e: e.set("/name", "it's"), "'x'", "'it''s'", id="single quotes stay"),
        pytest.param(lambda e: e.set("/reviews/0/by", "@b"), '"@a"', '"@b"', id="double quotes stay"),
        pytest.param(lambda e: e.set("/deep/in/brackets", []), "[1, 2]", "[]", id="list in brackets"),
        pytest.param(lambda e: e.set("/deep/in/more", "x"), "[1, 2]}", "[1, 2], more: x}", id="key in brackets"),
        pytest.param(lambda e: e.set("/empty", 3), "empty:\n", "empty: 3\n", id="value where there was none"),
        pytest.param(lambda e: e.set("/empty/a/b", 3), "empty:\n", "empty:\n  a:\n    b: 3\n", id="whole path"),
        pytest.param(lambda e: e.append("/waivers", {"id": "W3"}), "{id: W2,},", "{id: W2,}, {id: W3},", id="item"),
        pytest.param(lambda e: e.append("/empty", "x"), "empty:\n", "empty: [x]\n", id="first item"),
        pytest.param(
            lambda e: e.append("/reviews", {"by": "@b", "conditions": [{"due": "2026-01-31"}]}),
            "the item\n",
            'the item\n- by: "@b"\n  conditions:\n  - due: "2026-01-31"\n',
            id="item of a block, below the comment of the one before",
        ),
        pytest.param(lambda e: e.set("/new", "1.10"), "2]}}\n", '2]}}\n\nnew: "1.10"\n', id="key at the end"),
        pytest.param(lambda e: e.set("/reviews/0/role", "qa"), '"@a"\n', '"@a"\n  role: qa\n', id="key of item"),
        pytest.param(
            lambda e: e.remove("/reviews/0/sections"), "sections: [clarity,   quality]   # two\n  ", "", id="first key"
        ),
        pytest.param(lambda e: e.remove("/reviews/0/by"), '  by: "@a"\n', "", id="last key"),
        pytest.param(lambda e: e.remove("/waivers/0"), "{id: W1} , ", "", id="first item in brackets"),
        pytest.param(lambda e: e.remove("/waivers/1"), " , {id: W2,}", "", id="last item in brackets"),
        pytest.param(lambda e: e.remove("/empty"), "empty:\n", "", id="key without a value"),
        pytest.param(lambda e: e.remove("/text"), "text: |\n  one\n\n    two\n", "", id="text of several lines"),
        pytest.param(lambda e: e.rename("/deep/in", "no"), "in:", '"no":', id="rename"),
    ],
)
def test_one_piece_changes(change: Callable[[Editor], None], old: str, new: str) -> None:
    text = MESSY.replace("deep", "\ndeep")
    assert text.count(old) == 1
    assert edited(change, text) == text.replace(old, new)


def test_the_last_item_leaves_an_empty_list() -> None:
    text = 'waivers:\n  - id: W1 # a\n    by: "@a"\nname: x\n'
    assert edited(lambda e: e.remove("/waivers/0"), text) == "waivers: []\nname: x\n"


def test_line_ends_are_those_of_the_file_and_the_last_line_may_have_none() -> None:
    text = "a: 1\r\nb:\r\n    - x"
    assert edited(lambda e: e.append("/b", {"c": "no", "d": 1}), text) == text + '\r\n    - c: "no"\r\n      d: 1'


def test_dashes_stand_where_the_file_has_them() -> None:
    text = "a:\n- x\n"
    assert edited(lambda e: e.set("/b", [{"c": 1}]), text) == "a:\n- x\nb:\n- c: 1\n"


def test_a_mark_at_the_beginning_stays() -> None:
    editor = edit("REVIEW.yaml", b"\xef\xbb\xbfa: 1\n")
    editor.set("/b", 2)
    assert editor.content == b"\xef\xbb\xbfa: 1\nb: 2\n"


def test_a_text_that_keeps_its_last_lines_keeps_them() -> None:
    text = "a: |+\n  x\n\n"
    assert edited(lambda e: e.set("/b", 1), text) == "a: |+\n  x\n\nb: 1\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("a: &x 1\nb: *x\n", "REVIEW.yaml:1:4: an anchor (&x) is not allowed", id="anchor"),
        pytest.param("a: 1\na: 2\n", "REVIEW.yaml:2:1: the key `a` stands here and", id="duplicate"),
        pytest.param("a: [1\n", "REVIEW.yaml:1:4: ", id="syntax"),
    ],
)
def test_what_has_no_clear_meaning_is_not_edited(text: str, words: str) -> None:
    with pytest.raises(EditError) as caught:
        edit("REVIEW.yaml", text.encode())
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e.append("/version", 1),
        lambda e: e.remove("/nothing"),
        lambda e: e.remove(""),
        lambda e: e.rename("/reviews/0", "x"),
        lambda e: e.rename("/name", "version"),
        lambda e: e.set("/name/x", 1),
        lambda e: e.set("/reviews/7", 1),
    ],
)
def test_what_cannot_be_done_is_refused_and_leaves_the_file_alone(change: Callable[[Editor], None]) -> None:
    editor = edit("REVIEW.yaml", MESSY.encode())
    with pytest.raises(EditError, match=r"^REVIEW\.yaml: "):
        change(editor)
    assert editor.content.decode() == MESSY


def pointers(data: object, pointer: str = "") -> list[str]:
    members = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [pointer, *(inner for key, value in members for inner in pointers(value, join(pointer, key)))]


def is_insertion(old: bytes, new: bytes) -> bool:
    """Whether the new text is the old one with something put in at one place."""
    start = next((i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    return any(new.endswith(old[cut:]) and new.startswith(old[:cut]) for cut in range(start + 1))


@PATIENTLY
@given(messy_files(), st.data())
def test_additions_only_add(messy: Messy, data: st.DataObject) -> None:
    editor = edit("REVIEW.yaml", messy.content)
    assert repr(editor.data) == repr(messy.data)
    places = [place for place in pointers(messy.data) if isinstance(resolve(messy.data, place), dict | list)]
    place = data.draw(st.sampled_from([place for place in places if resolve(messy.data, place)]))
    holder, value = resolve(messy.data, place), data.draw(VALUES)
    if isinstance(holder, list):
        editor.append(place, value)
        assert repr(resolve(editor.data, place)) == repr([*holder, value])
    else:
        key = data.draw(NAMES.filter(lambda name: name not in holder))
        editor.set(join(place, key), value)
        assert repr(resolve(editor.data, place)) == repr({**holder, key: value})
    assert is_insertion(messy.content, editor.content)


@PATIENTLY
@given(messy_files(), st.data())
def test_other_changes_touch_no_line_of_others(messy: Messy, data: st.DataObject) -> None:
    editor = edit("REVIEW.yaml", messy.content)
    place = data.draw(st.sampled_from(pointers(messy.data)[1:]))
    if data.draw(st.booleans()):
        editor.remove(place)
        assert is_insertion(editor.content, messy.content) or b"[]" in editor.content or b"{}" in editor.content
    else:
        value = data.draw(VALUES)
        editor.set(place, value)
        assert repr(resolve(editor.data, place)) == repr(value)
