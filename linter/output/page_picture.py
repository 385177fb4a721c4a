"""A product between what it offers and what it needs, drawn as SVG inside HTML. Lengths are in user units."""

from collections.abc import Callable, Iterator

from linter.model.page import Neighbour, Surroundings

BOX_WIDTH, BOX_HEIGHT = 210, 46
ROW = 58
STEP = BOX_WIDTH + 90
"""From the left edge of a column to that of the next one."""

LONGEST = 25
"""So many characters fit into a box."""

Escape = Callable[[str], str]


def surroundings(picture: Surroundings, escaped: Escape) -> str:
    """The picture; `escaped` makes texts harmless."""
    centre = STEP if picture.offers else 0
    width = centre + BOX_WIDTH + (STEP if picture.needs else 0)
    height = ROW * max(len(picture.offers), len(picture.needs), 1)
    parts = [
        *_column(picture.offers, 0, (BOX_WIDTH, centre), height, escaped),
        *_column(picture.needs, centre + STEP, (centre + STEP, centre + BOX_WIDTH), height, escaped),
        _box(Neighbour(picture.centre, "", True), centre, height / 2, "box centre", escaped),
    ]
    name = escaped(picture.caption)
    return (
        f'<svg class="surroundings" viewBox="-1 0 {width + 2} {height}" width="{width + 2}" role="img" '
        f'aria-label="{name}">\n{"".join(parts)}</svg>\n'
    )


def _column(
    neighbours: tuple[Neighbour, ...], left: int, ends: tuple[int, int], height: int, escaped: Escape
) -> Iterator[str]:
    """Boxes at `left`, each with a line between the horizontal `ends`: its own edge and that of the centre."""
    top = (height - ROW * len(neighbours)) / 2
    for number, neighbour in enumerate(neighbours):
        middle = top + ROW * (number + 0.5)
        bend = sum(ends) / 2
        kind = "line" if neighbour.is_firm else "line loose"
        curve = f"M{ends[0]} {middle:g} C{bend:g} {middle:g} {bend:g} {height / 2:g} {ends[1]} {height / 2:g}"
        yield f'<path class="{kind}" d="{curve}"/>\n'
        yield _box(neighbour, left, middle, "box" if neighbour.is_firm else "box loose", escaped)


def _box(neighbour: Neighbour, left: int, middle: float, kind: str, escaped: Escape) -> str:
    x, y = left + BOX_WIDTH / 2, middle - BOX_HEIGHT / 2
    shift = -3 if neighbour.note else 5
    note = f'<text class="note" x="{x:g}" y="{middle + 14:g}">{escaped(_short(neighbour.note))}</text>'
    return (
        f'<g><title>{escaped(neighbour.name)}</title><rect class="{kind}" x="{left}" y="{y:g}" rx="6" '
        f'width="{BOX_WIDTH}" height="{BOX_HEIGHT}"/><text x="{x:g}" y="{middle + shift:g}">'
        f"{escaped(_short(neighbour.name))}</text>{note if neighbour.note else ''}</g>\n"
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
