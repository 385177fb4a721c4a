"""Any text of a repository goes through every format and comes back, read by somebody else's parser, as the same text:
escapes aside that make visible what nobody could see. Nothing of it becomes a command, a tag, a link or a mention.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import html5lib
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from linter.model.finding import Finding, Location, Position, Severity, Span, Suppression
from linter.model.report import Report
from linter.output import FORMATS, Options
from linter.output.printable import HIDDEN, printable
from tests.support.consumers import CODE_QUALITY, JUNIT, SARIF, command
from tests.support.reports import Case, rendered, report_of

FEW, MANY = 300, 10_000

CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]
NONCHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
]
HARMFUL = (HIDDEN | {chr(code) for code in CONTROLS + NONCHARACTERS}) - {"\n"}

LIVE = re.compile(r"@\w|[#!%][0-9]|://|www\.", re.IGNORECASE)
"""What forges look for in running text: mentions, issues and merge requests, addresses."""

PIECES = (
    *(
        "\x1b[31m",
        "\x1b]8;;http://evil\x07",
        "\x9b2J",
        "\x00",
        "\x07",
        "\x7f",
        "\x85",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\x0b",
    ),
    *("\u202e", "\u2066", "\u200f", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\u200b", "\u00a0", "e\u0301"),
    *("\udc80", "\udcff", "\ud800", "\U0001f600", "\U0001f468\u200d\U0001f469", "字", "ä", "\U000e0041", "\U0010ffff"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</td>", "</code>", "</style>", "<!--", "-->"),
    *("]]>", "<![CDATA[", "<?xml", "&lt;", "&#60;", "&amp", "&", '"', "'", "' onclick='x", '" onmouseover="x', "<a\n"),
    *("::error::", "::set-output name=x::y", "::add-mask::", "##[error]", "##[", "%0A", "%25", "%3A", "%", "::", "##"),
    *("`", "``", "```", "`a`", "|", "\\|", "\\", "**", "_x_", "~~", "[x](javascript:alert(1))", "![](x)", "](0)", "["),
    *("# a", "- a", "1. a", "> a", "---", "===", "    a", "$a$", "@acme/shop", "@everyone", "#12", "!34", "/close"),
    *("https://evil.example", "www.evil.example", "a@evil.example", "<https://evil.example>", "{0}", "{1}", "{", "}"),
    *(
        "\\u202e",
        "\\x1b",
        "\\n",
        "${x}",
        "{{ x }}",
        "=cmd|' /C calc'!A0",
        "-",
        "",
        "a",
        "review",
        " ",
        "]",
        "<br>",
        "\x0b",
    ),
)


class Told(NamedTuple):
    """What a parser found about one finding."""

    path: str | bytes
    message: str
    hint: str


def texts(seed: int, number: int) -> list[str]:
    """Texts of what is dangerous and of what is not, none of them nothing at all."""
    source = random.Random(seed)
    return [_text(source) or "a" for _ in range(number)]


def _text(source: random.Random) -> str:
    return "".join(_piece(source) for _ in range(source.randint(1, 5)))


def _piece(source: random.Random) -> str:
    if source.random() < 0.8:
        return source.choice(PIECES)
    return chr(source.randrange(source.choice([0x80, 0x800, 0x10000, 0x110000])))


def finding(text: str, other: str) -> Finding:
    """A finding all of whose foreign texts are made of these two."""
    path = os_path(text)
    return Finding(
        "RL008",
        "invalid-value",
        Severity.ERROR,
        text,
        Location(path, Span(Position(1, 2), Position(1, 3)), pointer=f"/{other}", symbol=None),
        hint=other,
        excerpt=f"x{other}",
        anchor=text,
    )


def os_path(text: str) -> str:
    """The text as a file may be called."""
    return (
        text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape").replace("\0", "").replace("/", "\\")
        or "a"
    )


def squeezed(text: str) -> str:
    """The text without blanks: readers of HTML and Markdown take any number of them for one."""
    return "".join(text.split())


def from_json(text: str, report: Report) -> Iterator[Told]:
    for shown in json.loads(text)["findings"]:
        yield Told(shown["path"], shown["message"], shown["hint"])


def from_sarif(text: str, report: Report) -> Iterator[Told]:
    log = json.loads(text)
    SARIF.validate(log)
    for result in log["runs"][0]["results"]:
        message, hint = result["message"]["text"].split("\n\nWhat to do: ")
        assert not re.search(r"\[[^\]]*\]\(|\{[0-9]+\}", message + hint)
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        yield Told(unquote_to_bytes(uri), *(re.sub(r"\\x(5d|7b)(?=\(|[0-9])", _char, part) for part in (message, hint)))


def _char(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def from_gitlab(text: str, report: Report) -> Iterator[Told]:
    issues = json.loads(text)
    CODE_QUALITY.validate(issues)
    for issue, original in zip(issues, report.findings, strict=True):
        ending = f" ({printable(original.hint or '')})"
        assert issue["description"].endswith(ending)
        yield Told(issue["location"]["path"], issue["description"].removesuffix(ending), ending[2:-1])


def from_junit(text: str, report: Report) -> Iterator[Told]:
    root = etree.fromstring(text.encode())
    JUNIT.assertValid(root)
    for case in root.iter("testcase"):
        (failure,) = case
        yield Told(case.get("classname"), failure.get("message"), failure.text.rpartition("\nWhat to do: ")[2])


def from_github(text: str, report: Report) -> Iterator[Told]:
    for line in text.split("\n"):
        if found := command(line):
            assert found.name == "error"
            message, hint = found.data.split("\n")
            yield Told(found.properties["file"], message, hint)


def from_html(text: str, report: Report) -> Iterator[Told]:
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    tags = {element.tag for element in root.iter()}
    assert tags <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer", "h1", "h2", "p"),
        *("span", "code", "br", "dl", "div", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    }
    for row in root.iterfind(".//tbody/tr"):
        _, path, what = row
        lines = [squeezed("".join(part)) for part in _split(what)]
        yield Told(squeezed("".join(path.itertext())).rpartition(":1:2")[0], lines[0], lines[-1])


def _split(cell: Any) -> Iterator[list[str]]:
    """The texts of each line of a cell."""
    line = [cell.text or ""]
    for element in cell:
        if element.tag == "br":
            yield line
            line = []
        else:
            line += element.itertext()
        line.append(element.tail or "")
    yield line


class Cells(HTMLParser):
    """The cells of the tables that a Markdown parser makes, line by line; every other tag is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[str]]] = []
        self.tags: set[str] = set()
        self.last = ""
        self.is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.last = tag
        assert attrs == []
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append([""])
        elif tag == "br":
            self.rows[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.last = "/" + tag
        if tag == "table":
            self.is_over = True

    def handle_data(self, data: str) -> None:
        assert self.last == "code" or not LIVE.search(data)
        if self.rows and self.rows[-1] and not self.is_over:
            self.rows[-1][-1][-1] += data


def from_markdown(text: str, report: Report) -> Iterator[Told]:
    cells = Cells()
    cells.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))
    cells.close()
    assert cells.tags <= {"h3", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "br", "p"}
    for _, path, what in cells.rows[1:]:
        assert len(what) == 2
        message = squeezed(what[0]).removeprefix("RL008")
        yield Told(squeezed(path[0]).rpartition(":1:2")[0], message, squeezed(what[1]))


