from .ledger import book
from ..catalogue import price
