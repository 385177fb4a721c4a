"""Symbols of Python modules, `package.module:Qualified.name`, sought under a review file's folder, then its `src`."""

from typing import TYPE_CHECKING

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.model.metrics import Unanalysable
from linter.model.quote import listed, named
from linter.model.snapshot import Entry
from linter.model.words import closest

if TYPE_CHECKING:
    from linter.adapters.python.names import ModuleNames

_ENDINGS = (".py", "/__init__.py", ".pyi", "/__init__.pyi")


def find_module(tree: Tree, symbol: str, folder: str, key: str = "") -> Entry:
    """The file of the module that a symbol is said to stand in; refused where the tree has none."""
    module = symbol.partition(":")[0]
    path = module.replace(".", "/")
    files = filter(None, (tree.look(place + path + ending) for place in _places(folder) for ending in _ENDINGS))
    entry = next(files, None)
    if entry is None:
        raise _missing_module(tree, module, folder, key)
    return entry


def check_symbol(tree: Tree, entry: Entry, symbol: str, key: str = "") -> None:
    """Refuse a symbol that the file of its module does not define."""
    from linter.adapters.python.names import module_names  # noqa: PLC0415 - ast costs 6 ms

    found = module_names(tree.read(entry, key))
    if isinstance(found, Unanalysable):
        message = f"{named(symbol)} could not be looked up in {entry.path}: {found.reason}"
        raise RefusalError(Refusal(Flaw.UNKNOWN, message, key=key, evidence=entry.path))
    if symbol.partition(":")[2] not in found.names:
        raise RefusalError(_undefined(found, entry, symbol, key))


def _undefined(found: "ModuleNames", entry: Entry, symbol: str, key: str) -> Refusal:
    module, _, name = symbol.partition(":")
    if found.may_have(name):
        message = f"{entry.path} does not define {named(name)} itself, and only running it tells what else it has"
        return Refusal(Flaw.UNKNOWN, message, "name it where it is defined", key=key, evidence=entry.path)
    near = closest(name, found.names) or tuple(sorted(one for one in found.names if one.endswith("." + name)))[:3]
    hint = f"did you mean {listed([named(f'{module}:{one}') for one in near], 'or')}?" if near else _HINT
    message = f"{entry.path} does not define {named(name)}"
    return Refusal(Flaw.MISSING, message, hint, key=key, evidence=entry.path, candidates=near)


_MODULE_HINT = "`package.module` is sought in package/module.py and package/module/__init__.py"
_HINT = "name a function, class or variable where it is defined, such as package.module:Class.method"


def _places(folder: str) -> tuple[str, str]:
    start = folder + "/" if folder else ""
    return start, start + "src/"


def _missing_module(tree: Tree, module: str, folder: str, key: str) -> RefusalError:
    first, second = _places(folder)
    path = module.replace(".", "/") + ".py"
    near = tree.suggest(second + path, folder) or tree.suggest(first + path, folder)
    hint = f"did you mean what is in {listed([named(one) for one in near], 'or')}?" if near else _MODULE_HINT
    message = f"there is no Python module {named(module)} in {folder or 'the root of the repository'} or its `src`"
    return RefusalError(Refusal(Flaw.MISSING, message, hint, key=key, evidence=first + path, candidates=near))
