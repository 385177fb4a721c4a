"""The only doors to the outside: git, YAML, JSON schema, source metrics, configuration. Each library has one door."""
