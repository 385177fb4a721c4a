"""Sources: which files are some, what they measure, and what of them repeats others or goes untested."""
