"""Judge functions against what their bases had."""
