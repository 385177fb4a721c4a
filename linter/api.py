"""One repository in, one report out."""
