from shop.billing import api
from shop.billing.api import book
