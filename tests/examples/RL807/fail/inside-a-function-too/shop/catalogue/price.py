from shop.money import cents


def price(item):
    return cents(item.price)
