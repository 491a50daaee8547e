"""寥寥数字: what so few bytes can show is read; what they cannot is handed on as bytes with what they may say."""

from __future__ import annotations

import base64

import pytest

from tests.domain.mail.test_mail import plain
from yixian.domain.mail.few_bytes import Unclear, read_few
from yixian.domain.mail.mail_parser import read_mail


def read(content: bytes, named: str) -> object:
    return read_mail(plain(base64.encodebytes(content), named, "base64"))


@pytest.mark.parametrize(
    ("text", "written_in", "named"),
    [
        *(("你好", encoding, "utf-8") for encoding in ("utf-8", "gbk")),
        *(("你好", encoding, encoding) for encoding in ("utf-16-le", "utf-16-be")),
        ("你好", "utf-16-le", "utf-16le"),
        ("你好", "utf-16-be", "utf-16be"),
        ("你好", "utf-16-le", "utf-16be"),
        ("土地", "utf-16-le", "x-unknown"),
        ("土地", "utf-16-le", "utf-16"),
        ("ok", "utf-16-le", "utf-8"),
        ("ok", "utf-16-be", "utf-8"),
        ("no", "utf-8", "utf-8"),
        ("yes!", "us-ascii", "gb2312"),
        ("是的", "gbk", "gb2312"),
        ("謝謝", "big5", "big5"),
        ("犇喆", "utf-8", "utf-8"),
        ("犇喆", "gbk", "gbk"),
        ("été!", "iso-8859-1", "iso-8859-1"),
        (":)", "us-ascii", "us-ascii"),
    ],
)
def test_what_only_one_reading_makes_of_it_is_read(text: str, written_in: str, named: str) -> None:
    mail = read(text.encode(written_in), named.replace("utf-16-", "utf-16"))
    assert (mail.text, mail.unclear) == (text, ())


@pytest.mark.parametrize(
    ("content", "named", "readings"),
    [
        ("你好".encode("utf-16-le"), "utf-8", {"你好", "`O}Y"}),
        ("你好".encode("utf-16-le"), "us-ascii", {"你好", "`O}Y"}),
        ("犇".encode("utf-16-be"), "utf-16", {"犇"}),
    ],
)
def test_what_nobody_can_know_is_handed_on_as_it_came(content: bytes, named: str, readings: set[str]) -> None:
    mail = read(content, named)
    assert mail.text == ""
    (unclear,) = mail.unclear
    assert unclear.content == content
    assert readings <= set(unclear.readings)


def test_two_of_them_are_two_mails() -> None:
    one, other = (read(text.encode("utf-16-le"), "utf-8") for text in ("你好", "你们"))
    assert one.said != other.said or not (one.unclear and other.unclear)


@pytest.mark.parametrize("named", ["", "utf-8", "gbk", "big5", "utf-16", "utf-16le", "utf-16be", "latin1"])
def test_whatever_comes_is_read_or_handed_on(named: str) -> None:
    for first in range(0, 256, 5):
        for second in range(256):
            found = read_few(named, bytes((first, second)))
            assert found is None or isinstance(found, str | Unclear)
