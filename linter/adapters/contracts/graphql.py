"""The door to graphql-core: schemas in GraphQL's schema definition language."""

from graphql.error import GraphQLSyntaxError
from graphql.language import DocumentNode, TypeSystemDefinitionNode, TypeSystemExtensionNode, parse

from linter.model.quote import shown
from linter.model.snapshot import TooLargeError, UnreadableError

_MAX_TOKENS = 200_000
_LONGEST = 160


def parse_schema(text: str) -> DocumentNode:
    """The syntax tree of a schema. Only the syntax is judged: a schema may extend others (federation).

    Raises UnreadableError with line and column, TooLargeError.
    """
    try:
        document = parse(text, no_location=True, max_tokens=_MAX_TOKENS)
    except GraphQLSyntaxError as error:
        reason = error.message.removeprefix("Syntax Error: ")
        if "Parsing aborted" in reason:
            raise TooLargeError(f"it is too large or nested too deeply: {shown(reason, _LONGEST)}") from error
        line, column = error.locations[0] if error.locations else (1, 1)
        raise UnreadableError(f"line {line}, column {column}: {shown(reason, _LONGEST)}") from error
    if not all(isinstance(node, TypeSystemDefinitionNode | TypeSystemExtensionNode) for node in document.definitions):
        raise UnreadableError("it holds a query, not only a schema")
    return document
