"""JUnit's XML, which Jenkins, GitLab and others show as a table of tests: one test for each finding."""

from collections.abc import Sequence
from html import escape
from typing import TextIO

from linter.model.finding import Finding
from linter.model.report import Report
from linter.output import Options
from linter.output.concise import explained, shown
from linter.output.printable import printable, printable_path


def render(report: Report, stream: TextIO, options: Options) -> None:
    """Write one suite, in ASCII: whoever reads it need not know an encoding. A test has failed where its finding fails
    the run, and is skipped where something hides the finding. One that passes stands for a run without findings,
    because readers take a suite without tests for a mistake.
    """
    findings = tuple(shown(report, options))
    cases = [_case(finding, report) for finding in findings] or [_element("testcase", name="no findings")]
    counts = _counts(findings, report, len(cases))
    suite = _element("testsuite", "\n" + "".join(cases), name=report.repository or "repository", **counts)
    del counts["skipped"]  # the element around it has no such attribute
    text = _element("testsuites", "\n" + suite, name="review-lint", **counts)
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("ascii", "xmlcharrefreplace").decode("ascii"))


def _counts(findings: Sequence[Finding], report: Report, tests: int) -> dict[str, str]:
    failures = sum(_is_failure(finding, report) for finding in findings)
    skipped = sum(finding.suppressed is not None for finding in findings)
    return {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped)}


def _case(finding: Finding, report: Report) -> str:
    location = finding.location
    names = (finding.rule, finding.name, location.symbol or location.pointer or "")
    return _element("testcase", _outcome(finding, report), name=" ".join(filter(None, names)), classname=location.path)


def _outcome(finding: Finding, report: Report) -> str:
    start = finding.location.span.start
    where = f"{printable_path(finding.location.path)}:{start.line}:{start.column}:"
    text = f"{where} {finding.rule} {printable(finding.message)} [{finding.severity.label}]"
    if finding.hint:
        text += f"\nWhat to do: {printable(finding.hint)}"
    if finding.suppressed:
        return _element("skipped", message=explained(finding.suppressed))
    if _is_failure(finding, report):
        return _element("failure", escape(text), message=finding.message, type=finding.rule)
    return _element("system-out", escape(text))


def _is_failure(finding: Finding, report: Report) -> bool:
    return finding.suppressed is None and finding.severity >= report.fail_on


def _element(tag: str, content: str = "", /, **attributes: str) -> str:
    """An element whose content is XML already."""
    told = "".join(f' {key}="{escape(printable(value))}"' for key, value in attributes.items())
    return f"<{tag}{told}>{content}</{tag}>\n"
