"""Servers on loopback that git fetches from: `git http-backend` over TLS, `git daemon`, and one that says nothing."""

import base64
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LOCALHOST = "127.0.0.1"


def certificate(folder: Path) -> Path:
    """A certificate for loopback, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    uses = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"))
    signs = dict.fromkeys(("digital_signature", "content_commitment", "key_cert_sign", "crl_sign"), True)
    extensions: list[x509.ExtensionType] = [
        x509.BasicConstraints(ca=True, path_length=None),
        x509.KeyUsage(**dict.fromkeys(uses, False), **signs),
        x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()),
        x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOCALHOST)), x509.DNSName("localhost")]),
    ]
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - timedelta(days=2)).not_valid_after(today + timedelta(days=2))
    for extension in extensions:
        builder = builder.add_extension(
            extension, critical=isinstance(extension, x509.BasicConstraints | x509.KeyUsage)
        )
    pem = serialization.Encoding.PEM
    form = (pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "loopback.pem"
    file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(pem) + key.private_bytes(*form))
    return file


class _Server(ThreadingHTTPServer):
    """Closes at its end what clients have left open: the collector would complain of it amid other tests."""

    daemon_threads = True

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._accepted: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        request, address = super().get_request()
        self._accepted.append(request)
        return request, address

    def server_close(self) -> None:
        super().server_close()
        for request in self._accepted:
            with suppress(OSError):  # who reads from it just now reads to its end
                request.shutdown(socket.SHUT_RDWR)
            request.close()


@contextmanager
def tls_server(pem: Path, handler: type[BaseHTTPRequestHandler]) -> Iterator[ThreadingHTTPServer]:
    """A web server with that handler; its port is `server_port`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = _Server((LOCALHOST, 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class GitServer:
    """What stands in `root` is served at `url`: with `password` set, only to those who know it, whatever their name.
    While it `is_stalling`, nobody gets an answer.
    """

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.url = f"https://{LOCALHOST}:{port}"
        self.host = f"{LOCALHOST}:{port}"
        self.password = ""
        self.is_stalling = threading.Event()
        self.requests: list[str] = []


@contextmanager
def git_server(pem: Path, root: Path) -> Iterator[GitServer]:
    """Git's own http-backend behind a web server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        state: GitServer

        def do_GET(self) -> None:
            self.state.requests.append(f"{self.command} {self.path}")
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            while self.state.is_stalling.is_set():
                time.sleep(0.05)
            if self.state.password and not self.is_allowed():
                self.reply("401 Unauthorized", {"WWW-Authenticate": 'Basic realm="git"'}, b"")
                return
            head, _, content = self.backend(body).partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
            self.reply(headers.pop("Status", "200 OK"), headers, content)

        do_POST = do_GET

        def is_allowed(self) -> bool:
            given = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic "))
            return given.partition(b":")[2].decode() == self.state.password

        def backend(self, body: bytes) -> bytes:
            path, _, query = self.path.partition("?")
            environment = {
                "GIT_PROJECT_ROOT": str(self.state.root), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
                "QUERY_STRING": query, "REQUEST_METHOD": self.command, "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_ADDR": LOCALHOST,
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }  # fmt: skip
            command = ["git", "-c", "safe.directory=*", "http-backend"]
            return subprocess.run(
                command, input=body, env={**os.environ, **environment}, capture_output=True, check=False
            ).stdout

        def reply(self, status: str, headers: dict[str, str], content: bytes) -> None:
            code, _, reason = status.partition(" ")
            self.send_response(int(code), reason)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with tls_server(pem, Handler) as server:
        Handler.state = GitServer(root, server.server_port)
        try:
            yield Handler.state
        finally:
            Handler.state.is_stalling.clear()


@contextmanager
def git_daemon(root: Path) -> Iterator[str]:
    """The address of a `git daemon` over what stands in `root`."""
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        port = probe.getsockname()[1]
    place = ("--export-all", f"--base-path={root}", f"--listen={LOCALHOST}", f"--port={port}", "--reuseaddr")
    process = subprocess.Popen(["git", "daemon", *place], stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield f"git://{LOCALHOST}:{port}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def silent_server() -> Iterator[str]:
    """The address (host and port) of a server that takes every connection and never says a word."""
    with socket.socket() as listening:
        listening.bind((LOCALHOST, 0))
        listening.listen(16)
        yield f"{LOCALHOST}:{listening.getsockname()[1]}"


def wait_for_port(port: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection((LOCALHOST, port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, f"nothing listens at {port}"
            time.sleep(0.02)
        else:
            return
