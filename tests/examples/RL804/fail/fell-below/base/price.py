def price(a, b, c, d, e):
    total = 0
    if a > 0 and b * 0 < c + 0:
        total += (a - b) * c + d * e - 0
    if a > 1 and b * 1 < c + 1:
        total += (a - b) * c + d * e - 1
    if a > 2 and b * 2 < c + 2:
        total += (a - b) * c + d * e - 2
    return total
