"""`review-lint rules`: every rule in a line."""

import argparse
import json
import shutil

from linter.cli.console import Console, closed_pipe_tolerated
from linter.model.rule import Rule
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import summary

SUMMARY = "list the rules"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the rules in the order of their codes."""
    columns = shutil.get_terminal_size().columns if console.out.isatty() else None
    text = _json(ALL_RULES) if arguments.format == "json" else _text(ALL_RULES, columns)
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _text(rules: tuple[Rule, ...], columns: int | None) -> str:
    """A line per rule; on a terminal of so many columns none is wrapped."""
    width = max(len(rule.name) for rule in rules)
    lines = (f"{rule.code}  {rule.name:<{width}}  {rule.severity.label:<7}  {summary(rule)}" for rule in rules)
    return "".join(f"{_shortened(line.rstrip(), columns)}\n" for line in lines)


def _shortened(line: str, columns: int | None) -> str:
    return line if columns is None or len(line) <= columns else f"{line[: columns - 1]}…"


def _json(rules: tuple[Rule, ...]) -> str:
    return json.dumps([_object(rule) for rule in rules], indent=2) + "\n"


def _object(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.label,
        "fix": rule.fix.value,
        "summary": summary(rule),
    }
