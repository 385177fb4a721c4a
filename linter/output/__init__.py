"""One pure renderer per format, each a function of (report, stream); imported on demand."""
