def price(a):  # review-lint: ignore[RL801, RL802] is a table of cases
    if a == 0:
        a = 'a0'
    if a == 1:
        a = 'a1'
    if a == 2:
        a = 'a2'
    if a == 3:
        a = 'a3'
    if a == 4:
        a = 'a4'
    if a == 5:
        a = 'a5'
    if a == 6:
        a = 'a6'
    return a
