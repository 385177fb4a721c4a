"""What review files cite, looked for in the tree that is judged and never on the disk."""
