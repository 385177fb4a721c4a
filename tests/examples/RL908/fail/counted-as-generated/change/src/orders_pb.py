"""Adds up orders."""


def total(orders: list[int]) -> int:
    return sum(orders)
