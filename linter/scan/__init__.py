"""Many repositories: which there are, where they lie, and how each is judged and kept."""
