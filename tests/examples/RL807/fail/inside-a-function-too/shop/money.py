def cents(amount):
    from shop.catalogue import price

    return price.price(amount)
