"""The yaml-language-server, as editors talk to it: JSON-RPC over its standard streams."""

import json
import os
import select
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.repository import PROJECT

FOLDER = PROJECT / "tests" / "editor"
INSTALL = f"npm ci --prefix {FOLDER.relative_to(PROJECT)}"
"""The command that installs the server which the tests are about."""

PATIENCE = 120
"""Seconds after which a server has hung."""


NO_STORE = {"enable": False}


class Place(NamedTuple):
    """A position in a text; lines and characters count from 0."""

    line: int
    character: int


class Editor:
    """One open document."""

    def __init__(self, server: "subprocess.Popen[bytes]", path: Path, settings: dict[str, Any]) -> None:
        self.server, self.uri, self.settings = server, path.as_uri(), settings
        self.requests, self.version = 0, 0
        self.diagnostics: dict[int, list[dict[str, Any]]] = {}

    def open(self, text: str) -> list[dict[str, Any]]:
        """Show a text, instead of the one before; returns what the server thinks is wrong with it."""
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        if self.version == 1:
            document = {**document, "languageId": "yaml", "text": text}
            self.notify("textDocument/didOpen", textDocument=document)
        else:
            self.notify("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        while self.version not in self.diagnostics:
            self._read()
        return self.diagnostics[self.version]

    def completions(self, text: str) -> dict[str, str]:
        """What is offered at the place of `text` that `|` marks: what it is called, and its documentation."""
        offered = self._ask("textDocument/completion", text)
        items = offered["items"] if isinstance(offered, dict) else offered
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def hover(self, text: str) -> str:
        """What is shown when the mouse is at the place of `text` that `|` marks."""
        shown = self._ask("textDocument/hover", text)
        return _plain(shown["contents"]) if shown else ""

    def request(self, method: str, **parameters: Any) -> Any:
        self.requests += 1
        self._send(id=self.requests, method=method, params=parameters)
        while "result" not in (answer := self._read()) or answer["id"] != self.requests:
            assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, **parameters: Any) -> None:
        self._send(method=method, params=parameters)

    def _ask(self, method: str, text: str) -> Any:
        before, _, after = text.partition("|")
        self.open(before + after)
        place = Place(before.count("\n"), len(before) - before.rfind("\n") - 1)
        return self.request(method, textDocument={"uri": self.uri}, position=place._asdict())

    def _send(self, **message: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.server.stdin is not None
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.server.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered, what it says of the document is kept."""
        message: dict[str, Any] = json.loads(self._content())
        method, parameters = message.get("method"), message.get("params")
        if method == "workspace/configuration":
            assert parameters is not None
            answer = [self.settings.get(item.get("section"), {}) for item in parameters["items"]]
            self._send(id=message["id"], result=answer)
        elif method is not None and "id" in message:
            self._send(id=message["id"], result=None)
        elif method == "textDocument/publishDiagnostics" and parameters is not None:
            self.diagnostics[parameters.get("version", self.version)] = parameters["diagnostics"]
        return message

    def _content(self) -> bytes:
        output = self.server.stdout
        assert output is not None
        assert select.select([output], [], [], PATIENCE)[0], "the server has not answered"
        length = 0
        while line := output.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        return output.read(length)


def program() -> str | None:
    """The server that the tests are about, else the one of this machine, if there is one."""
    own = FOLDER / "node_modules" / ".bin" / "yaml-language-server"
    return str(own) if own.exists() and shutil.which("node") else shutil.which("yaml-language-server")


@contextmanager
def editor(
    command: str, path: Path, schemas: Mapping[str, str], store: Mapping[str, Any] = NO_STORE
) -> Iterator[Editor]:
    """An editor with one document. Its settings have schemas for patterns of names, and a catalogue of schemas."""
    yaml = {"validate": True, "hover": True, "completion": True, "schemaStore": store, "schemas": schemas}
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([command, "--stdio"], env=environment, **pipes) as server:
        try:
            opened = Editor(server, path, {"yaml": yaml})
            capabilities = {"workspace": {"configuration": True}, "textDocument": {"hover": {}, "completion": {}}}
            opened.request("initialize", processId=None, rootUri=path.parent.as_uri(), capabilities=capabilities)
            opened.notify("initialized")
            opened.notify("workspace/didChangeConfiguration", settings={"yaml": yaml})
            yield opened
        finally:
            server.kill()


def _plain(content: Any) -> str:
    return content["value"] if isinstance(content, dict) else str(content)
