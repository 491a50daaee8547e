"""来信识别: a letter is read well enough to be worth confirming, on this machine alone, and only when one is read."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.kernel.received.pictures import jpeg
from yixian.kernel.errors import Invalid
from yixian.kernel.received import letter_recognition
from yixian.kernel.received.letter_recognition import LetterUnread, Proposal, can_read_letters, propose_text
from yixian.kernel.received.photographs import photograph_of
from yixian.kernel.received.upload import Upload

LETTER = """移民局的同志：
您好！我叫张小芳，住在黄坪村三组。
二〇一三年我家修了砖混结构的住房，
一百二十平方米，附属房三十五平方米。
今年三月丈量的时候只登记了八十六平方米，
果树一百零四棵也没有算进去。
我去村里问过两次，都说要等上面的政策。
请派人重新丈量，把少算的补给我们，
并且告诉我们什么时候能有答复。
联系电话：13800138000
张小芳
2026年3月5日"""


def written(text: str, face: str) -> Image.Image:
    """A sheet with a text on it in one of the fonts that the house prints with."""
    path, index = subprocess.run(
        ["fc-match", "-f", "%{file}|%{index}", face], check=True, capture_output=True, text=True
    ).stdout.split("|")
    assert "CJK" in path, "the fonts of the house are not installed"
    font = ImageFont.truetype(path, 40, index=int(index) & 0xFFFF)
    sheet = Image.new("RGB", (1100, 1500), "#f6f1e4")
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(text.split("\n")):
        draw.text((90, 100 + number * 100), line, "#20202c", font=font)
    return sheet


def photographed(sheet: Image.Image) -> bytes:
    """The sheet as a hand-held telephone shows it: a little turned, a little out of focus, unevenly lit, compressed."""
    turned = sheet.rotate(1.5, Image.Resampling.BICUBIC, expand=True, fillcolor="#7a6a58")
    light = Image.linear_gradient("L").resize(turned.size).point(lambda shade: 170 + shade // 3)
    lit = Image.composite(turned, Image.new("RGB", turned.size, "black"), light)
    grain = Image.frombytes("L", (275, 375), random.Random(5).randbytes(275 * 375)).resize(lit.size)
    grainy = Image.blend(lit, grain.convert("RGB"), 0.06).filter(ImageFilter.GaussianBlur(0.8))
    buffer = BytesIO()
    grainy.save(buffer, "JPEG", quality=70)
    return photograph_of(Upload("letter.jpg", buffer.getvalue())).content


def recall(truth: str, read: str) -> float:
    """The share of the characters that were written which are read, in their order."""
    truth, read = ("".join(text.split()) for text in (truth, read))
    blocks = SequenceMatcher(None, truth, read, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(truth)


def test_recall_counts_what_is_missing() -> None:
    assert recall("一二三四", "一 二\n三四五") == 1
    assert recall("一二三四", "一三四") == 0.75
    assert recall("一二三四", "") == 0


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_options: Any) -> Any:
        raise AssertionError("something wants to leave this machine")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.slow
@pytest.mark.parametrize("face", ["Noto Serif CJK SC", "Noto Sans CJK SC"])
def test_a_letter_is_read_on_this_machine_alone(no_network: None, face: str) -> None:
    assert can_read_letters()
    letter_recognition._engine.cache_clear()
    proposal = propose_text(photographed(written(LETTER, face)))
    assert recall(LETTER, proposal.text) > 0.9
    assert proposal.text == "\n".join(line.text for line in proposal.lines)
    assert [line.top for line in proposal.lines] == sorted(line.top for line in proposal.lines)
    assert all(0 <= line.confidence <= 1 and line.left < line.right for line in proposal.lines)


def test_a_picture_without_writing_proposes_nothing() -> None:
    assert propose_text(jpeg(400, 300, colour="white")) == Proposal("", ())


@pytest.mark.parametrize("content", [b"", b"<svg/>", jpeg(800, 600)[:500], b"\x89PNG\r\n\x1a\n"])
def test_only_what_the_house_made_is_looked_at(content: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        propose_text(content)
    assert caught.value.key == "letter.picture"


def test_a_house_without_the_engine_says_so_and_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letter_recognition, "_ENGINE", "no_such_engine_here")
    letter_recognition._engine.cache_clear()
    assert not can_read_letters()
    with pytest.raises(LetterUnread) as caught:
        propose_text(jpeg())
    assert caught.value.key == "letter.engine"
    letter_recognition._engine.cache_clear()


def test_the_engine_is_not_loaded_before_a_letter_is_read() -> None:
    heavy = "{'rapidocr', 'onnxruntime', 'cv2'}"
    begin = "import sys, yixian.kernel.received.letter_recognition as one; one.can_read_letters()"
    code = f"{begin}; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
