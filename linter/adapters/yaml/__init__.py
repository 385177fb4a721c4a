"""The door to YAML: bounded, position-keeping, one loader everywhere."""
