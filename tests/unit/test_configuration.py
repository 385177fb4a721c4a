"""The configuration is what the two files say; whatever they say wrong is one line with a place."""

import subprocess
import sys
import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.adapters.configuration import MAX_DOTS, SIZE_LIMIT, read_configuration, read_requires_python
from linter.errors import ConfigurationError
from linter.model.finding import Severity
from linter.model.policy import Configuration

CODES = ("RL001", "RL006", "RL801", "RL802", "RL905")
EVERYTHING = """\
select = ["RL0", "RL8"]
ignore = ["RL802"]
exclude = ["vendor/**"]
fail-on = "warning"

[severity]
RL8 = "warning"
RL801 = "error"

[per-path-ignore]
"tests/**" = ["RL801"]
"""


def own(text: str) -> Configuration:
    return read_configuration(None, text.encode("utf-8", "surrogateescape"), CODES)


def project(text: str) -> Configuration:
    return read_configuration(text.encode(), None, CODES)


def refusal(text: str) -> tuple[str, str]:
    """The message and the hint that review-lint.toml with this text gets."""
    with pytest.raises(ConfigurationError) as caught:
        own(text)
    return str(caught.value), caught.value.hint


def test_every_key_is_read() -> None:
    assert own(EVERYTHING) == Configuration(
        select=("RL0", "RL8"),
        ignore=("RL802",),
        severity=(("RL8", Severity.WARNING), ("RL801", Severity.ERROR)),
        per_path_ignore=(("tests/**", ("RL801",)),),
        exclude=("vendor/**",),
        fail_on=Severity.WARNING,
        source="review-lint.toml",
    )


def test_pyproject_holds_the_same_keys_in_its_table() -> None:
    text = "[tool.review-lint]\n" + EVERYTHING.replace("[severity]", "[tool.review-lint.severity]").replace(
        "[per-path-ignore]", "[tool.review-lint.per-path-ignore]"
    )
    assert project(text) == own(EVERYTHING)._replace(source="pyproject.toml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]\nname = 'shop'\n",
        "[dependency-groups]\ndev = ['review-lint']\n",
        "[tool.other]\nselect = 3\n[project]\ndependencies = ['review-lint']\n",
        "this is not TOML and not about this tool",
    ],
)
def test_pyproject_without_the_table_configures_nothing(text: str) -> None:
    assert project(text) == Configuration()


def test_no_file_is_the_defaults() -> None:
    assert read_configuration(None, None, CODES) == Configuration()


def test_an_empty_file_of_its_own_is_the_defaults_and_named_as_their_source() -> None:
    assert own("") == Configuration(source="review-lint.toml")


def test_two_files_that_configure_are_one_too_many() -> None:
    with pytest.raises(ConfigurationError, match=r"^pyproject.toml and review-lint.toml both configure review-lint$"):
        read_configuration(b"[tool.review-lint]\n", b"", CODES)
    assert read_configuration(b"[project]\nname = 'review-lint'\n", b"", CODES).source == "review-lint.toml"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('selct = ["RL8"]', "1: unknown key 'selct'", "did you mean select?"),
        ('\n# fail_on\nfail_on = "error"', "3: unknown key 'fail_on'", "did you mean fail-on?"),
        (
            "colour = 1",
            "1: unknown key 'colour'",
            "there are exclude, fail-on, ignore, per-path-ignore, policy, select, severity",
        ),
        (
            "[tool.review-lint]\nselect = []",
            "1: unknown key 'tool'",
            "in review-lint.toml the keys stand at the top, without [tool.review-lint]",
        ),
        ("select = []", "1: select is empty, so that nothing would be checked", 'all rules are "RL"'),
        ('ignore = "RL8"', '1: ignore must be a list of rule codes such as ["RL8", "RL006"], not \'RL8\'', ""),
        ("select.a.b = 1", '1: select must be a list of rule codes such as ["RL8", "RL006"], not a table', ""),
        (
            'ignore = ["RL8"]\nselect = [\n  "RL801",\n  "RL899",\n]',
            "4: select holds 'RL899', which is no rule code or beginning of one",
            "`review-lint rules` lists the codes",
        ),
        (
            'select = ["rl801"]',
            "1: select holds 'rl801', which is no rule code or beginning of one",
            "did you mean RL801?",
        ),
        (
            "select = [8]",
            "1: select holds a number, which is no rule code or beginning of one",
            "`review-lint rules` lists the codes",
        ),
        ('fail-on = "warnig"', "1: fail-on must be error, warning or advice, not 'warnig'", "did you mean warning?"),
        ("fail-on = 2026-01-01", "1: fail-on must be error, warning or advice, not a date or time", ""),
        ("severity = true", "1: severity must be a table of rule codes and levels, not a boolean", ""),
        (
            'severity.RL801 = "eror"',
            "1: severity.RL801 must be error, warning or advice, not 'eror'",
            "did you mean error?",
        ),
        (
            '[severity]\nRL905 = "advice"',
            "2: severity holds 'RL905', which is no rule whose severity a repository sets",
            "only a policy sets the severity of RL903 to RL908",
        ),
        ('exclude = ["a", ""]', "1: exclude holds '', which is no path glob", ""),
        (
            "per-path-ignore = []",
            "1: per-path-ignore must be a table of path globs and lists of rule codes, not a list",
            "",
        ),
        (
            '[per-path-ignore]\n"tests/**" = "RL801"',
            '2: per-path-ignore.tests/** must be a list of rule codes such as ["RL8", "RL006"], not \'RL801\'',
            "",
        ),
        ("a\udcff = 1", "1: not UTF-8, which TOML has to be", ""),
        (f"a{'.a' * (MAX_DOTS + 1)} = 1", f"1: more than {MAX_DOTS} dots in one line", "break the line"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(text: str, message: str, hint: str) -> None:
    assert refusal(text) == (f"review-lint.toml:{message}", hint)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select = [\n", "(at end of document)"),
        ("\nselect = x\n", "(at line 2, column 10)"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("select = " + "9" * 5000, "value has 5000 digits"),
    ],
)
def test_broken_toml_is_refused(text: str, message: str) -> None:
    shown = refusal(text)[0]
    assert shown.startswith("review-lint.toml is not valid TOML: ")
    assert message in shown


def test_lines_of_pyproject_are_those_of_the_table() -> None:
    text = '[project]\nname = "review-lint"\n[tool.other]\nselct = 1\n[tool.review-lint]\nselect = ["RL"]\nselct = 1\n'
    with pytest.raises(ConfigurationError, match=r"^pyproject.toml:7: unknown key 'selct'$"):
        project(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.review_lint]\nselect = ['RL8']\n", "pyproject.toml:1: unknown table [tool.review_lint]"),
        ("[tool]\nreview-lint = 3\n", "pyproject.toml: tool.review-lint must be a table, not a number"),
        ("tool = 'review-lint'\nx = =\n", "pyproject.toml is not valid TOML: Invalid value (at line 2, column 5)"),
    ],
)
def test_a_table_that_would_be_passed_over_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        project(text)
    assert str(caught.value) == message


