import os

from shop.billing.ledger import book
from shop.money import cents


def price_of(item):
    return book(cents(item.price))
