"""Contracts between products: whether they can be read as what they say they are. Nothing outside them is looked at.

Each library is imported by one module, and only when a contract of its kind has to be judged.
"""