def test_messages_are_short_whatever_the_value() -> None:
    message, _ = refusal(f'exclude = 1\n"{"x" * 100_000}" = 1')
    assert len(message) < 200
    assert len(refusal(f'"{"x" * 100_000}" = 1')[0]) < 200


@pytest.mark.slow
def test_the_slowest_configuration_takes_seconds() -> None:
    header = "[a" + ".a" * MAX_DOTS + "]\n"
    text = header + "".join(f"x{number}.y=1\n" for number in range((SIZE_LIMIT - len(header)) // 16))
    start = time.process_time()
    assert refusal(text)[0].endswith("unknown key 'a'")
    assert time.process_time() - start < 10


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "select",
                "ignore",
                "severity",
                "exclude",
                "[",
                "]",
                "=",
                '"RL8"',
                '"RL9"',
                "{",
                "}",
                ",",
                "\n",
                ".",
                "1",
                "'",
                "é",
            ]
        ),
        max_size=12,
    )
)
def test_any_text_is_read_or_refused(tokens: list[str]) -> None:
    text = "".join(tokens)
    try:
        configuration = own(text)
    except ConfigurationError:
        return
    assert set(tomllib.loads(text)) <= {"select", "ignore", "severity", "exclude"}
    assert configuration.source == "review-lint.toml"


def test_without_a_file_to_read_toml_is_not_loaded() -> None:
    code = (
        "import sys; from linter.adapters.configuration import *;"
        "read_configuration(b'[project]', None, ['RL001']); read_requires_python(b'[project]');"
        "print('tomllib' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


@pytest.mark.parametrize(
    ("requires", "lowest"),
    [
        (">=3.12", "3.12"),
        (">= 3.12, <4", "3.12"),
        (">=3.12.4", "3.12"),
        ("~=3.12", "3.12"),
        ("==3.12.*", "3.12"),
        ("==3.12", "3.12"),
        (">3.11", "3.11"),
        (">=3.9,!=3.9.1,>=3.13", "3.13"),
        ("<4", None),
        ("!=3.12.*", None),
        (">=2.7", None),
        ("^3.12", None),
        ("", None),
    ],
)
def test_requires_python(requires: str, lowest: str | None) -> None:
    assert read_requires_python(f'[project]\nrequires-python = "{requires}"\n'.encode()) == lowest


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"[project]\n",
        b"[project]\nrequires-python = 3.12\n",
        b"requires-python = '>=3.12'\n",
        b"project = ['requires-python']\n",
        b"[project\nrequires-python",
        b"\xff requires-python",
    ],
)
def test_requires_python_of_what_does_not_say(content: bytes | None) -> None:
    assert read_requires_python(content) is None
