"""Write what is printed today into the pages that are walked through, and take their pictures anew.

`python -m tests.support.walk [PAGE ...]`
"""

import sys
import sysconfig
import tempfile
from pathlib import Path

from tests.support.installed import make_source
from tests.support.screenshots import IMAGES, Camera
from tests.support.walkthrough import TUTORIAL, Terminal, pages, walk


def main() -> None:
    camera = Camera()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        make_source(source)
        for page in [Path(word).resolve() for word in sys.argv[1:]] or pages():
            program = None if page == TUTORIAL else Path(sysconfig.get_path("scripts")) / "review-lint"
            with Terminal(Path(folder) / page.stem, source, program) as terminal:
                page.write_text(walk(page, terminal, camera.watch), encoding="utf-8")
    for name, svg in camera.pictures.items():
        (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
