"""录音: a public text is played in the languages in which the county recorded it, and said not to be where it did not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.kernel.received.voice_note_samples import recorded
from tests.web.staff.county import County
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event
from yixian.kernel.received.upload import Upload
from yixian.kernel.received.voice_notes import VoiceNote, voice_note_of
from yixian.policies.actions.add_recording import add_recording, withdraw_recording
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.codes import new_once
from yixian.policies.models import Recording
from yixian.policies.public_texts import public_text, public_texts
from yixian.registry.choices import Language
from yixian.registry.models import Household

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
DOCUMENT = "document:danjiangkou-2009/D2009-215"
PAGE = "/policy/documents/danjiangkou-2009/D2009-215/"
SOUND = recorded("wav", 0.5)


@pytest.fixture(autouse=True)
def some_speak_yi(county: County) -> None:
    """Yi is the one language beside Mandarin that somebody of the county speaks at home."""
    Household.objects.update(language=Language.MANDARIN)
    Household.objects.filter(pk=Household.objects.order_by("pk")[0].pk).update(language=Language.YI)


def words(response: HttpResponse) -> str:
    return response.content.decode()


def given(key: str, language: str = "iii") -> dict[str, object]:
    sound = SimpleUploadedFile("yi.wav", SOUND, "audio/wav")
    text = public_text(key, AT.date())
    return {"words": text.sha256, "language": language, "spoken_by": "村广播员", "recording": sound}


def answered(county: County, asked: str) -> None:
    """A question that the desk answered for everybody."""
    row = submit_question(asked, new_once(), QuestionChannel.PORTAL, actor=PUBLIC, at=AT)
    given = AnswerInput(AnswerOutcome.NOT_DECIDED, "照表补偿。", names_nobody=True, public_zh=asked)
    answer_question(row.question_id, given, actor=actor_for(county.users["clerk"], at=AT), at=AT)


def test_a_page_says_in_which_languages_it_is_spoken(county: County, browse: Callable[[str], Client]) -> None:
    visitor = Client()
    for path in ("/", PAGE, "/how-long/"):
        assert "这一页还没有彝语的录音" in words(visitor.get(path)), path
    assert "彝语的录音" not in words(visitor.get("/offices/")), "a list is no text"

    clerk = browse("clerk")
    form = clerk.get(f"/staff/recordings/of/{DOCUMENT}/")
    assert "要念的文字" in words(form)
    assert clerk.post(f"/staff/recordings/of/{DOCUMENT}/", given(DOCUMENT)).status_code == 302
    kept = Recording.objects.get()
    assert (kept.language, kept.spoken_by, kept.seconds) == ("iii", "村广播员", 1)
    assert "有录音" in words(clerk.get("/staff/recordings/"))

    page = words(visitor.get(PAGE))
    assert "还没有彝语的录音" not in page
    assert f"/recordings/{kept.pk}.mp3" in page
    assert "ꆈꌠꉙ" in page
    assert "村广播员念" in page
    assert "这一页的文字改过" not in page
    played = visitor.get(f"/recordings/{kept.pk}.mp3", headers={"Range": "bytes=0-9"})
    assert (played.status_code, len(played.content), played["Content-Type"]) == (206, 10, "audio/mpeg")
    event = Event.objects.get(kind="recording.added")
    assert event.data["text"] == DOCUMENT


def test_a_recording_of_other_words_is_said_to_be_stale(county: County) -> None:
    Recording.objects.create(
        text=DOCUMENT, text_sha256="0" * 64, language="iii", spoken_by="广播站", file="recordings/none.mp3",
        sha256="0" * 64, seconds=70, added_by=county.users["clerk"], added_at=AT,
    )  # fmt: skip
    page = words(Client().get(PAGE))
    assert "录音以后，这一页的文字改过" in page
    assert "1:10" in page


def test_a_withdrawn_recording_is_played_to_nobody(county: County, browse: Callable[[str], Client]) -> None:
    clerk = browse("clerk")
    key = "page:portal:home"
    clerk.post(f"/staff/recordings/of/{key}/", given(key))
    kept = Recording.objects.get()
    assert f"/recordings/{kept.pk}.mp3" in words(Client().get("/"))
    assert clerk.get(f"/staff/recordings/{kept.pk}/withdraw/").status_code == 200
    assert clerk.post(f"/staff/recordings/{kept.pk}/withdraw/", {"reason": "念错了"}).status_code == 302
    assert Client().get(f"/recordings/{kept.pk}.mp3").status_code == 404
    assert "这一页还没有彝语的录音" in words(Client().get("/"))
    assert clerk.post(f"/staff/recordings/{kept.pk}/withdraw/", {"reason": "再撤"}).status_code == 404


def test_what_is_no_recording_is_refused(browse: Callable[[str], Client]) -> None:
    clerk = browse("clerk")
    sent = given(DOCUMENT) | {"recording": SimpleUploadedFile("yi.mp3", b"<html>", "audio/mpeg")}
    refused = clerk.post(f"/staff/recordings/of/{DOCUMENT}/", sent)
    assert refused.status_code == 422
    assert "不是单纯的录音" in words(refused)
    assert clerk.get("/staff/recordings/of/document:none/none/").status_code == 404
    assert not Recording.objects.exists()


def test_only_the_bureau_adds_and_withdraws_what_it_has_before_it(county: County) -> None:
    cadre = actor_for(county.users["cadre"], at=AT)
    sha256 = public_text(DOCUMENT, AT.date()).sha256
    sound = Upload("yi.wav", SOUND)
    with pytest.raises(NotPermitted):
        add_recording(DOCUMENT, "iii", sound, words_sha256=sha256, spoken_by="我", actor=cadre, at=AT)
    with pytest.raises(NotPermitted):
        withdraw_recording(1, "为什么", actor=cadre, at=AT)
    clerk = actor_for(county.users["clerk"], at=AT)
    with pytest.raises(Refused):
        add_recording(DOCUMENT, "iii", sound, words_sha256="0" * 64, spoken_by="我", actor=clerk, at=AT)


def test_every_text_has_words_in_chinese(county: County) -> None:
    texts = public_texts(AT.date())
    assert {text.key.partition(":")[0] for text in texts} >= {"page", "document"}
    for text in texts:
        assert public_text(text.key, AT.date()) == text
        assert len(text.words) > 40, text.key
        assert "%}" not in text.words
        assert text.words == "".join(each for each in text.words if each.isprintable() or each == "\n")
    home = public_text("page:portal:home", AT.date())
    assert "两个人" in home.words


def test_sound_is_recorded_anew_before_anything_is_locked_and_counts_once(county: County) -> None:
    """On SQLite a transaction that writes holds the county's only write lock."""
    clerk, sound = actor_for(county.users["clerk"], at=AT), Upload("yi.wav", SOUND)
    sha256, open_before, open_then = (
        public_text(DOCUMENT, AT.date()).sha256,
        len(connection.savepoint_ids),
        [],
    )

    def transcoded(upload: Upload) -> VoiceNote:
        open_then.append(len(connection.savepoint_ids))
        return voice_note_of(upload)

    with patch("yixian.policies.actions.add_recording.voice_note_of", transcoded):
        first, again = (
            add_recording(DOCUMENT, "iii", sound, words_sha256=sha256, spoken_by="我", actor=clerk, at=AT)
            for _time in range(2)
        )
    assert open_then == [open_before, open_before]
    assert first == again
    assert Event.objects.filter(kind="recording.added").count() == 1


def test_texts_of_answers_are_read_in_one_statement(county: County) -> None:
    answered(county, "奶牛怎么赔？")
    public_texts(AT.date())
    with CaptureQueriesContext(connection) as one:
        assert [text.title for text in public_texts(AT.date()) if text.key.startswith("answer:")] == [
            "奶牛怎么赔？"
        ]
    answered(county, "水窖怎么赔？")
    with CaptureQueriesContext(connection) as two:
        texts = [text for text in public_texts(AT.date()) if text.key.startswith("answer:")]
    assert len(one) == len(two)
    assert [public_text(text.key, AT.date()) for text in texts] == texts
    assert texts[0].words == "水窖怎么赔？\n照表补偿。"
