"""The rules: pure functions from model values to hits, one module per family, listed in `catalogue.py`."""
