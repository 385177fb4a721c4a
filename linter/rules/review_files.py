"""RL005: where the review file should be, and is not."""

from collections.abc import Iterator

from linter.model.document import FILE_NAME
from linter.model.finding import Location, Severity
from linter.model.review_files import ReviewFiles
from linter.model.rule import Fix, Hit, rule


@rule("RL005", "file-missing", Severity.ERROR, ReviewFiles, Fix.SUGGEST)
def file_missing(files: ReviewFiles) -> Iterator[Hit]:
    """What it checks:
        That the repository has a REVIEW.yaml that can be found: at its root, or one in the folder of each product. A
        wrong name or case (`review.yml`), a symbolic link or a folder of that name, and two files that cover the same
        paths are reported too.

    Why it matters:
        A review that tools and people cannot find is not transparent. A file under another name looks fine to its
        author and is read by nobody; of two files that claim the same code, no one knows which promise holds.

    Example:
        A repository whose review stands in `review.yml`.

    Remedy:
        `review-lint init` writes a first file from what the repository already says. Rename a misnamed file with
        `git mv`. Replace a link by the file itself. Where two files cover the same paths, make their `covers` globs
        disjoint.

    Options:
        `exclude` of the configuration applies to finding the files.
    """
    yield from _misnamed(files)
    yield from _not_files(files)
    yield from _overlapping(files)
    if not (files.documents or files.misnamed or files.not_files):
        first = "`review-lint init` writes a first one from what the repository already says"
        yield Hit(
            f"this repository has no {FILE_NAME}",
            Location(FILE_NAME, pointer=""),
            f"git add it if it is there; {first}" if files.are_staged else first,
        )


def _misnamed(files: ReviewFiles) -> Iterator[Hit]:
    for path in files.misnamed:
        proper = path.rpartition("/")[0] + "/" + FILE_NAME if "/" in path else FILE_NAME
        yield Hit(
            f"this file is not read: a review stands in a file named exactly {FILE_NAME}",
            Location(path, pointer=""),
            f"git mv {path} {proper}",
        )


def _not_files(files: ReviewFiles) -> Iterator[Hit]:
    for path, kind in files.not_files:
        yield Hit(
            f"{FILE_NAME} is {kind}; it has to be a regular file in the repository",
            Location(path, pointer=""),
            "replace it by the file itself",
        )


def _overlapping(files: ReviewFiles) -> Iterator[Hit]:
    documents = {document.path: document for document in files.documents}
    for first, second, example in files.overlaps:
        document = documents[second]
        yield Hit(
            f"{first} and this file both cover {example}",
            Location(second, document.span("/covers"), "/covers"),
            "make their `covers` disjoint, so that every file has one review",
        )
