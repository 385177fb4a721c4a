def high(a, b, c, d, e):
    total = 0
    if a > 15 and b * 15 < c + 15:
        total += (a - b) * c + d * e - 15
    if a > 16 and b * 16 < c + 16:
        total += (a - b) * c + d * e - 16
    if a > 17 and b * 17 < c + 17:
        total += (a - b) * c + d * e - 17
    if a > 18 and b * 18 < c + 18:
        total += (a - b) * c + d * e - 18
    if a > 19 and b * 19 < c + 19:
        total += (a - b) * c + d * e - 19
    if a > 20 and b * 20 < c + 20:
        total += (a - b) * c + d * e - 20
    if a > 21 and b * 21 < c + 21:
        total += (a - b) * c + d * e - 21
    if a > 22 and b * 22 < c + 22:
        total += (a - b) * c + d * e - 22
    if a > 23 and b * 23 < c + 23:
        total += (a - b) * c + d * e - 23
    if a > 24 and b * 24 < c + 24:
        total += (a - b) * c + d * e - 24
    if a > 25 and b * 25 < c + 25:
        total += (a - b) * c + d * e - 25
    if a > 26 and b * 26 < c + 26:
        total += (a - b) * c + d * e - 26
    if a > 27 and b * 27 < c + 27:
        total += (a - b) * c + d * e - 27
    if a > 28 and b * 28 < c + 28:
        total += (a - b) * c + d * e - 28
    if a > 29 and b * 29 < c + 29:
        total += (a - b) * c + d * e - 29
    return total
