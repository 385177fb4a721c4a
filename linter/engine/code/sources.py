"""Which files of a tree are Python sources, and which are written in other languages."""

from linter.model.snapshot import Entry, Kind

ENDINGS = (".py", ".pyi", ".pyw")
"""The endings of Python sources (https://docs.python.org/3/using/windows.html for .pyw, PEP 484 for .pyi)."""

SIZE_LIMIT = 2 * 1024 * 1024
"""Larger sources are reported instead of analysed; in bytes."""

SHEBANG = 256
"""So much of a first line tells which program runs a script: Linux reads no more of it either (BINPRM_BUF_SIZE)."""

OTHER_LANGUAGES = frozenset(
    (
        ".c",
        ".cc",
        ".cpp",
        ".cs",
        ".cxx",
        ".dart",
        ".erl",
        ".ex",
        ".exs",
        ".go",
        ".h",
        ".hpp",
        ".hs",
        ".ipynb",
        ".java",
        ".js",
        ".jsx",
        ".kt",
        ".lua",
        ".m",
        ".mjs",
        ".ml",
        ".php",
        ".pl",
        ".pyx",
        ".r",
        ".rb",
        ".rs",
        ".scala",
        ".sh",
        ".swift",
        ".ts",
        ".tsx",
        ".vue",
        ".zig",
        ".split",
    )
)
"""Endings of sources whose complexity is not analysed: the report counts them, so that none is passed over silently."""


def ending(path: str) -> str:
    """The ending of a file's name in lower case, with its dot; empty when there is none."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""


def is_python_by_name(entry: Entry) -> bool:
    return entry.kind is Kind.FILE and ending(entry.path) in ENDINGS


def may_be_script(entry: Entry) -> bool:
    """Whether only the first line can tell if this is a Python script."""
    return entry.kind is Kind.FILE and not ending(entry.path)


def is_python_script(text: str) -> bool:
    """Whether the first line, of which SHEBANG characters count, is a shebang that names Python."""
    return text.startswith("#!") and "python" in text[:SHEBANG].partition("\n")[0]


def is_other_language(entry: Entry) -> bool:
    """Whether the file is a source that is not analysed."""
    return entry.kind is Kind.FILE and ending(entry.path) in OTHER_LANGUAGES
