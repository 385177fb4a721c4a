# review-lint: ignore[RL802] is taken from the paper as it stands
def total(items):
    return sum(item.price for item in items)
