def nuts(cart):
    total = cart.nuts()
    return total


def dates(cart):
    total = cart.dates()
    return total


def limes(cart):
    total = cart.limes()
    return total


def milk(cart):
    total = cart.milk()
    return total


def eggs(cart):
    total = cart.eggs()
    return total
