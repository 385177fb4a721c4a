"""The pages of docs/rules: every rule's documentation, with one of its failing examples and what is said about that.

Write them anew: `make pages`, or `python -m tests.support.rule_pages`.
"""

import difflib
import os
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from linter.model.finding import Finding
from linter.model.rule import Fix, Rule
from linter.output.printable import printable
from linter.output.rule_help import fenced, paragraphs, prose
from linter.rules.catalogue import ALL_RULES
from linter.rules.documentation import sections, summary
from tests.support.examples import EXAMPLES, EXPECTED, cases, files, findings_of

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
INDEX = "README.md"

BEFORE, AFTER = 4, 8
"""So many lines are shown around the one that a finding is about."""

LONGEST_DIFFERENCE = 24

ENVIRONMENT = {
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Ada Lovelace"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "ada@example.org"),
    **{"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"},
}
"""Whoever writes the pages, messages name the same commits as in the tests."""

LANGUAGES = {".py": "python", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}

FIXES = {
    Fix.APPLY: "`review-lint fix`, where only one answer is possible",
    Fix.SUGGEST: "suggested, for a person to decide",
    Fix.NONE: "by hand",
}

INTRODUCTION = """\
# Rules

What each rule checks, why, and what to do about it; `review-lint explain CODE` says the same on a terminal. Severities
are those that a rule has by itself: the configuration and an [organisation's policy](../policy.md) may set others, and
a section that is a draft or a proposal lowers them. These pages are made from the rules themselves: `make pages`.
"""


def index() -> str:
    """The page that lists all rules."""
    parts = [INTRODUCTION]
    for family, rules in groupby(ALL_RULES, key=lambda rule: rule.family):
        rows = "".join(f"| {_link(rule)} | {rule.severity.label} | {prose(summary(rule))} |\n" for rule in rules)
        parts.append(f"## {_title(family)}\n\n| rule | severity | what it checks |\n| --- | --- | --- |\n{rows}")
    return "\n".join(parts)


def page(rule: Rule, workplace: Path) -> str:
    """The page of one rule; `workplace` is an empty folder."""
    parts = [f"# {rule.code} {rule.name}", _facts(rule)]
    for heading, text in sections(rule).items():
        parts += [f"## {heading}", *paragraphs(text)]
        if heading == "Example":
            parts += _shown(example_of(rule), workplace)
    return "\n\n".join([*parts, f"[All rules]({INDEX})"]) + "\n"


def example_of(rule: Rule) -> Path:
    """The failing example that is shown: the smallest of those with the fewest findings."""
    failing = [case for case in cases(rule.code) if case.parent.name == "fail"]
    return min(failing, key=lambda case: (len((case / EXPECTED).read_text().splitlines()), _size(case), case.name))


def _facts(rule: Rule) -> str:
    return f"- **Family:** {_title(rule.family)}\n- **Severity:** {rule.severity.label}\n- **Fix:** {FIXES[rule.fix]}"


def _shown(case: Path, workplace: Path) -> Iterator[str]:
    """A failing example: the place in the file, and what is said about it."""
    finding = findings_of(case, workplace)[0]
    name = case.relative_to(EXAMPLES).as_posix()
    yield f"From the tests, [{name}](../../tests/examples/{name}):"
    yield from _content(case, finding)
    start = finding.location.span.start
    place = f"{printable(finding.location.path)}:{start.line}:{start.column}"
    hint = f"\n>\n> What to do: {prose(finding.hint)}" if finding.hint else ""
    yield f"> `{place}` **{finding.severity.label}:** {prose(finding.message)}{hint}"


def _content(case: Path, finding: Finding) -> Iterator[str]:
    """The change if the example is a small one, else the lines around the finding."""
    path = finding.location.path
    new, old = _lines(_judged(case), path), _lines(case / "base", path) if (case / "base").is_dir() else []
    difference = list(difflib.unified_diff(old, new, "before", "after", lineterm="", n=2))[2:] if old else []
    if 0 < len(difference) <= LONGEST_DIFFERENCE:
        yield fenced("diff", difference)
    elif new:
        line = finding.location.span.start.line
        yield fenced(LANGUAGES.get(Path(path).suffix, "text"), new[max(0, line - 1 - BEFORE) : line + AFTER])


def _judged(case: Path) -> Path:
    """The folder of the tree that is judged."""
    if (case / "commits").is_dir():
        return max((case / "commits").iterdir())
    return case / "change" if (case / "change").is_dir() else case


def _lines(folder: Path, path: str) -> list[str]:
    content = files(folder).get(path, b"")
    text = content if isinstance(content, str) else content.decode("utf-8", "surrogateescape")
    lines = text.removesuffix("\n").split("\n") if text else []
    return [printable(line).replace("\\t", "\t") for line in lines]


def _title(family: str) -> str:
    return family.replace("-", " ").capitalize()


def _link(rule: Rule) -> str:
    return f"[{rule.code}]({rule.code}.md) {rule.name}"


def _size(case: Path) -> int:
    return sum(len(content) for content in files(case).values())


def main() -> None:
    for name in [name for name in os.environ if name.startswith("GIT")]:
        del os.environ[name]
    os.environ.update(ENVIRONMENT)
    PAGES.mkdir(exist_ok=True)
    wanted = {f"{rule.code}.md": rule for rule in ALL_RULES}
    for superfluous in {path.name for path in PAGES.iterdir()} - {INDEX, *wanted}:
        (PAGES / superfluous).unlink()
    (PAGES / INDEX).write_text(index(), encoding="utf-8")
    for name, rule in wanted.items():
        with tempfile.TemporaryDirectory() as workplace:
            (PAGES / name).write_text(page(rule, Path(workplace)), encoding="utf-8")


if __name__ == "__main__":
    main()
