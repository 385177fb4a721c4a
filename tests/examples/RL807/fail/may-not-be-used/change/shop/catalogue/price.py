import os

from shop.billing.ledger import book
from shop.money import cents


def price(item):
    return book(cents(item.price))