def from_concise(text: str, report: Report) -> Iterator[Told]:
    for line, original in zip(text.splitlines(), report.findings, strict=True):
        path, _, rest = line.partition(":1:2: RL008 ")
        yield Told(path.replace("\\x3a", ":"), rest.removesuffix(" [error]"), printable(original.hint or ""))


def from_text(text: str, report: Report) -> Iterator[Told]:
    lines = text.splitlines()[:-1]
    for head, _, _, hint in zip(*(lines[at::4] for at in range(4)), strict=True):
        path, _, rest = head.partition(":1:2: RL008 ")
        yield Told(path.replace("\\x3a", ":"), rest.removesuffix(" [error]"), hint.removeprefix("       = "))


class Way(NamedTuple):
    """How a format is read back, how much of a report it takes, and which form its texts and paths come back in."""

    read: Callable[[str, Report], Iterator[Told]]
    most: int
    text: Callable[[str], str]
    path: Callable[[str], str | bytes]


def exact(text: str) -> str:
    """What JSON says: every character; bytes that are no text are escaped."""
    return "".join(printable(char) if "\ud800" <= char <= "\udfff" else char for char in text)


def spoken(text: str) -> str:
    """What people see of a text in a page: a pair of backticks becomes another typeface."""
    shown = squeezed(printable(" ".join(text.split())))
    return shown.replace("`", "") if text.count("`") % 2 == 0 else shown


