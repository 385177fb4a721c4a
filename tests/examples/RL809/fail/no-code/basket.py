def total(
    items,  # review-lint: ignore is taken from the paper as it stands
):
    return sum(item.price for item in items)
