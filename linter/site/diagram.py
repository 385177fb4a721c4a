"""The door to svg-hush: drawings without anything that runs or is fetched."""

from linter.errors import MissingExtraError

try:
    from py_svg_hush import filter_svg
except ImportError as error:
    raise MissingExtraError("writing a site", "org") from error

SVG = "svg"


def harmless(kind: str, content: bytes) -> bytes:
    """A picture that a browser may show, also by itself; empty for an SVG that cannot be read."""
    if kind != SVG:
        return content
    try:
        filtered: bytes = filter_svg(content, {})
    except Exception:  # whatever it raises (its own errors derive from nothing narrower), there is no picture
        return b""
    return filtered
