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
    if a > 12 and b * 12 < c + 12:
        total += (a - b) * c + d * e - 12
    if a > 13 and b * 13 < c + 13:
        total += (a - b) * c + d * e - 13
    if a > 14 and b * 14 < c + 14:
        total += (a - b) * c + d * e - 14
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
