def total(items):  # review-lint: ignore[RL802]
    return sum(item.price for item in items)


def count(items):  # review-lint: ignore[RL802] legacy
    return len(items)
