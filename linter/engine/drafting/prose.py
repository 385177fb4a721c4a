"""What the texts of a repository say about its product: CODEOWNERS, the README, the addresses of its authors."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from linter.engine.drafting.draft import Facts
from linter.engine.repository.shapes import description, handle
from linter.model.owners import CodeOwners

# The first paragraph stands near the top, whatever a file holds.
_MOST_READ = 20_000

_EVERYTHING = ("*", "**", "/", "/*", "/**", "**/*")


def owners(code_owners: CodeOwners) -> Facts:
    """The owner of everything, as the last rule for `*` names it, else the most frequent one; teams before people."""
    named = [(rule.pattern, [owner for owner in rule.owners if handle(owner)]) for rule in code_owners.rules]
    everything = [owners for pattern, owners in named if owners and pattern in _EVERYTHING]
    candidates = everything[-1] if everything else _most_frequent(owner for _, owners in named for owner in owners)
    return Facts(team=next(iter(sorted(candidates, key=_is_person)), ""))


def readme(text: str) -> Facts:
    """The first paragraph of prose in a Markdown, reStructuredText or plain README."""
    paragraphs = map(_plain, _paragraphs(text[:_MOST_READ]))
    return Facts(description=next((found for found in map(description, paragraphs) if found.count(" ") > 2), ""))


def authors(addresses: Iterable[str]) -> Facts:
    """The most frequent author, machines aside, from the e-mail addresses of commits; by handle where GitHub hides the
    address.
    """
    people = (handle(_person(address)) for address in addresses if not _is_machine(address))
    return Facts(product_owner=next(iter(_most_frequent(filter(None, people))), ""))


def _is_person(owner: str) -> bool:
    return "/" not in owner


def _most_frequent(items: Iterable[str]) -> list[str]:
    return [item for item, _ in Counter(items).most_common()]


_FENCE = re.compile(r"^ {0,3}(```|~~~)")
# Titles, lists, tables, quotes, HTML, badges, directives and rules: whatever is no prose.
_NO_PROSE = re.compile(r"\s*([#<|>=~:+-]|\* |!\[|\[!|\.\. |\d+[.)] )")
_UNDERLINE = re.compile(r"\s*([=~^\"'`#*+-])\1{2,}\s*$")


def _paragraphs(text: str) -> Iterator[str]:
    """Lines of prose between blank lines, joined."""
    lines: list[str] = []
    is_fenced = False
    for text_line in [*text.splitlines(), ""]:
        is_fence = bool(_FENCE.match(text_line))
        is_fenced ^= is_fence
        if _UNDERLINE.match(text_line):
            lines = []
        elif text_line.strip() and not (is_fenced or is_fence or _NO_PROSE.match(text_line)):
            lines.append(text_line)
        elif lines:
            yield " ".join(lines)
            lines = []


_MARKUP = (
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), ""),
    (re.compile(r"\[([^\[\]]*)\](\([^()]*\)|\[[^\[\]]*\])"), r"\1"),
    (re.compile(r"`([^`<>]*) <[^<>]*>`__?"), r"\1"),
    (re.compile(r"<[^<>]*>"), ""),
    (re.compile(r"`+_{0,2}|\*\*|__"), ""),
)


def _plain(paragraph: str) -> str:
    for pattern, replacement in _MARKUP:
        paragraph = pattern.sub(replacement, paragraph)
    return paragraph


_HIDDEN = "@users.noreply.github.com"


def _person(address: str) -> str:
    return "@" + address.removesuffix(_HIDDEN).rpartition("+")[2] if address.endswith(_HIDDEN) else address


def _is_machine(address: str) -> bool:
    local = address.partition("@")[0].lower()
    return "[bot]" in local or local.endswith(("-bot", "noreply", "no-reply")) or local in ("bot", "actions")
