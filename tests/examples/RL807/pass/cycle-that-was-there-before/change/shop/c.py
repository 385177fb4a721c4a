from .a import b

C = 4
