def load_groups(file: str) -> list[tuple[str, int]]:
    """The groups and their sizes."""
    result = []
    with open(file) as lines:
        for text in lines:
            group, _, size = text.partition(";")
            if size:  # empty groups have none
                result.append(
                    (group, int(size))
                )
    return result
