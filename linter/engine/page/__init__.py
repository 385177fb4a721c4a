"""A review file as a page for people: its content in words, with the state of each section and its sign-offs."""
