"""Where the links of a page lead."""

from urllib.parse import quote

from linter.model.page import Link

_SIGNS = "%/:?#=+,;@!-._~&"
"""What stays as it is in a URL; `quote` adds letters and digits."""


def href(link: Link) -> str | None:
    """The link's URL, which has no blanks, quotes, brackets or backslashes; None where no link may lead."""
    return quote(link.target, safe=_SIGNS, errors="replace") if link.is_followable else None
