"""The command line: the only place that chooses streams, colour and exit codes."""
