"""A SPARQL service that does what a test says, good or bad, and remembers what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

ONE_ROW = b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x"}}]}}'
RESULTS = "application/sparql-results+json"


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> str:
        return parse_qs(self.body.decode()).get("query", [""])[0]


@dataclass
class Reply:
    body: bytes = ONE_ROW
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    """What Content-Length says, where that is not true."""


Script = Callable[[Request], Reply | Iterator[bytes]]


class Scripted(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script
        self.requests: list[Request] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/query"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that have had enough hang up; that is not an error here."""


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = Request(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        self.server.requests.append(request)
        reply = self.server.script(request)
        if not isinstance(reply, Reply):
            self.send_response(200)
            self.send_header("Content-Type", RESULTS)
            self.end_headers()
            for piece in reply:
                self.wfile.write(piece)
            return
        self.send_response(reply.status)
        for name, value in {"Content-Type": RESULTS, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextmanager
def scripted(*script: Script | Reply) -> Iterator[Scripted]:
    """A service that gives these answers in turn, the last one again and again."""
    turns = list(script)

    def answer(request: Request) -> Reply | Iterator[bytes]:
        turn = turns.pop(0) if len(turns) > 1 else turns[0]
        return turn if isinstance(turn, Reply) else turn(request)

    server = Scripted(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
