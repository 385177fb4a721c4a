"""Symbols of Python modules, `package.module:Qualified.name`, sought under a review file's folder, then its `src`."""

from linter.engine.evidence.refusal import Flaw, Refusal, RefusalError
from linter.engine.evidence.tree import Tree
from linter.model.metrics import Unanalysable
from linter.model.quote import listed, named
from linter.model.snapshot import Entry
from linter.model.words import closest

_ENDINGS = (".py", "/__init__.py", ".pyi", "/__init__.pyi")


def check_symbol(tree: Tree, symbol: str, folder: str, key: str = "") -> None:
    """Refuse a symbol whose module the tree does not have, or that its module does not define."""
    module, _, name = symbol.partition(":")
    entry = _module(tree, module, folder)
    if entry is None:
        raise _missing_module(tree, module, folder, key)
    from linter.adapters.python.names import module_names  # noqa: PLC0415 - ast costs 6 ms

    found = module_names(tree.read(entry, key))
    if isinstance(found, Unanalysable):
        message = f"{named(symbol)} could not be looked up in {entry.path}: {found.reason}"
        raise RefusalError(Refusal(Flaw.UNKNOWN, message, key=key, evidence=entry.path))
    if name in found.names:
        return
    if found.is_open:
        message = f"{entry.path} does not define {named(name)} itself, and only running it tells what else it has"
        hint = "name the module that defines it"
        raise RefusalError(Refusal(Flaw.UNKNOWN, message, hint, key=key, evidence=entry.path))
    near = closest(name, found.names) or tuple(sorted(one for one in found.names if one.endswith("." + name)))[:3]
    hint = f"did you mean {listed([named(f'{module}:{one}') for one in near], 'or')}?" if near else _HINT
    message = f"{entry.path} does not define {named(name)}"
    raise RefusalError(Refusal(Flaw.MISSING, message, hint, key=key, evidence=entry.path, candidates=near))


_MODULE_HINT = "`package.module` is sought in package/module.py and package/module/__init__.py"
_HINT = "name a function, class or variable where it is defined, such as package.module:Class.method"


def _module(tree: Tree, module: str, folder: str) -> Entry | None:
    path = module.replace(".", "/")
    for place in _places(folder):
        for ending in _ENDINGS:
            entry = tree.look(place + path + ending)
            if entry is not None:
                return entry
    return None


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
