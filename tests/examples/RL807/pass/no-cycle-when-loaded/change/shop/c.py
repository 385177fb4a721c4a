from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shop import a


def c():
    from shop import b

    return b
