from shop.c import C
