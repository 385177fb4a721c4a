"""Python source files: decoded, parsed and measured, without running or importing any of them."""
