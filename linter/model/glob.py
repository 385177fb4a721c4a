"""Path globs of REVIEW.yaml and of the configuration, matched against paths relative to the file that holds them.

- `*` stands for any characters of one name, `?` for one, `[a-z]` and `[!a-z]` for one of a set; none of them is a `/`.
- `**` crosses folders: `a/**/b` is also `a/b`, `a/**` is everything below `a`, `a/**.py` every such file below `a`.
- A pattern that ends in `/`, or whose last name has no wildcard, also stands for everything below a folder of that
  name: `docs/` and `docs` are `docs/**` where `docs` is a folder, `.` is everything.
- Case counts, a leading dot is a character like any other, there are no braces, no escapes (`[*]` is a star) and no
  patterns that exclude. Every text is a pattern: a `[` that nothing closes is itself, `[z-a]` matches nothing.
- A leading `/` or `./` is meaningless; `..` matches nothing, since no path of a repository holds it.

Matching takes time quadratic in the length of a path at worst, whatever the pattern: every wildcard commits to its
first fit (atomic groups, Python 3.11), which is right because what follows it may only gain from an earlier end.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_NOTHING = "(?!)"
# A set of at most 99 characters keeps a run of opening brackets from being searched to its end for each of them.
_TOKEN = re.compile(
    r"(?P<stars>\*+)|(?P<any>\?)|\[(?P<not>[!^]?+)(?P<set>[^\]]{1,99}|\][^\]]{0,98})\]|(?P<text>[^*?\[]+|\[)", re.DOTALL
)
_MEMBER = re.compile(r"(.)(?:-(.))?", re.DOTALL)


class Globs(NamedTuple):
    """Several patterns; a path matches when one of them does. Equal patterns are compiled once."""

    patterns: tuple[str, ...] = ()

    def match(self, path: str, folder: str = "") -> bool:
        """Whether `path` (with `/`) matches, as seen from the folder where the patterns stand."""
        inner = relative(path, folder) if any(self.patterns) else None
        return inner is not None and _compiled(self.patterns).match(inner) is not None


def matches(pattern: str, path: str) -> bool:
    """Whether one pattern matches a path."""
    return Globs((pattern,)).match(path)


def relative(path: str, folder: str) -> str | None:
    """`path` as seen from `folder` ("" is the root of the repository); None where it does not lie in it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(folder + "/") else None


def translate(pattern: str) -> str:
    """The regular expression for whole paths, with `re.DOTALL`, that a pattern stands for, without what lies below the
    folder that it may name. Never invalid.
    """
    names = [name for name in pattern.split("/") if name not in ("", ".")]
    units = [""] if names else [_NOTHING]
    for name in names[:-1]:
        _extend(units, name)
        units[-1] += "" if _is_deep(name) else "/"
    for name in names[-1:]:
        _extend(units, name, is_last=True)
    return "".join(f"(?>{unit})" for unit in units[:-1]) + units[-1] + r"\Z"


def of_git(pattern: str) -> str:
    """The glob for the paths that a pattern of gitignore(5) names itself: without a slash it is a name at any depth,
    `**` is more than `*` only between slashes, a backslash makes the next character plain.
    """
    names = re.sub(r"\\([^/])", r"[\1]", pattern).split("/")
    names = [name if name == "**" else re.sub(r"\*+", "*", name) for name in names]
    return "/".join(["**", *names] if len(names) == 1 else names)


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_with_folders(patterns)), re.DOTALL)


def _with_folders(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in filter(None, patterns):
        last = pattern.rpartition("/")[2]
        if last:
            yield translate(pattern)
        if not any(character in last for character in "*?["):
            yield translate(pattern + "/**")


def _extend(units: list[str], name: str, is_last: bool = False) -> None:
    """Append one name to the units of an expression: stretches that begin with a `**` and are found one by one."""
    if _is_deep(name):
        units.append(".+" if is_last else "(?:.*?/)??")
        return
    stretches = list(_stretches(name))
    for index, (stars, text) in enumerate(stretches):
        # The last text of a name stands at its end, any other is best found as early as possible.
        lazy = "?" if index < len(stretches) - 1 else ""
        if len(stars) > 1:
            units.append(".*?" + text)
        else:
            units[-1] += f"(?>[^/]*{lazy}{text})" if stars else text


def _is_deep(name: str) -> bool:
    return len(name) > 1 and not name.strip("*")


def _stretches(name: str) -> Iterator[tuple[str, str]]:
    """The stars (none before the first text) and the expression of the text that follows them, in turn."""
    stars, text = "", ""
    for token in _TOKEN.finditer(name):
        if token["stars"]:
            yield stars, text
            stars, text = token["stars"], ""
        else:
            text += _one(token)
    yield stars, text


def _one(token: re.Match[str]) -> str:
    if token["any"]:
        return "[^/]"
    if token["text"]:
        return re.escape(token["text"])
    members = "".join(_range(member[1], member[2] or member[1]) for member in _MEMBER.finditer(token["set"]))
    if token["not"]:
        return f"[^/{members}]"
    return f"(?!/)[{members}]" if members else _NOTHING


def _range(low: str, high: str) -> str:
    return f"{re.escape(low)}-{re.escape(high)}" if low <= high else ""
