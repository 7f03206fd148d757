"""Language models for tests, each on a port of its own: slow, wrong, hostile, silent, or as a test behaves."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@contextmanager
def model(behave: Behaviour) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that answers as `behave` does. Gives its address and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(body | {"_key": self.headers.get("Authorization", ""), "_path": self.path})
            with suppress(BrokenPipeError, ConnectionResetError):
                behave(self, body)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def say(handler: BaseHTTPRequestHandler, answer: Any) -> None:
    """`answer` (words, or what becomes JSON) in the envelope of such servers."""
    content = answer if isinstance(answer, str) else json.dumps(answer)
    send(handler, json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode())


def data_of(body: dict[str, Any]) -> dict[str, Any]:
    """The quoted data of a question."""
    found: dict[str, Any] = json.loads(body["messages"][1]["content"])
    return found


def silent(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    time.sleep(5)


def dripping(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def dripping_headers(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: a\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.05)


def flooding(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(4000):
        handler.wfile.write(b"x" * 65536)


def redirecting(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://169.254.169.254/latest/")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def broken(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    send(handler, b"\xff\xfe not json")


def failing(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    send(handler, b"{}", 500)


def odd(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    send(handler, b'{"choices": [{"message": {"content": {"a": 1}}}]}')


def chatting(handler: BaseHTTPRequestHandler, _body: dict[str, Any]) -> None:
    say(handler, "I am sorry, as a language model I would rather talk about the weather.")
