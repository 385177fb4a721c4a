def total(items):  # review-lint: ignore[RL802, C901] is taken from the paper as it stands
    return sum(item.price for item in items)
