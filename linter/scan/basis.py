"""What a report depends on besides the day, as one digest."""

import hashlib
import json
import sys

import linter
from linter.model.request import Request


def basis_of(request: Request, fingerprint: str) -> str:
    """Equal where a repository that looks like `fingerprint` would be judged alike on one day; empty where that look
    says nothing. The Python counts, because its grammar is what sources are read by.
    """
    if not fingerprint:
        return ""
    return digest_of(linter.__version__, sys.version_info[:3], plain(request), fingerprint)


def plain(request: Request) -> dict[str, object]:
    """What is asked, without the day."""
    policy = hashlib.sha256(request.policy.content).hexdigest() if request.policy else None
    return {**request._replace(today="")._asdict(), "policy": policy, "supposed": dict(request.supposed)}


def digest_of(*values: object) -> str:
    """A digest over plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
