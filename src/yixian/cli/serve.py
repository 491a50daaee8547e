"""运行: the web server and the background process, started together, watched, and stopped together."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from typing import NoReturn

import click

from yixian.cli.product import open_home, prepare
from yixian.cli.reach import keep_demo_here
from yixian.cli.supervise import Plan, become_supervisor
from yixian.cli.supervisor import hold

_HEADER_MILLISECONDS = "15000"
"""How long a connection may be silent before a request, or take over its head."""

_LAST_REQUEST_SECONDS = "5"
"""How long a stopping web process may finish its last requests."""


def address_line(address: str) -> str:
    """Where the pages are, in a sentence."""
    return f"Yixian answers at {address}  (Ctrl+C stops it)"


@click.command()
@click.option(
    "--home", type=click.Path(file_okay=False), help="Home folder (default: $YIXIAN_HOME or ./var)."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="Web processes (default: one per core, at most 4)."
)
def serve(home: str | None, host: str, port: int, workers: int | None) -> None:
    """Run the pages, the background work and what is due in a home folder until Ctrl+C."""
    keep_demo_here(open_home(home).root, host)
    run_server(port, host, workers)


def run_server(
    port: int,
    host: str = "127.0.0.1",
    workers: int | None = None,
    *,
    announcement: Callable[[str], str] = address_line,
) -> NoReturn:
    """Serve the opened home folder (`yixian.cli.product.open_home`) until a signal says stop; this process does nothing else.

    ``announcement`` words, for the address, what is said once the pages really answer. Raises `click.ClickException` if the
    port is taken or the home folder is being served already; if a process keeps failing, the supervisor ends with 1.
    """
    home = open_home()
    with hold(home.root / "serving.lock") as lock:
        _require_free(host, port)
        prepare(pages=True)
        reachable = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
        address = f"http://{reachable}:{port}"
        programs = (
            ("pages", web_command(host, port, workers or min(os.cpu_count() or 1, 4))),
            ("background work", [sys.executable, "-m", "django", "work"]),
        )
        os.environ["YIXIAN_HOME"] = str(home.root)
        os.environ.setdefault("YIXIAN_ADDRESS", address)
        become_supervisor(Plan(programs, reachable, port, announcement(address)), lock)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The command that starts the web processes of an opened home folder."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "rsgi", "--no-ws", "--task-impl", "asyncio"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--http1-header-read-timeout", _HEADER_MILLISECONDS, "--respawn-failed-workers"),
        *("--workers-kill-timeout", _LAST_REQUEST_SECONDS, "--log-level", "warning"),
        "yixian.config.server:app",
    ]


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). Choose another: --port {port + 1}"
            ) from error
