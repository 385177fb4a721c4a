"""Which edit puts a finding right: all that is known about that."""

from linter.model.edit import Cut, Edit, Put, Remove, Rename
from linter.model.finding import Finding, Position


def edit_for(finding: Finding) -> Edit | None:
    """The edit, where the finding says that there is a safe one.

    Its `data` says which: `candidates` has the one value (for RL006 the one key) that should stand there, `ceiling` the
    figure to which a ceiling comes down, `codes` those that an inline ignore names in vain; without any of them, the
    entry or the comment goes.
    """
    if not finding.fixable:
        return None
    pointer, data = finding.location.pointer, finding.data
    if pointer is None:
        return Cut(finding.location.span, tuple(data.get("codes", ())))
    values = data.get("candidates") or ([data["ceiling"]] if "ceiling" in data else [])
    if not values:
        return Remove(pointer)
    return Rename(pointer, values[0]) if finding.rule == "RL006" else Put(pointer, values[0])


def place(finding: Finding) -> tuple[Position, int]:
    """Edits in the reverse order of these move the place of none that is still to be made."""
    return finding.location.span.start, len(finding.location.pointer or "")
