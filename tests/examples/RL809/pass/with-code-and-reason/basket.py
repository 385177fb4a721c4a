class Basket:  # review-lint: ignore[RL801] is a table of cases from the tariff
    async def total(
        self,
        items,  # review-lint: ignore[RL801, RL802] is taken from the paper as it stands until 2026-06-01
    ):
        return sum(item.price for item in items)


TEXT = "# review-lint: ignore"
