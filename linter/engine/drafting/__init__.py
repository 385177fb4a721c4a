"""A first REVIEW.yaml from what a repository already says."""
