"""From findings to files in which they are put right."""
