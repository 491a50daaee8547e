"""Behind Debian's nginx with TLS, configured as the guide says: what is refused, what is set, and who is told apart."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.house import free_port
from tests.kills.served import Product, made_product
from tests.kills.test_held_up import SLOW_CLIENTS, await_server

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
HOST = "county.example"


@dataclass(frozen=True)
class Front:
    """nginx, with a certificate that nobody else trusts."""

    plain: int
    secure: int
    certificate: Path

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        """An answer, read to its end."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=30)
        context = ssl.create_default_context(cafile=str(self.certificate))
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.secure), timeout=30), server_hostname=HOST
        )
        connection.request(method, path, body, {"Host": HOST, **headers})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    def handshake(self, *options: str) -> str:
        """What OpenSSL says of a connection."""
        command = [
            "openssl",
            "s_client",
            "-connect",
            f"127.0.0.1:{self.secure}",
            "-servername",
            HOST,
            *options,
        ]
        done = subprocess.run(command, input="", check=False, capture_output=True, text=True, timeout=30)
        return done.stdout + done.stderr


@contextmanager
def nginx(folder: Path, behind: int) -> Iterator[Front]:
    """The guide's own configuration, on free ports."""
    assert shutil.which("nginx"), "nginx is not installed: sudo apt-get install nginx-light"
    key, certificate = folder / "key.pem", folder / "fullchain.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    names = ["-addext", f"subjectAltName=DNS:{HOST}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names], check=True, capture_output=True)
    front = Front(free_port(), free_port(), certificate)
    (block,) = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    block = re.sub(r"\n *listen \[::\][^\n]*", "", block)
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{front.plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{front.secure} "),
        (f"/etc/ssl/{HOST}/", f"{folder}/"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        assert old in block, old
        block = block.replace(old, new)
    places = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root; " if os.geteuid() == 0 else ""  # the folder is nobody else's
    head = f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    (folder / "nginx.conf").write_text(
        f"{head}http {{ access_log off; large_client_header_buffers 4 16k; {places}\n{block}}}\n",
        encoding="utf-8",
    )
    with subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL) as process:
        try:
            await_server(front.plain)
            yield front
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture
def front(db: None, tmp_path: Path) -> Iterator[Front]:
    """The product behind nginx."""
    with made_product(tmp_path / "home") as alone:
        product = Product(alone.home, {**alone.environment, "YIXIAN_HOSTS": HOST})
        with product.serving(1) as (port, _pid), nginx(tmp_path, port) as made:
            await_server(port)
            yield made


class SlowTlsClient:
    """Says that a megabyte comes, and sends a byte."""

    def __init__(self, front: Front) -> None:
        context = ssl.create_default_context(cafile=str(front.certificate))
        self.socket = context.wrap_socket(
            socket.create_connection(("127.0.0.1", front.secure)), server_hostname=HOST
        )
        self.socket.sendall(f"POST /c/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000000\r\n\r\na".encode())


@pytest.mark.proof(cases=1, slice=0)
def test_it_is_as_the_guide_says(cases: Iterator[int], front: Front) -> None:
    """Protocols, headers, cookies, addresses, sizes and slow clients."""
    for _case in cases:
        assert_only_tls_of_today(front)
        assert_headers_and_cookies(front)
        assert_sizes(front)
        slow = [SlowTlsClient(front) for _one in range(SLOW_CLIENTS)]
        assert front.ask("GET", "/").status == 200
        for client in slow:
            client.socket.close()
        assert_nobody_says_where_they_come_from(front)


def assert_only_tls_of_today(front: Front) -> None:
    """1.2 and 1.3 with forward secrecy and authenticated encryption; nothing else."""
    for protocol, answer in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
        assert f"New, {answer}" in front.handshake(protocol)
    for old in (["-tls1"], ["-tls1_1"]):
        assert "alert protocol version" in front.handshake(*old, "-cipher", "DEFAULT@SECLEVEL=0")
    for weak in ("AES128-SHA", "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA"):
        assert "handshake failure" in front.handshake("-tls1_2", "-cipher", f"{weak}:@SECLEVEL=0")


def assert_headers_and_cookies(front: Front) -> None:
    """HTTP leads to HTTPS, which is kept for a year; cookies belong to this host alone."""
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=30)
    connection.request("GET", "/policy/", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{HOST}/policy/")
    connection.close()
    page = front.ask("GET", "/accounts/login/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert page.headers["Server"] == "nginx"
    cookies = page.headers.get_all("Set-Cookie") or []
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"secure", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert front.ask("GET", "/", Host="elsewhere.example").status == 400


def assert_sizes(front: Front) -> None:
    """What is too large is refused by whoever meets it first."""
    assert front.ask("POST", "/c/", b"a" * 4_000_000).status == 413
    assert front.ask("POST", "/c/", b"", **{"Content-Length": str(300 << 20)}).status == 413


def assert_nobody_says_where_they_come_from(front: Front) -> None:
    """Wrong cards from one network are slowed down, whatever X-Forwarded-For they send."""
    statuses = []
    for number in range(7):
        fields = urlencode({"code": "1234567890123456", "pin": "654321"}).encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"203.0.113.{number}",
            "Origin": f"https://{HOST}",
        }
        statuses.append(front.ask("POST", "/c/", fields, **headers).status)
    assert statuses == [404] * 5 + [429] * 2
