"""真的服务: the web server that `yixian serve` runs, on a home and a database of its own, to be killed or held up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from scripts.private_postgres import private_postgres
from tests.browser.house import free_port
from yixian.cli.serve import web_command

_MAKE = """
import sys
from datetime import date
from yixian.cli.product import open_home, prepare
open_home(sys.argv[1]); prepare(pages=True)
from yixian.domain.areas import AreaLevel, child_path
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import (Area, Organisation)
province = Area.objects.create(level=AreaLevel.PROVINCE, name="云岭省", code="53", path=child_path("", 1))
county = Area.objects.create(
    level=AreaLevel.COUNTY, name="两河县", code="530699", parent=province, path=child_path(province.path, 1))
Organisation.objects.create(
    code="P1", name="两河县信访局", kind=OrganisationKind.PETITION_OFFICE, area=county, valid_from=date(2020, 1, 1))
"""


@dataclass(frozen=True)
class Product:
    """A home folder with a county that has somebody to take matters, and the environment in which programs find it."""

    home: Path
    environment: Mapping[str, str]

    def program(self, source: str) -> str:
        """What a program prints that works on the home folder."""
        command = [sys.executable, "-c", source, str(self.home)]
        own = {**self.environment, "YIXIAN_HTTPS": "0"}
        result = subprocess.run(command, check=False, capture_output=True, text=True, env=own)
        assert result.returncode == 0, result.stderr
        return result.stdout

    @contextmanager
    def serving(self, workers: int, *more: str) -> Iterator[tuple[int, int]]:
        """The web server: its port and its process id. ``more`` are options of Granian's."""
        port = free_port()
        command = [*web_command("127.0.0.1", port, workers), *more]
        with subprocess.Popen(command, env=dict(self.environment), start_new_session=True) as process:
            try:
                yield port, process.pid
            finally:
                os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def made_product(home: Path) -> Iterator[Product]:
    """A product on the kind of database that the tests run on, behind a proxy that says where people come from."""
    dropped = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "YIXIAN_HOME"}
    environment = {key: value for key, value in os.environ.items() if key not in dropped}
    environment |= {
        "YIXIAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "yixian.config.settings",
        "YIXIAN_HTTPS": "1",
    }
    with private_postgres(in_a_hurry=False) if connection.vendor == "postgresql" else nullcontext("") as url:
        product = Product(home, environment | ({"DATABASE_URL": url} if url else {}))
        product.program(_MAKE)
        yield product
