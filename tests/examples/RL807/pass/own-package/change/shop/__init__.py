from shop.a import b

VERSION = 1
