"""A snapshot in, findings and metrics out."""
