"""`review-lint explain CODE` or `KEY`: what a rule checks and why, or what stands in a key of REVIEW.yaml."""

import argparse
import shutil

from linter.cli.console import Console, closed_pipe_tolerated
from linter.engine.reference.find import suggestion, topic_of
from linter.errors import UsageError
from linter.model.rule import Rule
from linter.model.words import closest
from linter.output.topic_text import render
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import sections

SUMMARY = "explain a rule, or a key of REVIEW.yaml: what is asked for, with an example"

WIDTH, WIDEST = 100, 120
"""Columns, where there is no terminal and where there is a wide one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    described = (
        "the code or the name of a rule, such as RL005 or file-missing; a key of REVIEW.yaml with dots, such as "
        "quality.alerts; a shape of values, such as evidence or duration; REVIEW.yaml for the file as a whole"
    )
    parser.add_argument("word", metavar="CODE|KEY", help=described)


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print what there is to be said about a rule, a key or a shape. Raises UsageError when there is none."""
    text = _text(arguments.word, _columns(console))
    with closed_pipe_tolerated(console):
        console.out.write(text)
    return 0


def _text(word: str, columns: int) -> str:
    rule = _rules().get(word.strip().lower())
    if rule is not None:
        return _page(rule)
    topic = topic_of(word)
    if topic is None:
        raise _unknown(word)
    return render(topic, columns)


def _columns(console: Console) -> int:
    return min(WIDEST, shutil.get_terminal_size().columns) if console.out.isatty() else WIDTH


def _rules() -> dict[str, Rule]:
    return {key.lower(): rule for rule in ALL_RULES for key in (rule.code, rule.name)}


def _unknown(word: str) -> UsageError:
    """What is said of a word that explains nothing: the nearest rules, or the nearest keys."""
    wanted, rules = word.strip().lower(), _rules()
    near = [f"{rules[name].code} {rules[name].name}" for name in closest(wanted, rules)]
    meant = f"did you mean {' or '.join(near)}?" if near else ""
    if wanted.startswith("rl") or (near and "-" in wanted):
        return UsageError(f"there is no rule {word}", meant or "`review-lint rules` lists them")
    hint = suggestion(word) or meant or "`review-lint rules` lists them, `review-lint explain REVIEW.yaml` the keys"
    return UsageError(f"there is no rule and no key {word}", hint)


def _page(rule: Rule) -> str:
    head = f"{rule.code} {rule.name}\n{rule.severity.label} · {rule.family}\n"
    parts = [f"{heading}\n{_indented(text)}\n" for heading, text in sections(rule).items()]
    return "\n".join([head, *parts])


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.splitlines())
