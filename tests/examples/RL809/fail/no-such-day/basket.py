def total(items):  # review-lint: ignore[RL802] is taken from the paper until 2026-06-31
    return sum(item.price for item in items)
