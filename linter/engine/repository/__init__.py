"""What the files of a repository say about its products, for the first draft of a review file and for its rules."""
