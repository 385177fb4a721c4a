from shop import VERSION

C = VERSION
