"""What is installed here: the release, its Python, and what its extras bring."""

import re
import sys
from collections import defaultdict
from collections.abc import Mapping

NAME = "review-lint"

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+).*;.*\bextra\s*==\s*['\"]([A-Za-z0-9._-]+)['\"]")
"""A name, and the extra that it belongs to (https://packaging.python.org/specifications/core-metadata/)."""


def python() -> str:
    """The version of the Python that runs, such as 3.13.1."""
    return ".".join(map(str, sys.version_info[:3]))


def absent_by_extra() -> Mapping[str, tuple[str, ...]] | None:
    """By each extra of this release the packages of it that are not installed; None where the release is not installed
    as a package itself.
    """
    from importlib.metadata import PackageNotFoundError, requires  # noqa: PLC0415 - 20 ms, for this question alone

    try:
        requirements = requires(NAME) or []
    except PackageNotFoundError:
        return None
    absent: dict[str, list[str]] = defaultdict(list)
    for found in filter(None, map(_REQUIREMENT.match, requirements)):
        package, extra = found.groups()
        absent[extra] += [] if _is_installed(package) else [package]
    return {extra: tuple(packages) for extra, packages in sorted(absent.items())}


def _is_installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True
