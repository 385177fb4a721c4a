"""What is asked of which path: the review file that covers it, its limits, and whether a tool wrote it."""
