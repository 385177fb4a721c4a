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
    )
)
"""Endings of sources whose complexity is not analysed: the report counts them, so that none is passed over silently."""

DOCUMENTS = frozenset(
    (
        *(".adoc", ".bmp", ".css", ".csv", ".diff", ".eot", ".gif", ".html", ".ico", ".jpeg", ".jpg", ".log", ".md"),
        *(".mo", ".mp3", ".mp4", ".otf", ".patch", ".pdf", ".png", ".po", ".rst", ".scss", ".svg", ".tsv", ".ttf"),
        *(".txt", ".wav", ".webp", ".woff", ".woff2"),
    )
)
"""Endings of what is no program and configures none."""

DATA = DOCUMENTS | frozenset(
    (
        *(".cfg", ".conf", ".ini", ".json", ".lock", ".properties", ".sql", ".toml", ".xml", ".yaml", ".yml"),
        *(".bin", ".bz2", ".dll", ".gz", ".jar", ".npy", ".npz", ".parquet", ".pickle", ".pkl", ".pyc", ".so"),
        *(".tar", ".tgz", ".wasm", ".whl", ".xz", ".zip", ".zst"),
    )
)
"""Endings of what is no program: such a file is not read for a shebang, unless it is executable."""

INTERPRETERS = ("python", "pypy", "graalpy")
"""Parts of the names of programs that run Python: python3.13, ipython, pypy3."""

RUNNERS = ("uv", "pipx")
"""Programs that run Python scripts when their arguments say `run`."""


def ending(path: str) -> str:
    """The ending of a file's name in lower case, with its dot; empty when there is none."""
    name = path.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""


def is_python_by_name(entry: Entry) -> bool:
    return entry.kind is Kind.FILE and ending(entry.path) in ENDINGS


def may_be_script(entry: Entry) -> bool:
    """Whether only the first line can tell if this is a Python script."""
    kind = ending(entry.path)
    is_unknown = kind not in ENDINGS and kind not in OTHER_LANGUAGES
    return entry.kind is Kind.FILE and is_unknown and (entry.executable or kind not in DATA)


def is_python_script(text: str) -> bool:
    """Whether the first line, of which SHEBANG characters count, is a shebang that has Python run the file."""
    if not text.startswith("#!"):
        return False
    words = text[2:SHEBANG].partition("\n")[0].split()
    names = [word.removeprefix("-S").rpartition("/")[2] for word in words]
    if any(part in name for name in names for part in INTERPRETERS):
        return True
    return any(name in RUNNERS and "run" in names[index:] for index, name in enumerate(names))


def may_be_source(entry: Entry) -> bool:
    """Whether the file is a source of any language, or called like one, or only its first line can tell."""
    return is_python_by_name(entry) or may_be_script(entry) or is_other_language(entry) or is_link_by_name(entry)


def is_other_language(entry: Entry) -> bool:
    """Whether the file is a source that is not analysed."""
    return entry.kind is Kind.FILE and ending(entry.path) in OTHER_LANGUAGES


def is_link_by_name(entry: Entry) -> bool:
    """Whether this is a symbolic link that is called like a Python source."""
    return entry.kind is Kind.LINK and ending(entry.path) in ENDINGS
