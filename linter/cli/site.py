"""review-lint site: write what scans found as a static web site."""

import gc
import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from functools import partial
from urllib.parse import urlsplit

from linter.cli.arguments import at_least
from linter.cli.console import Console, closed_pipe_tolerated
from linter.cli.scan import STORE
from linter.cli.watching import watched
from linter.scan.executors import cores

SUMMARY = "write a web site on which everyone sees every review and every finding"

TITLE = "Design reviews"

_WEB = re.compile(r"https?://[A-Za-z0-9._~:/%+,;=@\[\]-]+", re.IGNORECASE)
"""Of what URLs may hold (RFC 3986, section 2) only what feeds, pages and Markdown take as it is, and no query."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--out", metavar="FOLDER", required=True, help="where the site goes: a new folder, or that of an earlier site"
    )
    parser.add_argument("--store", metavar="URL", default=STORE, help=f"a file or a PostgreSQL URL (default: {STORE})")
    parser.add_argument(
        "--title", metavar="TEXT", type=_title, default=TITLE, help=f"what the site is called (default: {TITLE})"
    )
    parser.add_argument(
        "--url",
        metavar="URL",
        type=_address,
        help="where the site will be on the web, for feeds and badges",
    )
    parser.add_argument(
        "--jobs", metavar="N", type=at_least(1), help="processes that write (default: one for each core)"
    )


def run(arguments: Namespace, console: Console) -> int:
    """Write the site of the newest finished scan; 0 whatever that found."""
    # What keeps scans comes with an extra, and the help of all commands is shown without it.
    from linter.site.product_files import Options  # noqa: PLC0415
    from linter.site.writing import write_site  # noqa: PLC0415
    from linter.store.store import open_store  # noqa: PLC0415

    # Reports arrive as hundreds of thousands of tuples: to look for cycles among them takes longer than to read them.
    gc.set_threshold(100_000, 20, 50)
    with open_store(arguments.store, must_exist=True) as store:
        options = Options(arguments.title, arguments.url or "")
        written = write_site(store, arguments.out, options, arguments.jobs or cores(), partial(watched, console))
    if written.gone:
        gone = f"{written.gone:,} {'repository' if written.gone == 1 else 'repositories'}"
        console.note(f"{gone} of the last build are gone: the newest scan, of {written.day}, does not have them")
    with closed_pipe_tolerated(console):
        console.out.write(
            f"{written.products:,} {'product' if written.products == 1 else 'products'} as of {written.day}, "
            f"{written.made:,} written anew; open {arguments.out.rstrip('/')}/index.html\n"
        )
    return 0


def _title(text: str) -> str:
    """The type of an argument that is to be read."""
    if not text.strip():
        raise ArgumentTypeError("a site is called something")
    return text


def _address(text: str) -> str:
    """The type of an argument that is the address of a folder on the web, for everyone; it ends with a slash."""
    try:
        parts = urlsplit(text)
        is_address = _WEB.fullmatch(text) and parts.hostname and parts.port != 0 and parts.username is None
    except ValueError:
        is_address = False
    if not is_address:
        # It is not said again: a password could stand in it.
        raise ArgumentTypeError("that is no address such as https://example.org/reviews/, without a name, `?` and `#`")
    return text.rstrip("/") + "/"
