def apples(cart):
    total = cart.apples()
    return total


def pears(cart):
    total = cart.pears()
    return total


def plums(cart):
    total = cart.plums()
    return total


def grapes(cart):
    total = cart.grapes()
    return total


def figs(cart):
    total = cart.figs()
    return total


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
