"""What a review file and a configuration promise, and which of it changed between two versions."""
