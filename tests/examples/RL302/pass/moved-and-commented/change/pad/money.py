# Prices.

RATE = 3


def price(count):
    # each
    return count * RATE
