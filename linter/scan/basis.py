"""What a report depends on besides the day, as one digest."""

import hashlib
import json
import sys

import linter
from linter.model.inventory import Repository
from linter.model.request import Request

GENERATION = 2
"""Of reports: what an earlier one says is too little, also where it was made by the same version between two releases.
The second has sheets.
"""


def basis_of(repository: Repository, request: Request, fingerprint: str) -> str:
    """Equal where a repository that looks like `fingerprint` would have an equal report on one day; empty where that
    look says nothing. Where it lies does not count. The Python does, because its grammar is what sources are read by.
    """
    if not fingerprint:
        return ""
    return digest_of(terms_of(request), repository._replace(path=""), fingerprint)


def terms_of(request: Request) -> str:
    """Stands for all that repositories are judged by, but the day."""
    policy = hashlib.sha256(request.policy.content).hexdigest() if request.policy else None
    asked = {**request._replace(today="")._asdict(), "policy": policy, "supposed": dict(request.supposed)}
    return digest_of(linter.__version__, GENERATION, sys.version_info[:3], asked)


def digest_of(*values: object) -> str:
    """A digest over plain values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
