"""How long the gate takes, beside what people use today, in one run: `python -m benchmarks.speed`."""
