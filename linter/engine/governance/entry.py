"""A new sign-off: what is written into a review file, and why it may not be."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from linter.adapters.yaml.edit import edit
from linter.adapters.yaml.reader import read_review
from linter.engine.governance.signing import MAX_BYTES, SnapshotFiles, cited_files, identify, substance_of
from linter.engine.reviews import judged_document
from linter.errors import ReviewLintError, UsageError
from linter.model.document import FILE_NAME, Document
from linter.model.pointer import join
from linter.model.quote import listed, named, shown
from linter.model.review import Review
from linter.model.review_files import upwards
from linter.model.sign_off import is_owner
from linter.model.snapshot import Entry, Kind, Snapshot, UnreadableError


class SigningError(ReviewLintError):
    """Nothing can be signed as things are; nothing was written."""


class Signature(NamedTuple):
    """Who signs what, in which role, on which day (YYYY-MM-DD), with which verdict."""

    sections: tuple[str, ...]
    role: str
    by: str
    today: str
    verdict: str


class SignedFile(NamedTuple):
    """A review file of the working tree, by its path in the repository, before and after the entry was added."""

    path: str
    before: bytes
    after: bytes


def sign(signature: Signature, folder: str, index: Snapshot, worktree: Snapshot) -> SignedFile:
    """Add an entry to the review file that is nearest to a folder of the repository; its digest is that of the index.

    Raises SigningError where there is nothing to sign, or not what the working tree shows, UsageError for somebody who
    may not sign, EditError where the entry cannot be added.
    """
    entry = _nearest(folder, index, worktree)
    document = judged_document(entry.path, _read(index, entry))
    review = _readable(document, signature.today)
    _refuse_owner(signature, review)
    _refuse_absent(signature, document)
    files = SnapshotFiles(index)
    cited = cited_files(document.data, document.folder, signature.sections, files)
    there = worktree.paths().get(entry.path)
    before = _read(worktree, there) if there and there.kind is Kind.FILE else b""
    is_staged = _without_sign_offs(read_review(entry.path, before)) == _without_sign_offs(document)
    _refuse_unstaged([*([] if is_staged else [entry.path]), *cited.values()], index, worktree)
    try:
        digest = substance_of(document.data, document.folder, signature.sections, files).digest
    except ValueError as error:
        raise SigningError(f"{entry.path}: what is to be signed has no digest: {error}", "mend that first") from error
    return SignedFile(entry.path, before, _added(document, before, _item(signature, digest)))


def _without_sign_offs(document: Document) -> dict[str, Any]:
    """What a review file says besides who signed it: somebody may have done so just before."""
    data = document.data if isinstance(document.data, dict) else {}
    return {key: value for key, value in data.items() if key != "reviews"}


def _item(signature: Signature, digest: str) -> dict[str, Any]:
    return {
        "sections": list(signature.sections),
        "by": signature.by,
        "role": signature.role,
        "signed_on": signature.today,
        "verdict": signature.verdict,
        "digest": digest,
    }


def _added(document: Document, content: bytes, item: dict[str, Any]) -> bytes:
    editor = edit(document.path, content)
    known = editor.data.get("reviews")
    if isinstance(known, list) and item in known:
        raise SigningError(f"{document.path}: just this is signed by {item['by']} already", "nothing was written")
    editor.append("/reviews", item)
    place = join("/reviews", len(editor.data["reviews"]) - 1)
    judged = judged_document(document.path, editor.content)
    fault = next((problem for problem in judged.problems if problem.pointer.startswith(place)), None)
    if fault:
        raise UsageError(fault.message, fault.hint or "nothing was written")
    return editor.content


def _nearest(folder: str, index: Snapshot, worktree: Snapshot) -> Entry:
    """The review file in a folder or the nearest one above it, as it is staged."""
    for path in upwards(folder):
        entry = index.paths().get(path)
        if entry and entry.kind is Kind.FILE:
            return entry
        if entry:
            raise SigningError(f"{path} is no file of its own", "put the file itself there, and sign that")
        if path in worktree.paths():
            raise SigningError(f"{path} is not staged: what is signed has to be known to git", f"git add {path}")
    raise SigningError(f"there is no {FILE_NAME} here or in a folder above", "`review-lint init` writes a first one")


def _readable(document: Document, today: str) -> Review:
    if document.is_readable:
        return Review(document, today)
    problem = document.problems[0]
    line, column = problem.span.start
    raise SigningError(f"{document.path}:{line}:{column}: {problem.message}", problem.hint or "mend that first")


def _refuse_owner(signature: Signature, review: Review) -> None:
    if is_owner(signature.by, review):
        raise UsageError(
            f"{signature.by} is the product owner, who does not review their own product",
            "somebody else signs: on their machine, or with --by",
        )


def _refuse_absent(signature: Signature, document: Document) -> None:
    absent = [named(section) for section in signature.sections if section not in document.data]
    if absent:
        raise SigningError(f"{document.path} has no {listed(absent, 'or')}: there is nothing to sign", "write it first")


def _refuse_unstaged(paths: Sequence[str], index: Snapshot, worktree: Snapshot) -> None:
    """What is signed is what is staged: whoever signs should have nothing else before their eyes."""
    changed = [path for path in dict.fromkeys(paths) if path and not _is_staged(path, index, worktree)]
    if changed:
        names, have = listed([shown(path) for path in changed]), "has" if len(changed) == 1 else "have"
        raise SigningError(
            f"{names} {have} changes that are not staged, and what is staged is signed",
            "git add what is to be signed, and try again",
        )


def _is_staged(path: str, index: Snapshot, worktree: Snapshot) -> bool:
    staged, there = index.paths().get(path), worktree.paths().get(path)
    if staged is None or there is None:
        return staged is there
    if staged.kind is not Kind.FILE or there.kind is not Kind.FILE:
        return staged.kind is there.kind
    one, other = _read(index, staged), _read(worktree, there)
    # Git may end the lines of the working tree in another way, and fetch what is kept in LFS.
    return one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n") or identify(one) == identify(other)


def _read(snapshot: Snapshot, entry: Entry) -> bytes:
    try:
        return snapshot.read(entry, MAX_BYTES)
    except UnreadableError as error:
        raise SigningError(f"{shown(entry.path)} {error}", error.hint) from error
