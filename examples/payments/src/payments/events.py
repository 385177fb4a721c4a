"""Events that others may rely on."""

import json
import logging

from payments.core import Money

log = logging.getLogger("payments")


def payment_taken(payment_id: str, shop: str, price: Money) -> None:
    log.info(json.dumps({"event": "payment.taken", "id": payment_id, "shop": shop, "amount": price}))


def payment_refunded(payment_id: str, agent: str) -> None:
    log.info(json.dumps({"event": "payment.refunded", "id": payment_id, "agent": agent}))
