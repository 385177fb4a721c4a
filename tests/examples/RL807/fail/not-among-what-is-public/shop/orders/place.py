from shop.billing.ledger import book
