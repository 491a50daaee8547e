"""运行: the web server, the background worker and the ticks, started together, watched, and stopped together."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

import click

from yixian.cli.product import open_home, prepare
from yixian.cli.reach import keep_demo_here
from yixian.cli.supervisor import Program, Supervisor, hold

_THREADS = 2
"""Requests a web process works on at once: a slow one does not hold up the other, and more would only wait for the
interpreter (the 95th of a hundred waits longer with four)."""

_LAST_REQUEST_SECONDS = "5"
"""How long a stopping web process may finish its last requests."""

_START_SECONDS = 60.0


def announce_address(address: str) -> None:
    """Say where the pages are."""
    click.echo(f"Yixian answers at {address}  (Ctrl+C stops it)")


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
    announce: Callable[[str], None] = announce_address,
) -> None:
    """Serve the opened home folder (`yixian.cli.product.open_home`) until a signal says stop.

    ``announce`` is called with the address once the pages really answer. Raises `click.ClickException` if the port is
    taken, if the home folder is being served already, or if a process keeps failing.
    """
    home = open_home()
    with hold(home.root / "serving.lock"):
        _require_free(host, port)
        prepare(pages=True)
        reachable = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound
        address = f"http://{reachable}:{port}"
        programs = (
            Program("pages", _web_command(host, port, workers or min(os.cpu_count() or 1, 4))),
            Program("background work", [sys.executable, "-m", "django", "work"]),
            Program("what is due", [sys.executable, "-m", "django", "ticking"]),
        )
        environment = {
            "YIXIAN_HOME": str(home.root),
            "YIXIAN_ADDRESS": os.environ.get("YIXIAN_ADDRESS", address),
        }
        supervisor = Supervisor(programs, os.environ | environment)
        supervisor.run(
            ready=lambda: _answers(reachable, port),
            when_ready=lambda: announce(address),
            within=_START_SECONDS,
        )


def _web_command(host: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *(
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(workers),
            "--blocking-threads",
            str(_THREADS),
        ),
        *(
            "--respawn-failed-workers",
            "--workers-kill-timeout",
            _LAST_REQUEST_SECONDS,
            "--log-level",
            "warning",
        ),
        "yixian.config.wsgi:application",
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


def _answers(host: str, port: int) -> bool:
    """Whether the front page is really answered."""
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
