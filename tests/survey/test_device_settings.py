"""The code on a device's paper: what ODK Collect scans, with the secret that the server itself does not keep."""

from __future__ import annotations

import base64
import io
import json
import zlib
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.db import connection

from tests.starting_states import StartingState
from tests.survey.yard import AT, Yard, make_yard
from yixian.survey.device_settings import device_code, device_qr
from yixian.survey.queries import device_with_secret

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
yard = StartingState(make_yard).fixture()
SERVER = "https://yixian.example.gov.cn/"


def test_the_code_is_collects_settings_with_this_server_and_device(yard: Yard) -> None:
    code = device_code(yard.device, yard.secret, server=SERVER)
    settings = json.loads(zlib.decompress(base64.b64decode(code, validate=True)))
    general = settings["general"]
    assert general["protocol"] == "odk_default"
    assert general["server_url"] == "https://yixian.example.gov.cn/openrosa"
    assert general["username"] == f"device-{yard.device.pk}"
    assert device_with_secret(general["password"], at=AT) == yard.device
    assert settings["admin"]["change_server"] is False
    assert settings["project"]["name"] == "实物调查 一组"


def test_the_code_is_drawn_small_enough_to_be_scanned(yard: Yard) -> None:
    root: Element = ElementTree.fromstring(device_qr(yard.device, yard.secret, server=SERVER))
    modules = int(root.attrib["viewBox"].split()[2])
    assert 40 < modules <= 101  # version 20 and its quiet zone at most: a phone reads it off a screen


def test_the_secret_stands_in_no_table(yard: Yard) -> None:
    dump = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            dump.write(repr(cursor.fetchall()))
    assert yard.device.secret_sha256 in dump.getvalue()
    assert yard.secret not in dump.getvalue()
