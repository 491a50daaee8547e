"""What a phone sends: taken whole or not at all, answered in OpenRosa's words in both languages, and seen by somebody."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from django.test import Client

from tests.engines.survey.filling import PICTURE
from tests.factories import make_household
from tests.survey.yard import Yard, picture_content
from tests.web.openrosa.phone import BOUNDARY, Phone, multipart, said
from yixian.survey.choices import SheetStatus
from yixian.survey.models import RefusedPost, SheetAttachment, SheetSubmission, SubmissionReading
from yixian.survey.queries import refused_posts

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
FORM_PART = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="xml_submission_file"'.encode()


def test_a_sheet_is_taken_with_its_picture_and_gets_a_receipt(phone: Phone, yard: Yard) -> None:
    response = phone.send("a")
    assert response.status_code == 201
    code = hashlib.sha256(yard.xml("a")).hexdigest()[:8]
    assert said(response) == f"已收到，回执 {code}。已收下。\nReceived, receipt {code}. Taken."
    assert base64.b64decode(SheetSubmission.objects.get().content) == yard.xml("a")
    assert SheetAttachment.objects.get().file.read() == picture_content()
    sheet = SheetSubmission.objects.get()
    assert (sheet.device, sheet.form_id) == (phone.device, "danjiangkou-2009-facility")
    assert f'version="{sheet.form_version}"'.encode() in yard.xml("a")
    assert not RefusedPost.objects.exists()


def test_the_same_again_is_answered_as_the_first_time(phone: Phone) -> None:
    first = phone.send("a")
    again = phone.send("a")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert SheetSubmission.objects.count() == SheetAttachment.objects.count() == 1


def test_files_follow_in_posts_of_their_own(phone: Phone, yard: Yard) -> None:
    incomplete = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'.encode()
    )
    first = phone.post(multipart(yard.xml("a"), {}, more=incomplete))
    assert first.status_code == 201
    assert "item[1]/wall/photo_1" in said(first)
    second = phone.send("a")
    assert second.status_code == 201
    assert yard.status("a") == SheetStatus.TAKEN
    assert SheetAttachment.objects.get().file.read() == picture_content()


def test_the_same_bytes_under_two_names_are_two_files(phone: Phone, yard: Yard) -> None:
    phone.send("a", files={PICTURE: picture_content(), "again.png": picture_content()})
    assert yard.status("a") == SheetStatus.TAKEN
    assert {one.name: one.file.read() for one in SheetAttachment.objects.all()} == {
        PICTURE: picture_content(),
        "again.png": picture_content(),
    }


def test_names_in_any_script_are_kept(phone: Phone, yard: Yard) -> None:
    files = {
        PICTURE: picture_content(),
        "围墙 照片.png": picture_content("black"),
        "tường.png": picture_content("red"),
    }
    assert phone.post(multipart(yard.xml("a"), files)).status_code == 201
    assert set(SheetAttachment.objects.values_list("name", flat=True)) == set(files)


def test_any_bytes_in_a_file_are_kept(phone: Phone, yard: Yard) -> None:
    file = bytes(range(256)) * 4 + b"\r\n--a-boundar\r\n\r\n--\r\n\n\r"
    assert phone.post(multipart(yard.xml("a"), {"any.bin": file, "empty.bin": b""})).status_code == 201
    kept = {one.name: one.file.read() for one in SheetAttachment.objects.all()}
    assert kept == {"any.bin": file, "empty.bin": b""}


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        (
            {"household": "H-nowhere"},
            "household_id: 本次调查的范围里没有户号",
            "There is no household H-nowhere",
        ),
        ({"length": "501"}, "item[1]/wall/length: “501”不行", "“501” will not do"),
        (
            {"files": {PICTURE: b"GIF89a none"}},
            "item[1]/wall/photo_1: 没有收到照片",
            "did not come, or is none",
        ),
    ],
)
def test_a_wrong_answer_is_taken_set_aside_and_said_in_both_languages(
    phone: Phone, changes: dict[str, Any], zh: str, en: str
) -> None:
    response = phone.send("a", **changes)
    assert response.status_code == 201
    assert "暂放" in said(response)
    assert zh in said(response)
    assert en in said(response)
    assert SheetSubmission.objects.count() == 1


def test_another_version_of_the_form_is_set_aside(phone: Phone, yard: Yard) -> None:
    other = yard.xml("a").replace(b'version="', b'version="9.')
    response = phone.post(multipart(other, {PICTURE: picture_content()}))
    assert (response.status_code, yard.status("a")) == (201, SheetStatus.SET_ASIDE)
    assert "version: 这是 9." in said(response)


def test_a_clock_set_wrong_is_set_aside(phone: Phone, yard: Yard) -> None:
    late = yard.xml("a").replace(b"2026-11-02", b"2199-11-02")
    response = phone.post(multipart(late, {PICTURE: picture_content()}))
    assert (response.status_code, yard.status("a")) == (201, SheetStatus.SET_ASIDE)
    assert "measured_on: 测量日期 2199-11-02 在今天以后：手机的时间不对。" in said(response)


def test_a_form_of_another_pack_or_none_is_set_aside(phone: Phone, yard: Yard) -> None:
    other = yard.xml("a").replace(b'id="danjiangkou-2009-facility"', b'id="elsewhere-form"')
    assert phone.post(multipart(other, {})).status_code == 201
    assert yard.status("a") == SheetStatus.SET_ASIDE


def test_an_encrypted_form_is_kept_and_set_aside(phone: Phone, yard: Yard) -> None:
    form = (
        b'<data id="danjiangkou-2009-facility" version="1" encrypted="yes" xmlns="http://opendatakit.org/submissions">'
        b'<base64EncryptedKey>AAAA</base64EncryptedKey><meta xmlns="http://openrosa.org/xforms">'
        b"<instanceID>uuid:e</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    assert phone.post(multipart(form, {"submission.xml.enc": b"\x00\xff"})).status_code == 201
    assert yard.status("e") == SheetStatus.SET_ASIDE
    assert SheetAttachment.objects.get().file.read() == b"\x00\xff"


def test_a_successor_before_its_predecessor_waits_and_is_taken(phone: Phone, yard: Yard) -> None:
    response = phone.send("b", replaces="a", length="10")
    assert response.status_code == 201
    assert "等待它所更正的那张表" in said(response)
    phone.send("a")
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.CORRECTED, SheetStatus.TAKEN)


def test_two_corrections_of_one_sheet_wait_for_a_person(phone: Phone, yard: Yard) -> None:
    phone.send("a")
    phone.send("b", replaces="a", length="10")
    assert "同一户有两张表" in said(phone.send("c", replaces="a", length="11"))


def test_one_id_with_other_bytes_is_refused_kept_and_shown(phone: Phone, yard: Yard) -> None:
    phone.send("a")
    for _time in range(2):
        response = phone.send("a", length="10")
        assert response.status_code == 409
        assert said(response) == (
            "这个编号的表以前交过，内容不同。\nA form with this id came before, with another content."
        )
    refused = refused_posts(yard.actor("clerk")).get()
    assert (refused.key, refused.device) == ("sheet.other_content", phone.device)
    assert base64.b64decode(refused.content) == yard.xml("a", length="10")
    assert not refused_posts(yard.actor("stranger")).exists()
    assert base64.b64decode(SheetSubmission.objects.get().content) == yard.xml("a")


def test_other_bytes_of_a_file_that_came_are_refused(phone: Phone) -> None:
    phone.send("a")
    response = phone.send("a", files={PICTURE: picture_content("black")})
    assert response.status_code == 409
    assert "picture.png" in said(response)
    assert SheetAttachment.objects.get().file.read() == picture_content()


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (b"<data", "这不是完整的 XML"),
        (b"", "这不是完整的 XML"),
        (b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><data id="f">&b;</data>', "实体声明"),
        (b'<data id="f"/>', "没有 id 或 instanceID"),
        (b"<d>" * 50 + b"</d>" * 50, "套得太深"),
        (b'<data id="f">' + b" " * 2_100_000 + b"</data>", "最多 2097152"),
    ],
)
def test_what_is_no_form_is_refused_and_shown(phone: Phone, yard: Yard, form: bytes, why: str) -> None:
    response = phone.post(multipart(form, {}))
    assert response.status_code == 400
    assert why in said(response)
    assert "The form cannot be read" in said(response)
    assert not SheetSubmission.objects.exists()
    assert refused_posts(yard.actor("clerk")).get().key == "sheet.unreadable"


def cut(phone: Phone, at: float) -> bytes:
    whole = multipart(phone.yard.xml("a"), {PICTURE: picture_content()})
    return whole[: int(len(whole) * at)]


@pytest.mark.parametrize("at", [0.02, 0.2, 0.5, 0.9, 0.99])
def test_half_a_multipart_is_refused_whole_and_taken_when_it_comes_again(
    phone: Phone, yard: Yard, at: float
) -> None:
    response = phone.post(cut(phone, at))
    assert response.status_code == 400
    assert said(response).startswith("发来的东西断了，一点也没有收：请完整地再发一次。")
    assert not SheetSubmission.objects.exists()
    assert refused_posts(yard.actor("clerk")).get().key == "openrosa.cut_off"
    assert phone.send("a").status_code == 201
    assert yard.status("a") == SheetStatus.TAKEN


@pytest.mark.parametrize(
    ("content", "kind", "key"),
    [
        (b"\r\n", "multipart/form-data; boundary=b", "openrosa.cut_off"),
        (b"x", "multipart/form-data", "openrosa.no_multipart"),
        (b"<data/>", "text/xml", "openrosa.no_multipart"),
        (b"x", "", "openrosa.no_multipart"),
        (multipart(None, {PICTURE: b"x"}), f"multipart/form-data; boundary={BOUNDARY}", "openrosa.no_form"),
        (FORM_PART + b"\r\n--a-boundary--\r\n", f"multipart/form-data; boundary={BOUNDARY}", "openrosa.part"),
        (
            b"--a-boundary\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--a-boundary--",
            f"multipart/form-data; boundary={BOUNDARY}",
            "openrosa.part",
        ),
    ],
)
def test_what_is_no_post_of_a_form_is_refused_in_both_languages(
    phone: Phone, content: bytes, kind: str, key: str
) -> None:
    response = phone.post(content, kind)
    assert response.status_code == 400
    assert len(said(response).split("\n")) == 2
    assert RefusedPost.objects.get().key == key
    assert not SheetSubmission.objects.exists()


def test_two_contents_of_one_name_in_a_post_are_refused(phone: Phone, yard: Yard) -> None:
    one = multipart(yard.xml("a"), {"p.png": b"1"}).removesuffix(f"--{BOUNDARY}--\r\n".encode())
    assert phone.post(one + multipart(None, {"p.png": b"2"})).status_code == 409
    assert phone.post(one + multipart(yard.xml("b"), {})).status_code == 409
    assert not SheetSubmission.objects.exists()
    assert phone.post(one + multipart(yard.xml("a"), {"p.png": b"1"})).status_code == 201


def test_a_file_that_no_question_names_is_kept(phone: Phone, yard: Yard) -> None:
    phone.send("a", files={PICTURE: picture_content(), "audit.csv": b"event,node"})
    assert yard.status("a") == SheetStatus.TAKEN
    assert SheetAttachment.objects.filter(name="audit.csv").exists()


def test_one_id_on_another_form_is_refused(phone: Phone, yard: Yard) -> None:
    phone.send("a")
    other = yard.xml("a").replace(b"-facility", b"-house")
    assert phone.post(multipart(other, {})).status_code == 409


def test_a_correction_brings_its_own_pictures(phone: Phone, yard: Yard) -> None:
    phone.send("a")
    phone.send("b", files={}, replaces="a")
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.TAKEN, SheetStatus.SET_ASIDE)
    phone.send("b", files={PICTURE: picture_content("black")}, replaces="a")
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.CORRECTED, SheetStatus.TAKEN)


def test_the_query_of_an_address_and_other_headers_change_nothing(phone: Phone, yard: Yard) -> None:
    response: Any = Client().post(
        "/openrosa/submission?deviceID=collect%3Aabc",
        multipart(yard.xml("a"), {PICTURE: picture_content()}),
        content_type=f"multipart/form-data; boundary={BOUNDARY}",
        headers=phone.headers | {"User-Agent": "org.odk.collect.android/v2026.2.0 (Dalvik)"},
    )
    assert response.status_code == 201


def test_sheets_of_two_households_do_not_touch_each_other(phone: Phone, yard: Yard) -> None:
    other = make_household(yard.household.area, "吴山")
    phone.send("a")
    phone.send("b", household=other.household_no)
    assert SubmissionReading.objects.count() == 2
    assert yard.status("a") == yard.status("b") == SheetStatus.TAKEN
