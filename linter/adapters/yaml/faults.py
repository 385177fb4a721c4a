"""PyYAML's complaints in plain words: what was found, where to look, and the usual cause."""

from typing import NamedTuple

from linter.adapters.yaml.text import YamlError, at

QUOTE = "a text that begins with @ * & % ! | > ` or holds ': ' or ' #' needs quotes"
_INDENTATION = "keys of one level begin in the same column; a text that goes on after its closing quote is an error too"
_UNCLOSED = "close the bracket; a text that begins with @ or * or holds [ ] { } , needs quotes"
_ESCAPE = r"in double quotes a backslash begins an escape: write \\, or use single quotes"


class Complaint(NamedTuple):
    """What PyYAML says: its words, the offset in the text of the fault, and that of what it was reading."""

    problem: str
    context: str
    place: int
    opening: int | None


class _Words(NamedTuple):
    """The words for complaints whose problem and context hold these pieces; {found} is what stands at the place."""

    problem: str
    context: str
    message: str
    hint: str
    at_opening: bool = False


def explain(text: str, complaint: Complaint) -> YamlError:
    """The fault that says to a person what `complaint` means."""
    words = next(w for w in _WORDS if w.problem in complaint.problem and w.context in complaint.context)
    found = _found(text, complaint.place)
    if found == "a tab":
        return YamlError("a tab where YAML allows only spaces", at(text, complaint.place), "indent with spaces")
    place = complaint.place if complaint.opening is None or not words.at_opening else complaint.opening
    return YamlError(words.message.format(found=found), at(text, place), words.hint)


def _found(text: str, place: int) -> str:
    if not text[place:].strip():
        return "the end of the file"
    char = text[place]
    return {"\t": "a tab", "\n": "the end of the line", "\r": "the end of the line"}.get(char, repr(char))


# The first that fits is taken; the last one fits everything.
_WORDS = (
    _Words(
        "could not find expected ':'",
        "",
        "a key without a colon",
        "write `key: value`, with a space after the colon; "
        "a text that goes on in the next line is indented deeper than its key",
        at_opening=True,
    ),
    _Words("cannot start any token", "", "a text cannot begin with {found}", QUOTE),
    _Words("", "an alias", "`*` begins an alias, but no name follows", QUOTE),
    _Words("", "an anchor", "`&` begins an anchor, but no name follows", QUOTE),
    _Words("", "a tag", "`!` begins a tag, but this is none", QUOTE),
    _Words("", "a directive", "`%` at the beginning of a line begins a directive, but this is none", QUOTE),
    _Words("tag handle", "", "a tag that nothing explains", QUOTE),
    _Words("YAML directive", "", "a second %YAML directive", "remove it"),
    _Words("incompatible YAML", "", "a version of YAML other than 1", "remove the %YAML line"),
    _Words(
        "sequence entries",
        "",
        "a list cannot begin here",
        "begin the list on a line of its own below its key, or put a text that begins with '- ' in quotes",
    ),
    _Words("mapping keys", "", "a key cannot begin here", "put a text that begins with '? ' in quotes"),
    _Words(
        "mapping values",
        "",
        "a `:` cannot stand here",
        "put a text that holds ': ' in quotes; if it holds none, look for wrong indentation or a missing colon in this "
        "line and the one above",
    ),
    _Words("chomping or indentation", "", "{found} after `|` or `>`", "the text begins on the next line; " + QUOTE),
    _Words("indentation indicator", "", "an indentation of 0 after `|` or `>`", "remove the 0"),
    _Words(
        "comment or a line break",
        "a block scalar",
        "{found} after `|` or `>`",
        "the text begins on the next line; " + QUOTE,
    ),
    _Words("unknown escape", "", "{found} after a backslash is no escape", _ESCAPE),
    _Words("hexadecimal", "", "{found} in an escape that needs hexadecimal digits", _ESCAPE),
    _Words(
        "end of stream",
        "a quoted scalar",
        "a quote that is never closed",
        "close it at the end of the text",
        at_opening=True,
    ),
    _Words("document separator", "", "a document ends inside quotes", "close the quote before this line"),
    _Words("'<stream end>'", "a flow sequence", "`[` is never closed", _UNCLOSED, at_opening=True),
    _Words("'<stream end>'", "a flow mapping", "`{{` is never closed", _UNCLOSED, at_opening=True),
    _Words("'<stream end>'", "a flow node", "the file ends inside `[` or `{{`", _UNCLOSED),
    _Words("", "a flow sequence", "{found} where a list in brackets needs `,` or `]`", _UNCLOSED),
    _Words("", "a flow mapping", "{found} where a mapping in braces needs `,` or `}}`", _UNCLOSED),
    _Words("node content", "", "{found} where a value should stand", QUOTE),
    _Words("<document start>", "", "{found} after the end of the document", _INDENTATION),
    _Words("<block end>", "", "{found} does not fit in here", _INDENTATION),
    _Words("", "", "{found} cannot stand here", QUOTE),
)
