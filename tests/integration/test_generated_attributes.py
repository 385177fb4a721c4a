"""What is said about `linguist-generated` is what git itself says."""

import subprocess
from pathlib import Path

from linter.engine.scope.generated import GeneratedAttributes

FILES = {
    "": r"""
# a comment linguist-generated
*.py linguist-generated
/top.py -linguist-generated
a/*.txt linguist-generated=true
a/**/deep.md linguist-generated
**/any.md linguist-generated
b/** linguist-generated
c/ linguist-generated
d linguist-generated
x**y linguist-generated
"with space.txt" linguist-generated text=auto
"quo\"te.txt" linguist-generated
st\*r.txt linguist-generated
[ab]?.c text linguist-generated
[attr]made linguist-generated
!neg.txt linguist-generated
last.txt linguist-generated -linguist-generated
  indented.txt linguist-generated
false.txt linguist-generated=false
trailing.txt linguist-generated  """,
    "a": "*.py -linguist-generated\nreset.txt !linguist-generated\n/here.c linguist-generated\n",
    "a/b": "deep.md -linguist-generated\n*.py linguist-generated\n",
}
PATHS = [
    "x.py",
    "top.py",
    "sub/top.py",
    "a/x.py",
    "a/b/x.py",
    "a/b/c/x.py",
    "a/x.txt",
    "a/b/x.txt",
    "a/reset.txt",
    "a/deep.md",
    "a/b/deep.md",
    "a/c/deep.md",
    "any.md",
    "q/r/any.md",
    "b/x",
    "b/c/x",
    "c/x",
    "d",
    "d/x",
    "e/d",
    "xy",
    "xaay",
    "x/y",
    "x/a/y",
    'quo"te.txt',
    "st*r.txt",
    "star.txt",
    "a1.c",
    "ab.c",
    "c1.c",
    "neg.txt",
    "!neg.txt",
    "last.txt",
    "indented.txt",
    "false.txt",
    "trailing.txt",
    "a/here.c",
    "a/b/here.c",
    "here.c",
    "with space.txt",
    "sub/with space.txt",
]


def test_git_agrees(tmp_path: Path) -> None:
    for folder, text in FILES.items():
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / ".gitattributes").write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    command = ["git", "check-attr", "-z", "linguist-generated", "--", *PATHS]
    output = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout.decode().split("\0")
    by_git = {path: value in ("set", "true") for path, value in zip(output[::3], output[2::3], strict=False)}
    attributes = GeneratedAttributes(FILES.items())
    assert {path: attributes.match(path) for path in PATHS} == by_git
    assert set(by_git.values()) == {True, False}
