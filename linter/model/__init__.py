"""Immutable value types, standard library only. Everything else is functions over them.

They are `typing.NamedTuple`s: importing `dataclasses` and building twenty-five of them costs 23 ms of every commit, the
same named tuples cost 8 (Python 3.11, whole processes).
"""
