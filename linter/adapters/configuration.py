"""How the tool runs, from `[tool.review-lint]` of pyproject.toml or from review-lint.toml with the same keys.

`schemas/configuration.schema.json` describes the same shape for editors. It is read by hand here because importing
jsonschema costs 60 ms of every commit; a test holds the two together.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from linter.errors import ConfigurationError
from linter.model.finding import Position, Severity
from linter.model.policy import GOVERNED, Configuration, is_known
from linter.model.words import closest

PYPROJECT = "pyproject.toml"
OWN_FILE = "review-lint.toml"
TABLE = "review-lint"
SIZE_LIMIT = 256 * 1024
"""More bytes than this is no configuration; whoever reads the files refuses them."""

MAX_DOTS = 500
"""Of one line: tomllib takes time quadratic in the parts of a dotted key (200 s for one of 256 KiB, Python 3.11)."""

SHOWN = 60
"""As many characters of a wrong value are shown and searched for: longer ones cost more than they tell."""

LEVELS = {severity.label: severity for severity in Severity}


def read_configuration(
    pyproject: bytes | None, review_lint_toml: bytes | None, codes: Collection[str]
) -> Configuration:
    """The configuration that the two files (None: there is none) hold, else the defaults; `codes` are all rules.

    Raises ConfigurationError for broken TOML, for a key or value that means nothing, and when both files configure.
    """
    table = _pyproject_table(pyproject)
    if review_lint_toml is None:
        return Configuration() if table is None else _configuration(table, codes)
    if table is not None:
        raise ConfigurationError(
            f"{PYPROJECT} and {OWN_FILE} both configure {TABLE}", f"keep one: [tool.{TABLE}] or {OWN_FILE}"
        )
    text, values = _load(OWN_FILE, review_lint_toml)
    return _configuration(_Table(OWN_FILE, text, values), codes)


def find_words(path: str, content: bytes, paths: Iterable[Iterable[str]]) -> Iterator[Position]:
    """For each of some lists of words: where in a configuration the last of them stands, each at or below the one
    before it; those that it does not have are passed over.
    """
    lines = content.decode("utf-8", "replace").split("\n")
    for words in paths:
        found = Position(1, 1)
        for word in words:
            line = _line_of(word, path, lines, found.line)
            found = Position(line, lines[line - 1].index(word[:SHOWN]) + 1) if line else found
        yield found


def read_requires_python(pyproject: bytes | None) -> str | None:
    """The lowest minor version that `project.requires-python` admits, such as "3.12"; None where it names no lower
    bound within Python 3, and for what cannot be read.

    `>3.11` admits 3.11.1 (https://packaging.python.org/specifications/version-specifiers/).
    """
    if pyproject is None or b"requires-python" not in pyproject:
        return None
    try:
        _, values = _load(PYPROJECT, pyproject)
    except ConfigurationError:
        return None
    requires = _mapping(values.get("project")).get("requires-python")
    return _lowest_minor(requires) if isinstance(requires, str) else None


def read_toml(path: str, content: bytes) -> Mapping[str, Any]:
    """The values of any TOML file, whatever the bytes. Raises ConfigurationError with path and reason."""
    return _load(path, content)[1]


class _Table(NamedTuple):
    """The table that configures, and the text of its file."""

    path: str
    text: str
    values: Mapping[str, Any]

    def error(self, message: str, word: str, hint: str = "") -> ConfigurationError:
        """An error at the first line below the table's header that holds `word`, as far as that can be told."""
        line = _line_of(word, self.path, self.text.split("\n"))
        return ConfigurationError(f"{self.path}:{line}: {message}" if line else f"{self.path}: {message}", hint)


class _Entry(NamedTuple):
    """A value of the table, under the name that messages give it."""

    table: _Table
    name: str
    value: Any
    codes: Collection[str]

    def item(self, value: Any) -> "_Entry":
        return self._replace(value=value)

    def error(self, expected: str, hint: str = "") -> ConfigurationError:
        """That the value of this key must be something else."""
        _, _, key = self.name.partition(".")
        word = self.value if key and isinstance(self.value, str) else key or self.name
        message = f"{self.name} must be {expected}, not {_described(self.value)}"
        return self.table.error(message, word, hint)

    def item_error(self, expected: str, hint: str = "") -> ConfigurationError:
        """That this item of a list, or key of a table, must be something else."""
        word = (isinstance(self.value, str) and self.value) or self.name
        return self.table.error(f"{self.name} holds {_described(self.value)}, which is no {expected}", word, hint)


def _line_of(word: str, path: str, lines: Iterable[str], first: int = 1) -> int | None:
    """The first line of the table, at or below the line `first`, that has a word."""
    word = word[:SHOWN]
    whole_word = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    is_below = path == OWN_FILE
    for number, line in enumerate(lines, 1):
        is_below = is_below or bool(_HEADER.match(line))
        # The search is begun where it may succeed: a line can have 256 KiB, and thousands of words are looked for.
        is_text = is_below and number >= first and word in line and not line.lstrip().startswith("#")
        if is_text and whole_word.search(line, line.index(word)):
            return number
    return None


def _pyproject_table(pyproject: bytes | None) -> _Table | None:
    if pyproject is None or not re.search(rb"review[-_]lint", pyproject):
        return None
    text, values = _load(PYPROJECT, pyproject)
    tools = _mapping(values.get("tool"))
    table = _Table(PYPROJECT, text, _mapping(tools.get(TABLE)))
    if "review_lint" in tools:
        raise table.error("unknown table [tool.review_lint]", "review_lint", f"did you mean [tool.{TABLE}]?")
    if not isinstance(tools.get(TABLE, {}), dict):
        raise table.error(f"tool.{TABLE} must be a table, not {_described(tools[TABLE])}", TABLE)
    return table if TABLE in tools else None


def _load(path: str, content: bytes) -> tuple[str, Mapping[str, Any]]:
    import tomllib  # noqa: PLC0415 - 6 ms that a tree without configuration does not pay

    text = _text(path, content)
    try:
        return text, tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and numbers beyond Python's limit of digits
        raise ConfigurationError(f"{path} is not valid TOML: {error}") from error
    except RecursionError as error:
        raise ConfigurationError(f"{path} is not valid TOML: it is nested too deeply") from error


def _text(path: str, content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{path}:{line}: not UTF-8, which TOML has to be") from error
    for number, line_text in enumerate(text.split("\n"), 1):
        if line_text.count(".") > MAX_DOTS:
            raise ConfigurationError(f"{path}:{number}: more than {MAX_DOTS} dots in one line", "break the line")
    return text


def _lowest_minor(requires: str) -> str | None:
    bounds = filter(None, (_BOUND.fullmatch(part.strip()) for part in requires.split(",")))
    minors = [int(bound[1]) for bound in bounds]
    return f"3.{max(minors)}" if minors else None


def _configuration(table: _Table, codes: Collection[str]) -> Configuration:
    fields: dict[str, Any] = {}
    for key, value in table.values.items():
        reader = _READERS.get(key)
        if reader is None:
            raise _unknown_key(table, key)
        fields[key.replace("-", "_")] = reader(_Entry(table, key, value, codes))
    return Configuration(**fields, source=table.path)


def _unknown_key(table: _Table, key: str) -> ConfigurationError:
    hint = _suggestion(key, _READERS) or f"there are {', '.join(sorted(_READERS))}"
    if table.path == OWN_FILE and key in ("tool", TABLE):
        hint = f"in {OWN_FILE} the keys stand at the top, without [tool.{TABLE}]"
    return table.error(f"unknown key {_described(key)}", key, hint)


def _selected(entry: _Entry) -> tuple[str, ...]:
    if entry.value == []:
        raise entry.table.error("select is empty, so that nothing would be checked", entry.name, 'all rules are "RL"')
    return _codes(entry)


def _codes(entry: _Entry) -> tuple[str, ...]:
    return tuple(_code(entry.item(item)) for item in _listed(entry, 'a list of rule codes such as ["RL8", "RL006"]'))


def _code(entry: _Entry) -> str:
    if isinstance(entry.value, str) and is_known(entry.value, entry.codes):
        return entry.value
    hint = _suggestion(entry.value, entry.codes) or "`review-lint rules` lists the codes"
    raise entry.item_error("rule code or beginning of one", hint)


def _globs(entry: _Entry) -> tuple[str, ...]:
    return tuple(_glob(entry.item(item)) for item in _listed(entry, 'a list of path globs such as ["vendor/**"]'))


def _glob(entry: _Entry) -> str:
    if isinstance(entry.value, str) and entry.value:
        return entry.value
    raise entry.item_error("path glob")


def _path(entry: _Entry) -> str:
    path = entry.value
    if not isinstance(path, str) or not path:
        raise entry.error("the path of a file")
    if path.startswith("/") or "\\" in path or not {"", ".", ".."}.isdisjoint(path.split("/")):
        hint = "--policy FILE takes a file from anywhere"
        raise entry.error("a path inside the repository such as 'policy.yaml'", hint)
    return path


def _severities(entry: _Entry) -> tuple[tuple[str, Severity], ...]:
    return tuple(
        (_governable(entry.item(code)), _level(entry._replace(name=f"severity.{code}", value=level)))
        for code, level in _tabled(entry, "a table of rule codes and levels")
    )


def _governable(entry: _Entry) -> str:
    if entry.value in GOVERNED:
        hint = f"only a policy sets the severity of {GOVERNED[0]} to {GOVERNED[-1]}"
        raise entry.item_error("rule whose severity a repository sets", hint)
    return _code(entry)


def _level(entry: _Entry) -> Severity:
    if isinstance(entry.value, str) and entry.value in LEVELS:
        return LEVELS[entry.value]
    raise entry.error("error, warning or advice", _suggestion(entry.value, LEVELS))


def _ignored_paths(entry: _Entry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (_glob(entry.item(glob)), _codes(entry._replace(name=f"per-path-ignore.{glob}", value=codes)))
        for glob, codes in _tabled(entry, "a table of path globs and lists of rule codes")
    )


def _listed(entry: _Entry, expected: str) -> list[Any]:
    if not isinstance(entry.value, list):
        raise entry.error(expected)
    return entry.value


def _tabled(entry: _Entry, expected: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(entry.value, dict):
        raise entry.error(expected)
    return entry.value.items()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _suggestion(word: Any, candidates: Iterable[str]) -> str:
    words = closest(word, candidates) if isinstance(word, str) else ()
    return f"did you mean {' or '.join(words)}?" if words else ""


def _described(value: Any) -> str:
    """Text as it is, anything else by its kind: a hostile table is as deep as a key has dots."""
    if isinstance(value, str):
        return repr(value if len(value) <= SHOWN else value[:SHOWN] + "...")
    return _KINDS.get(type(value), "a date or time")


_KINDS: Mapping[type, str] = {bool: "a boolean", int: "a number", float: "a number", list: "a list", dict: "a table"}
_HEADER = re.compile(r"\s*\[.*review[-_]lint")
_BOUND = re.compile(r"(?:>=|~=|==|>)\s*3\.(\d{1,3})(?:\.(?:\d+|\*))?")
_READERS: Mapping[str, Callable[[_Entry], Any]] = {
    "select": _selected,
    "ignore": _codes,
    "severity": _severities,
    "per-path-ignore": _ignored_paths,
    "exclude": _globs,
    "policy": _path,
    "fail-on": _level,
}
