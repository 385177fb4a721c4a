"""Review files judged by rules without a repository: text in, hits out."""

from linter.adapters.schema.check import check_schema
from linter.adapters.schema.files import load_schema
from linter.adapters.yaml.reader import read_review
from linter.engine.judging.subjects import Circumstances, subjects_of
from linter.model.finding import Finding
from linter.model.review import Review
from linter.model.rule import Hit, Rule
from linter.model.suppression import Terms
from tests.support.examples import TODAY
from tests.support.memory import MemorySnapshot
from tests.support.reviews import review

CLARITY = "  use_cases:"
LIFECYCLE = "lifecycle: experimental"


def experimental(text: str = "", clarity: str = "", lifecycle: str = "experimental", kind: str = "app") -> str:
    """A review file with `text` at its end and lines (indented by two) in its clarity section."""
    changes = {CLARITY: clarity + CLARITY, LIFECYCLE: f"lifecycle: {lifecycle}", "kind: app": f"kind: {kind}"}
    return review(text, changes)


def reviews_of(text: str, today: str = TODAY) -> list[Review]:
    """What the rules about content are asked about; nothing where the file is not readable."""
    document = check_schema(read_review("REVIEW.yaml", text.encode()), load_schema("review"))
    subjects = subjects_of(MemorySnapshot({"REVIEW.yaml": text}), [document], Circumstances(Terms(today, frozenset())))
    return [subject for subject in subjects if isinstance(subject, Review)]


def hits_of(rule: Rule, text: str, today: str = TODAY) -> list[Hit]:
    """What one rule says about a file."""
    return [hit for one in reviews_of(text, today) for hit in rule.check(one)]


def pointers(found: list[Hit] | list[Finding]) -> list[str | None]:
    """Where they stand."""
    return [one.location.pointer for one in found]
