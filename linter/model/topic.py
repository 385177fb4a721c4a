"""What there is to be said about a key or a shape of review files, as values; texts may hold `code` in backticks."""

from typing import NamedTuple


class Row(NamedTuple):
    """A key of a mapping: who is asked for it and which form it has, in a few words each, `shape` among them if the
    value or each of its items has one.
    """

    key: str
    asked: str
    form: str
    shape: str
    text: str


class Mark(NamedTuple):
    """What is asked of whom: a few words, and what they mean."""

    label: str
    meaning: str


class Topic(NamedTuple):
    """A key by its dotted name, or a shape.

    `asked` says who is asked for the key and is empty for shapes; `marks` tell what the words in it and in the rows'
    mean. `form` says what may stand there. `rows` are the keys of the value, or of each of its items (`of_items`).
    `examples` are YAML. `related` are the names of other topics.
    """

    name: str
    title: str
    text: str
    asked: str
    form: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    of_items: bool
    marks: tuple[Mark, ...]
    examples: tuple[str, ...]
    related: tuple[str, ...]
