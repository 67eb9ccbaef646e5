"""A web server of the tests on loopback: answers by path, a note of what was asked."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]


@dataclass
class Asked:
    """One request; an answer writes through it."""

    handler: BaseHTTPRequestHandler
    path: str
    headers: Mapping[str, str]

    def reply(self, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def drip(self, pieces: Iterator[bytes], *, every: float) -> None:
        for piece in pieces:
            self.handler.wfile.write(piece)
            self.handler.wfile.flush()
            time.sleep(every)


@dataclass
class Server:
    """A running server; `asked` are the paths in the order of their requests."""

    port: int
    answers: dict[str, Answer]
    asked: list[Asked] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


def text(body: str | bytes, **headers: str) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return lambda asked: asked.reply(data, **headers)


def redirect(to: str, status: int = 302) -> Answer:
    return lambda asked: asked.reply(status=status, Location=to)


@contextmanager
def serving(*, host: str = "127.0.0.1", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server at an address of loopback; with a context, it speaks TLS."""
    server = Server(0, {})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self, self.path, {name.lower(): value for name, value in self.headers.items()})
            server.asked.append(asked)
            server.times.append(time.monotonic())
            answer = server.answers.get(self.path.partition("?")[0]) or server.answers.get("*")
            try:
                if answer is None:
                    asked.reply(status=404)
                else:
                    answer(asked)
            except OSError:  # the client has gone: that is what many of the tests are about
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def finish_request(self, request: Any, address: Any) -> None:
            secure = request if context is None else context.wrap_socket(request, server_side=True)
            super().finish_request(secure, address)
            if context is not None:
                secure.close()

        def handle_error(self, *_: Any) -> None:
            """A client that hangs up is no error here."""

    listening = Quiet((host, 0), Handler)
    server.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
