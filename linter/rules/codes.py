"""The codes of all rules, for those who need no more of them: the rules themselves take 8 ms to import.

A test holds them beside the catalogue.
"""

_FAMILIES = (16, 3, 4, 5, 1, 3, 3, 3, 10, 8)
"""How many rules there are of each family, from RL0 to RL9."""

CODES = tuple(f"RL{family}{number:02}" for family, size in enumerate(_FAMILIES) for number in range(1, size + 1))
"""In their order."""
