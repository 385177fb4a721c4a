"""The door to JSON Schema: what does not fit, in words and at its place."""
