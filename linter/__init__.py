"""review-lint: design reviews that are checked with every commit."""

__version__ = "0.1.0"
