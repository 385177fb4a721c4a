"""`review-lint explain CODE`: what a rule checks, why, and what to do about it."""

import argparse

from linter.cli.console import Console, closed_pipe_tolerated
from linter.errors import UsageError
from linter.model.rule import Rule
from linter.model.words import closest
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import sections

SUMMARY = "explain a rule: what it checks, why, and what to do"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="CODE", help="the code or the name of a rule, such as RL005 or file-missing")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print one rule's documentation."""
    rule = find_rule(arguments.rule)
    with closed_pipe_tolerated(console):
        console.out.write(_page(rule))
    return 0


def find_rule(word: str) -> Rule:
    """The rule of that code or name, whatever its case; UsageError names the nearest ones when there is none."""
    rules = {key.lower(): rule for rule in ALL_RULES for key in (rule.code, rule.name)}
    wanted = word.strip().lower()
    if wanted in rules:
        return rules[wanted]
    near = [f"{rules[key].code} {rules[key].name}" for key in closest(wanted, rules)]
    hint = f"did you mean {' or '.join(near)}?" if near else "`review-lint rules` lists them"
    raise UsageError(f"there is no rule {word}", hint)


def _page(rule: Rule) -> str:
    head = f"{rule.code} {rule.name}\n{rule.severity.label} · {rule.family}\n"
    parts = [f"{heading}\n{_indented(text)}\n" for heading, text in sections(rule).items()]
    return "\n".join([head, *parts])


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())
