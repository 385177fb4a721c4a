class OrderAccepted:
    pass
