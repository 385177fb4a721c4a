def book(invoice):
    return invoice
