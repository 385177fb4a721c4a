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
        # Paths are bytes, those that are not UTF-8 surrogate escapes.
        name = quote(path, errors="surrogateescape")
        address = self.form.format(base=self.base, revision=quote(self.revision), path=name)
        return f"{address}#L{line}" if line else address


def source_of(repository: Repository, revision: str) -> Source:
    """The source of a repository that is fetched by https from a host that says in its name what it is."""
    try:
        parts = urlsplit(repository.url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    form = next((form for name, form in _FORMS.items() if name in host), "")
    if not form or parts.scheme != "https" or not revision:
        return Source("", "", "")
    base = f"https://{quote(host)}{quote(parts.path.removesuffix('/').removesuffix('.git'))}"
    return Source(form, base, revision)
