"""The door to proto-schema-parser: protocol buffer definitions. Imports are not followed."""

from typing import Any, NoReturn

from antlr4.error.ErrorListener import ErrorListener
from proto_schema_parser import ast
from proto_schema_parser.parser import Parser

from linter.model.quote import shown
from linter.model.snapshot import TooLargeError, UnreadableError

_LONGEST = 160


def parse_file(text: str) -> Any:
    """What a .proto file says, without comments. Raises UnreadableError with line and column, TooLargeError."""
    try:
        file = Parser(setup_lexer=_listen, setup_parser=_listen).parse(text)
    except RecursionError as error:
        raise TooLargeError("it is nested too deeply") from error
    if not any(not isinstance(element, ast.Comment) for element in file.file_elements):
        raise UnreadableError("it defines nothing")
    return _bare(file)


class _Listener(ErrorListener):  # type: ignore[misc]
    """Ends at the first fault: the parser itself prints it, goes on, and leaves out what it does not understand."""

    def syntaxError(self, _recognizer: Any, _symbol: Any, line: int, column: int, message: str, _: Any) -> NoReturn:  # noqa: N802
        reason = message.partition(" expecting ")[0]
        raise UnreadableError(f"line {line}, column {column + 1}: {shown(reason, _LONGEST)}")


def _listen(recognizer: Any) -> None:
    recognizer.removeErrorListeners()
    recognizer.addErrorListener(_Listener())


def _bare(node: Any) -> Any:
    """The tree as tuples, without comments."""
    if isinstance(node, list):
        return tuple(_bare(item) for item in node if not isinstance(item, ast.Comment))
    if type(node).__module__ == ast.__name__ and hasattr(node, "__dataclass_fields__"):
        return (type(node).__name__, *(_bare(value) for value in vars(node).values()))
    return node