def visible(text: str) -> str:
    return squeezed(printable(" ".join(text.split())))


WAYS = {
    "text": Way(from_text, 1000, printable, printable),
    "concise": Way(from_concise, 1000, printable, printable),
    "json": Way(from_json, 1000, exact, exact),
    "sarif": Way(from_sarif, 1000, printable, lambda path: path.encode("utf-8", "surrogateescape")),
    "github": Way(from_github, 10, printable, printable),
    "gitlab": Way(from_gitlab, 1000, printable, exact),
    "junit": Way(from_junit, 1000, printable, printable),
    "markdown": Way(from_markdown, 100, spoken, visible),
    "html": Way(from_html, 1000, spoken, visible),
}


def check(format_name: str, seed: int, number: int) -> int:
    """How many texts went there and back."""
    way, words = WAYS[format_name], texts(seed, number)
    findings = [finding(text, other) for text, other in zip(words, reversed(words), strict=True)]
    for start in range(0, number, way.most):
        report = report_of(findings[start : start + way.most])
        text = rendered(Case(report), format_name).decode()
        assert_harmless(text, format_name)
        told = list(way.read(text, report))
        assert told == [expected(one, way) for one in report.findings]
    return number


def expected(one: Finding, way: Way) -> Told:
    return Told(way.path(one.location.path), way.text(one.message), way.text(one.hint or ""))


def assert_harmless(text: str, format_name: str) -> None:
    assert not HARMFUL & set(text)
    assert "##[" not in text
    if format_name != "github":
        assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_every_format_has_a_way_back() -> None:
    assert WAYS.keys() == FORMATS.keys()


@pytest.mark.parametrize("format_name", WAYS)
def test_foreign_text_comes_back(format_name: str) -> None:
    assert check(format_name, seed=20260601, number=FEW) == FEW


@pytest.mark.slow
@pytest.mark.parametrize("format_name", WAYS)
def test_much_foreign_text_comes_back(format_name: str) -> None:
    assert check(format_name, seed=6, number=MANY) == MANY


@pytest.mark.parametrize("format_name", WAYS)
def test_reasons_notes_and_names_are_harmless_too(format_name: str) -> None:
    words = texts(7, 60)
    hidden = [finding(word, word)._replace(suppressed=Suppression(word, word)) for word in words]
    report = report_of(hidden, notes=tuple(words), repository=words[0])
    text = rendered(Case(report, Options(show_suppressed=True)), format_name).decode()
    assert_harmless(text, format_name)
    assert READERS[format_name](text) >= len(words)


READERS: dict[str, Callable[[str], int]] = {
    "text": lambda text: text.count(", suppressed by "),
    "concise": lambda text: text.count(", suppressed by "),
    "json": lambda text: len([one for one in json.loads(text)["findings"] if one["suppressed"]]),
    "sarif": lambda text: len(json.loads(text)["runs"][0]["invocations"][0]["toolExecutionNotifications"]),
    "github": lambda text: text.count("suppressed by "),
    "gitlab": lambda text: len([one for one in json.loads(text) if "suppressed by" in one["description"]]),
    "junit": lambda text: len(etree.fromstring(text.encode()).findall(".//skipped")),
    "markdown": lambda text: text.count("<br>suppressed by "),
    "html": lambda text: len(html5lib.parse(text, namespaceHTMLElements=False).findall(".//tbody/tr")),
}
"""How many findings, or notes, a parser finds with the reason why they are hidden."""
