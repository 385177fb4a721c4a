"""Contracts of this repository: whether they can be read, and whether they are what was agreed."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from linter.engine.evidence.citation import Citation
from linter.engine.evidence.naming import resolved
from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.engine.reviews import read_document
from linter.model.evidence import EvidenceFault
from linter.model.finding import Severity
from linter.model.memory import Memory
from linter.model.pointer import join, parent, resolve
from linter.model.quote import named
from linter.model.snapshot import Entry, Kind, Snapshot, TooLargeError, UnreadableError

INSTALL = "pip install 'review-lint[contracts]'"

_DIGEST_LIMIT = 64 << 20
_LFS_DIGEST = b"\noid sha256:"
_NAMES = {
    "openapi": "an OpenAPI document",
    "asyncapi": "an AsyncAPI document",
    "json-schema": "a JSON schema",
    "graphql": "a GraphQL schema",
    "protobuf": "a protocol buffer definition",
}


class Contract(NamedTuple):
    """A contract that the tree has as a file. `kind` is its type, `version` the one agreed on: that of the contract, or
    what an interface has beside its contract.
    """

    citation: Citation
    entry: Entry
    kind: str
    version: str | None
    sha256: str | None

    @property
    def is_parsed(self) -> bool:
        """Whether contracts of its type have to be read at all."""
        return self.kind in _NAMES

    @property
    def name(self) -> str:
        return named(self.citation.text("path") or "")


def contract_of(citation: Citation, entry: Entry) -> Contract:
    """The contract that is cited, and its file."""
    version = citation.text("version") or citation.review.text(join(parent(citation.pointer), "version"))
    return Contract(citation, entry, citation.text("type") or "", version, citation.text("sha256"))


def read_value(tree: Tree, contract: Contract) -> Any:
    """What a contract says; refused where it is not what its type says, or cannot be judged here."""
    from linter.adapters.contracts.reader import MAX_BYTES, NotInstalledError, read_contract  # noqa: PLC0415

    name, path = contract.name, contract.entry.path
    try:
        return read_contract(contract.kind, tree.read(contract.entry, "path", MAX_BYTES))
    except NotInstalledError as error:
        message = f"{name} was not judged: that takes {error}, which is not installed"
        raise RefusalError(Refusal(Flaw.UNJUDGED, message, INSTALL, key="path", evidence=path)) from error
    except TooLargeError as error:
        message = f"{name} was not judged: {error}"
        raise RefusalError(Refusal(Flaw.UNREAD, message, key="path", evidence=path)) from error
    except UnreadableError as error:
        message = f"{name} cannot be read as {_NAMES[contract.kind]}: {error}"
        raise RefusalError(Refusal(Flaw.HOLLOW, message, error.hint or None, key="path", evidence=path)) from error


def digest_fault(tree: Tree, contract: Contract) -> EvidenceFault | None:
    """RL202 where the file is another than the one whose digest was agreed on."""
    agreed = contract.sha256
    actual = _digest(tree, contract) if agreed else None
    if agreed is None or actual is None or agreed.lower() == actual:
        return None
    return EvidenceFault(
        "RL202",
        f"{contract.name} is not the file that was agreed on: its SHA-256 is {actual[:12]}…, not {agreed[:12]}…",
        contract.citation.review.at(join(contract.citation.pointer, "sha256")),
        f"agree on the contract as it is now, then write sha256: {actual}",
        fixable=True,
        data={"evidence": contract.entry.path, "candidates": [actual]},
    )


def drift_fault(tree: Tree, contract: Contract, value: Any, memory: Memory) -> EvidenceFault | None:
    """RL202, a warning, where a contract says something else (`value`) than in the bases that have it under the same
    version; what one of them says already was judged there.
    """
    if contract.version is None or contract.sha256 is not None:
        return None
    differences = [_differs(base, contract, value, memory) for base in tree.snapshot.bases]
    if True not in differences or False in differences:
        return None
    return EvidenceFault(
        "RL202",
        f"this change alters {contract.name}, and its version is {named(contract.version)} as before",
        contract.citation.review.at(join(contract.citation.pointer, "path")),
        "raise the version by what the change means to consumers, or pin the file with `sha256`",
        Severity.WARNING,
        data={"evidence": contract.entry.path},
    )


def _digest(tree: Tree, contract: Contract) -> str | None:
    """The SHA-256 of a file; of one in Git LFS that of its content, which stands in the pointer."""
    try:
        data = tree.snapshot.read(contract.entry, _DIGEST_LIMIT)
    except UnreadableError:
        return None
    if data.startswith(b"version https://git-lfs") and _LFS_DIGEST in data[:200]:
        return data.partition(_LFS_DIGEST)[2][:64].decode("ascii", "replace")
    return hashlib.sha256(data).hexdigest()


def _differs(base: Snapshot, contract: Contract, value: Any, memory: Memory) -> bool | None:
    """Whether something else is in a base's contract; None where none of the same version can be read."""
    from linter.adapters.contracts.reader import MAX_BYTES, read_contract  # noqa: PLC0415

    old, version = _old_contract(base, contract.citation, memory)
    entry = base.paths().get(resolved(str(old.get("path", "")), contract.citation.folder) or "")
    if version != contract.version or old.get("type") != contract.kind or entry is None:
        return None
    try:
        return bool(read_contract(contract.kind, base.read(entry, MAX_BYTES)) != value)
    except UnreadableError:
        return None


def _old_contract(base: Snapshot, citation: Citation, memory: Memory) -> tuple[Mapping[str, Any], Any]:
    """What the review file of a base says of the same dependency or interface: its contract, and the version."""
    document = citation.review.document
    entry = base.paths().get(document.path)
    if entry is None or entry.kind is not Kind.FILE:
        return {}, None
    holder = parent(citation.pointer)
    name = citation.review.text(join(holder, "name"))
    items = resolve(read_document(base, entry, True, memory=memory).data, parent(holder))
    found = (item for item in (items if isinstance(items, list) else ()) if _is_about(item, name))
    item: dict[str, Any] = next(found, {"contract": {}})
    return item["contract"], item["contract"].get("version", item.get("version"))


def _is_about(item: Any, name: str | None) -> bool:
    return isinstance(item, dict) and item.get("name") == name and isinstance(item.get("contract"), dict)
