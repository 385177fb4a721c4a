RATE = 2


def price(count):
    return count * RATE
