RATE = 2


def price(count):
    if count > 10:
        return 20
    return count * RATE
