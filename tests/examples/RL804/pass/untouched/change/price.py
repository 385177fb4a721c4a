def price(a, b, c, d, e):
    total = 0
    if a > 0 and b * 0 < c + 0:
        total += (a - b) * c + d * e - 0
    if a > 1 and b * 1 < c + 1:
        total += (a - b) * c + d * e - 1
    if a > 2 and b * 2 < c + 2:
        total += (a - b) * c + d * e - 2
    if a > 3 and b * 3 < c + 3:
        total += (a - b) * c + d * e - 3
    if a > 4 and b * 4 < c + 4:
        total += (a - b) * c + d * e - 4
    if a > 5 and b * 5 < c + 5:
        total += (a - b) * c + d * e - 5
    if a > 6 and b * 6 < c + 6:
        total += (a - b) * c + d * e - 6
    if a > 7 and b * 7 < c + 7:
        total += (a - b) * c + d * e - 7
    if a > 8 and b * 8 < c + 8:
        total += (a - b) * c + d * e - 8
    if a > 9 and b * 9 < c + 9:
        total += (a - b) * c + d * e - 9
    if a > 10 and b * 10 < c + 10:
        total += (a - b) * c + d * e - 10
    if a > 11 and b * 11 < c + 11:
        total += (a - b) * c + d * e - 11
    return total
