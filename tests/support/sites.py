"""Sites of made-up organisations: what their products are like, and what is written about them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from linter.model.page import Badge, Block, Code, Facts, Link, Paragraph, Section, Table, Tone
from linter.model.review import SECTIONS
from linter.model.scan import Product, RepositoryReport
from linter.model.sheet import Complex, Diagram, Exemption, Shape, Sheet
from linter.site.entry import Entry, parts_of
from linter.site.product_files import Options
from linter.site.writing import Written, write_site
from linter.store.store import open_store
from tests.support.scans import judged

OPTIONS = Options("Design reviews", "")


def entry(name: str = "shop", path: str = "REVIEW.yaml", **more: object) -> Entry:
    """A product that passes; `more` are fields of Entry."""
    (part,) = parts_of(judged(name))
    return part.entry._replace(path=path, state="passed", states=("met",) * len(SECTIONS))._replace(**more)


def sheet(path: str = "REVIEW.yaml", word: str = "adopted", text: str = "something", **more: object) -> Sheet:
    """What a review file says: of every section that it is `word`, and `text` wherever there is a text; `more` are
    fields of Sheet.
    """
    body: tuple[Block, ...] = (
        Paragraph((text, Link(text, text), Code(text))),
        Facts(((text, ((text, Badge(text, Tone.FAIR)),)),)),
        Table(text, (text, text), ((((text,),), ((text,),)),)),
    )
    plain = Sheet(
        path=path,
        description=text,
        availability=99.9,
        header=body,
        sections=tuple(Section(text, text, Badge(word, Tone.GOOD), body) for _ in SECTIONS),
        dependencies=(text,),
        exemptions=(Exemption(("RL801",), (text,), text, text, "2026-06-20"),),
        diagram=Diagram("docs/diagram.mmd", "mermaid", f"graph TD; a-->b\n{text}"),
        shape=Shape(2, 30, (1, 0, 1, 0, 0, 0), (Complex("shop.py", text, 7, 18, 40),)),
    )
    return plain._replace(**more)


def reviewed(name: str, *sheets: Sheet, **more: object) -> RepositoryReport:
    """The report of a repository with review files; `more` as `judged` takes it."""
    found = sheets or (sheet(),)
    products = tuple(Product(one.path, f"{name} {one.path}", "", "service", "beta", 2) for one in found if one.path)
    report = judged(name, products=products)
    return report._replace(sheets=found)._replace(**more)


@contextmanager
def unwatched(total: int) -> Iterator[Callable[[str], None]]:
    """Nobody is told how far it is."""
    yield lambda word: None


def build(where: str, folder: Path, options: Options = OPTIONS, jobs: int = 1) -> Written:
    """Write the site of a store into a folder."""
    with open_store(where, must_exist=True) as store:
        return write_site(store, str(folder), options, jobs, unwatched)


def tree(folder: Path) -> dict[str, bytes]:
    """What stands in every file below a folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
