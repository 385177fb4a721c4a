"""Where the files of a repository can be read in a browser."""

from typing import NamedTuple
from urllib.parse import quote, urlsplit

from linter.model.inventory import Repository

_FORMS = {"github": "{base}/blob/{revision}/{path}", "gitlab": "{base}/-/blob/{revision}/{path}"}
"""By a part of the host's name; others have forms of their own."""


class Source(NamedTuple):
    """A repository as of a commit, seen from the web; `form` is "" where it cannot be."""

    form: str
    base: str
    revision: str

    def url(self, path: str, line: int | None = None) -> str:
        """The address of a file, or of a line in it; "" where there is none."""
        if not self.form:
            return ""
        address = self.form.format(base=self.base, revision=_quoted(self.revision), path=_quoted(path))
        return f"{address}#L{line}" if line else address


def source_of(repository: Repository, revision: str) -> Source:
    """The source of a repository that is fetched by https from a host that says in its name what it is."""
    base = base_of(repository)
    form = next((form for name, form in _FORMS.items() if name in urlsplit(base).netloc.lower()), "")
    return Source(form, base, revision) if form and revision else Source("", "", "")


def base_of(repository: Repository) -> str:
    """The address of a repository that is fetched by https, without what is secret; "" for others."""
    try:
        parts = urlsplit(repository.url)
        is_shown = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:
        is_shown = False
    if not is_shown:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return f"https://{_quoted(host, ':[]')}" + _quoted(parts.path.removesuffix("/").removesuffix(".git"), "/%")


def _quoted(text: str, safe: str = "/") -> str:
    try:
        # Paths are bytes, those that are not UTF-8 surrogate escapes.
        return quote(text, safe, errors="surrogateescape")
    except UnicodeEncodeError:  # any other half of a character, which no path has
        return quote(text, safe, errors="replace")
