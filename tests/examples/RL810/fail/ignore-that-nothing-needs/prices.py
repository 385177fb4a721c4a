def price(a):  # review-lint: ignore[RL801, RL802] is a table of cases
    if a == 0:
        a = 'a0'
    if a == 1:
        a = 'a1'
    if a == 2:
        a = 'a2'
    return a
