"""The organisation's reviews as a static web site, from the store: `writing.py` is what others use."""
