import pytest
from payments.api import take_payment
from payments.core import Money, fee


def test_the_shop_gets_what_the_card_network_leaves():
    assert take_payment("p1", "shoes", Money(10_000, "EUR")) == Money(9_910, "EUR")


def test_a_fee_is_never_nothing():
    assert fee(Money(1, "EUR")) == Money(1, "EUR")


def test_currencies_are_not_mixed():
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1, "EUR").plus(Money(1, "USD"))
