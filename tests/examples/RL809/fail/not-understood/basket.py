def total(items):  # review-lint: disable=RL802 is taken from the paper as it stands
    return sum(item.price for item in items)
