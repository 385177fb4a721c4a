"""The reference of the review file: what its schema says about a key or a shape, for people."""
