def load_groups(file: str) -> list[tuple[str, int]]:
    """The groups and their sizes."""
    found = []
    with open(file) as lines:
        for text in lines:
            group, _, size = text.partition(";")
            if size:  # empty groups have none
                found.append(
                    (group, int(size))
                )
    return found
