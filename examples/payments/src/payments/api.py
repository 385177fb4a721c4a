"""What shops call."""

from payments.core import Money, fee
from payments.events import payment_taken


def take_payment(payment_id: str, shop: str, price: Money) -> Money:
    """Take a payment and return what the shop gets of it."""
    if price.amount <= 0:
        raise ValueError("a payment has to be above nothing")
    payment_taken(payment_id, shop, price)
    return price.plus(Money(-fee(price).amount, price.currency))
