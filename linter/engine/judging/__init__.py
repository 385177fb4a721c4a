"""From what a run knows to its findings: the subjects of the rules, and how much each finding weighs."""
