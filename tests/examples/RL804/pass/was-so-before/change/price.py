def price(a, b, c, d, e):
    sum_of = 0
    if a > 0 and b * 0 < c + 0:
        sum_of += (a - b) * c + d * e - 0
    if a > 1 and b * 1 < c + 1:
        sum_of += (a - b) * c + d * e - 1
    if a > 2 and b * 2 < c + 2:
        sum_of += (a - b) * c + d * e - 2
    if a > 3 and b * 3 < c + 3:
        sum_of += (a - b) * c + d * e - 3
    if a > 4 and b * 4 < c + 4:
        sum_of += (a - b) * c + d * e - 4
    if a > 5 and b * 5 < c + 5:
        sum_of += (a - b) * c + d * e - 5
    if a > 6 and b * 6 < c + 6:
        sum_of += (a - b) * c + d * e - 6
    if a > 7 and b * 7 < c + 7:
        sum_of += (a - b) * c + d * e - 7
    if a > 8 and b * 8 < c + 8:
        sum_of += (a - b) * c + d * e - 8
    if a > 9 and b * 9 < c + 9:
        sum_of += (a - b) * c + d * e - 9
    if a > 10 and b * 10 < c + 10:
        sum_of += (a - b) * c + d * e - 10
    if a > 11 and b * 11 < c + 11:
        sum_of += (a - b) * c + d * e - 11
    return sum_of
