"""The code side of a run: which sources are judged, what they measure, and how they stand to those of the bases."""
