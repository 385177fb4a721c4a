def price(a):
    if a == 0:
        a = 'a0'
    if a == 1:
        a = 'a1'
    if a == 2:
        a = 'a2'
    if a == 3:
        a = 'a3'
    return a
