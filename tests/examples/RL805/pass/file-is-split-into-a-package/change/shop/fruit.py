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
