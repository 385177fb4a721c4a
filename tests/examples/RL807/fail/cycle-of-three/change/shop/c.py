from .a import b

C = 3
