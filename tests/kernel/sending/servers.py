"""What messages are sent to in the tests: a gateway and a mail server on this machine that remember what they were told."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request to the gateway."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Gateway:
    """Answers with ``status`` and ``answer``, and with 400 to the numbers in ``refused``."""

    url: str = ""
    status: int = 200
    answer: bytes = b'{"ref": "g-1"}'
    headers: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        """The keys of the messages asked for, in order."""
        return [one.body["key"] for one in self.asked]


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway that runs while the block does."""
    told = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(Asked(self.path, dict(self.headers), body))
            self.send_response(400 if body["to"] in told.refused else told.status)
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(told.answer)))
            self.end_headers()
            self.wfile.write(told.answer)

        def do_GET(self) -> None:
            told.asked.append(Asked(self.path, dict(self.headers), {"key": "followed"}))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_address[1]}/send"
        with _running(server):
            yield told


@dataclass
class Post:
    """A mail server's port, and what it took: (sender, recipients, the text as it came over the wire)."""

    port: int = 0
    refuses: bool = False
    taken: list[tuple[str, list[str], str]] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Post]:
    """As much of SMTP (RFC 5321) as it takes to be handed a message."""
    told = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            sender, recipients = "", []
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                if verb == "MAIL":
                    sender = line[10:].split(" ")[0].strip("<>")
                    self._say("250 ok")
                elif verb == "RCPT":
                    recipients.append(line[8:].strip("<>"))
                    self._say(f"550 no such person {line[8:]}" if told.refuses else "250 ok")
                elif verb == "DATA":
                    self._say("354 go on")
                    told.taken.append((sender, recipients, self._text()))
                    self._say("250 taken")
                elif verb == "QUIT":
                    self._say("221 bye")
                    return
                else:
                    self._say("250 ok")

        def _text(self) -> str:
            lines = []
            while (line := self.rfile.readline()) != b".\r\n":
                lines.append(line.decode())
            return "".join(lines)

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        told.port = server.server_address[1]
        with _running(server):
            yield told


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
