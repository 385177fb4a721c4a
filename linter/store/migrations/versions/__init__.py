"""The steps, one module each; they are never changed once released."""
