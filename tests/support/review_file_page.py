"""The page docs/review-file.md: how to fill REVIEW.yaml, and everything that its schema says.

Write it anew: `make pages`, or `python -m tests.support.review_file_page`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from linter.engine.page.findings import spoken
from linter.engine.reference.place import ROOT, Place, review_places
from linter.engine.reference.topic import topic
from linter.model.quote import listed
from linter.model.suppression import MAX_WAIVER_DAYS
from linter.model.topic import Row, Topic
from linter.output.page_markdown import line as markdown

PAGE = Path(__file__).parents[2] / "docs" / "review-file.md"
PLACES = review_places()
GOVERNANCE = ("reviews", "waivers")

INTRODUCTION = """\
# The file REVIEW.yaml

What may stand in the file, what is asked of whom, and an example of everything. `review-lint explain quality.alerts`
says the same of one key on a terminal, `review-lint explain evidence` of one shape of values. This page is made from
the [schema](../schemas/review.schema.json), which editors understand too (`review-lint schema`): `make pages`.

## How to fill it

### Begin small

`review-lint init` writes a first file from what the repository says already. For an experiment this is all:

{example:REVIEW.yaml}

More is asked of a product [the further it comes](#what-is-asked-of-whom). What is not asked for may be left out; what
is written is held to its form. Keys that begin with `x-` are your own: nothing looks at them.

### Say how far a section is

Each of the eight sections may have a `status`. It decides how much the findings in that section weigh:

| `status` | findings in the section are |
| --- | --- |
| `draft` | advice, which stops no commit |
| `proposed` | warnings at most |
| `adopted`, or no `status` | what their rules say, errors included |

A section that is not there counts as adopted. A file that cannot be read is an error whatever its sections say, and in
production a section that is still a draft or a proposal is a warning itself ([RL016](rules/RL016.md)).

```yaml
quality:
  status: draft
  single_points_of_failure: [the scheduler runs once]
```

### Show it

Whatever can be shown takes [evidence](#evidence): a file, a job of a workflow, a commit, code, or a URL. What it names
in the repository has to be there, in the very tree that is judged; URLs are never fetched. The short form is a path,
relative to the folder of REVIEW.yaml, or an address that begins with `https://`:

```yaml
preparation:
  security_test:
    threat_model: docs/threat-model.md
    static_analysis: {workflow: .github/workflows/ci.yml, job: codeql}
    dependency_scan: https://security.example.org/orders
```

`true`, `yes` or a number is no evidence.

### Say what does not apply

Where something that is asked for from beta on or in production makes no sense for the product, say why and who agreed,
instead of the value. It works for a whole section too, but an organisation may [forbid it](policy.md) for some keys.

```yaml
quality:
  backup:
    not_applicable:
      because: The cache is filled again from the catalogue within a minute.
      agreed_by: "@acme/architects"
```

### Put off what cannot be done now

A waiver hides the findings of some rules for a while: in some `paths`, or in the whole product. Somebody else than the
`owner` approves it, and it lasts {days} days at most unless the organisation's policy says otherwise.

{example:waivers}

Debt does so for one function and one figure that is above its limit, up to a ceiling and until it is paid back:

{example:simplicity.debt}

### Have it signed

Who read a section and agrees signs it: `review-lint sign quality --role sre` writes the entry, with a digest by which a
later change of substance shows. Nobody types it.

{example:reviews}

What is signed together goes stale together, and so does what is signed beside a file that changes often: sign in calls
of their own what changes by itself. A sign-off is as good as the way into the repository: whoever may write the file
may write somebody else's name. Have your forge ask the reviewers themselves (code owners of `REVIEW.yaml`, protected
branches).
"""


def page() -> str:
    """The whole page."""
    sections = [name for name in _names_below(PLACES.keys[ROOT]) if _is_section(name)]
    chapters = [part for name in [*sections, *GOVERNANCE] for part in _chapter(PLACES.keys[name], "##")]
    shapes = [part for _, shape in sorted(PLACES.shapes.items()) for part in _chapter(shape, "###")]
    parts = [_introduction(), *_asked(), *_head(), *chapters, "## Shapes", "Forms that the values of many keys have."]
    return "\n\n".join([*parts, *shapes]) + "\n"


def _introduction() -> str:
    text = INTRODUCTION.replace("{days}", str(MAX_WAIVER_DAYS))
    for name in (ROOT, "waivers", "simplicity.debt", "reviews"):
        text = text.replace(f"{{example:{name}}}", _fenced(_in_place(name, _topic(name).examples[0])))
    return text.rstrip("\n")


def _in_place(name: str, example: str) -> str:
    """An example below the section that it belongs to."""
    section = name.rpartition(".")[0] if name != ROOT else ""
    return f"{section}:\n{indent(example, '  ')}" if section else example


def _asked() -> Iterator[str]:
    """What is asked of whom: for every mark the keys down to those of sections."""
    top = _names_below(PLACES.keys[ROOT])
    inner = [name for outer in ("owner", *filter(_is_section, top)) for name in _names_below(PLACES.keys[outer])]
    by_mark = {mark: [name for name in (*top, *inner) if _mark(name) == mark] for mark in ("R", "B", "P")}
    yield "## What is asked of whom"
    rows = [_asked_row(mark, names) for mark, names in by_mark.items()]
    yield "\n".join(["| asked for | that is | keys |", "| --- | --- | --- |", *rows])
    yield "All else is optional. What is missing is an error; at tier 2, what is asked for in production is a warning."
    yield "Some of these, and one that is not among them, depend on more:"
    special = _with_reasons_of_their_own([*top, *inner])
    yield "\n".join(f"- `{name}`: {_prose(_topic(name).asked)}" for name in special)
    yield "In the tables below, keys inside a value are asked for where that value stands."


def _asked_row(mark: str, names: Iterable[str]) -> str:
    words = PLACES.root["x-marks"][mark]
    return f"| {words['title']} | {_prose(words['description'])} | {', '.join(f'`{name}`' for name in names)} |"


def _with_reasons_of_their_own(names: Iterable[str]) -> list[str]:
    """The keys that hardly any other is asked for together with."""
    asked = {name: _topic(name).asked for name in names if ": " in _topic(name).asked}
    count = Counter(asked.values())
    return [name for name, words in asked.items() if count[words] <= 2]


def _mark(name: str) -> str:
    return str(PLACES.keys[name].says("x-required"))


def _head() -> Iterator[str]:
    """What stands above the sections."""
    rows = [row for row in _topic(ROOT).rows if not _is_section(row.key) and row.key not in GOVERNANCE]
    yield "## The head of the file"
    yield _table(rows, "")
    yield from _chapter(PLACES.keys["owner"], "###")


def _chapter(place: Place, level: str) -> Iterator[str]:
    """A key or shape with its keys and examples, then the keys below that have keys in turn."""
    found = topic(PLACES, place)
    yield f"{level} {found.name}"
    yield f"**{_prose(found.title)}.** {_prose(found.text)}"
    facts = [("Asked for", found.asked), ("Form", "; ".join([found.form, *found.notes]))]
    yield "\n".join(f"- **{name}:** {_prose(text)}" for name, text in facts if text)
    if found.rows:
        yield _table(found.rows, place.name)
    if not _is_shown_above(place):
        yield _examples(found)
    for child in _subjects(place):
        yield from _chapter(child, "###")


def _examples(found: Topic) -> str:
    if len(found.examples) > 1 and not any("\n" in example for example in found.examples):
        return f"For example {listed([f'`{example}`' for example in found.examples], 'or')}."
    return "\n\nor\n\n".join(map(_fenced, found.examples))


def _table(rows: tuple[Row, ...] | list[Row], name: str) -> str:
    lines = [f"| {_key(row, name)} | {row.asked} | {_form(row)} | {_prose(row.text)} |" for row in rows]
    return "\n".join(["| key | asked for | form | what it is |", "| --- | --- | --- | --- |", *lines])


def _key(row: Row, name: str) -> str:
    """The key, with a link to its own chapter if it has one."""
    full = f"{name}.{row.key}" if name else row.key
    has_chapter = full in [child.name for child in _subjects(PLACES.find(name or ROOT))]
    return f"[`{row.key}`](#{full.replace('.', '')})" if has_chapter else f"`{row.key}`"


def _form(row: Row) -> str:
    form = row.form.removesuffix(" or not_applicable")
    excuse = " or [n/a](#not_applicable)" if form != row.form else ""
    words = _prose(form)
    is_linked = row.shape not in ("", "text")
    return (words.replace(row.shape, f"[{row.shape}](#{row.shape})", 1) if is_linked else words) + excuse


def _subjects(place: Place | None) -> list[Place]:
    """The keys below that have keys of their own, but for those that have a shape; an only key needs no chapter."""
    children = PLACES.children(place) if place else []
    return [child for child in children if _has_keys(child) and len(children) > 1]


def _has_keys(place: Place) -> bool:
    return bool(PLACES.children(place)) and not PLACES.shape_of(place.content)


def _is_shown_above(place: Place) -> bool:
    """Whether the last example of what holds a key shows that key."""
    parent = PLACES.find(place.name.rpartition(".")[0]) if "." in place.name else None
    example = parent.says("examples")[-1] if parent else {}
    return place.key in (example[0] if isinstance(example, list) else example)


def _names_below(place: Place) -> list[str]:
    return [child.name for child in PLACES.children(place)]


def _is_section(name: str) -> bool:
    return f"{name}.status" in PLACES.keys


def _topic(name: str) -> Topic:
    return topic(PLACES, PLACES.keys[name])


def _fenced(text: str) -> str:
    return f"```yaml\n{text}\n```"


def _prose(text: str) -> str:
    return markdown(spoken(text))


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
