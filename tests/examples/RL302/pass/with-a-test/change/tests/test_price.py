import pad

assert pad
