"""Money and what may be done with it."""

from typing import NamedTuple


class Money(NamedTuple):
    """An amount in the smallest unit of a currency (ISO 4217)."""

    amount: int
    currency: str

    def plus(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.amount + other.amount, self.currency)


def fee(price: Money) -> Money:
    """What the card network keeps: 0.9 %, at least one unit."""
    return Money(max(1, price.amount * 9 // 1000), price.currency)
