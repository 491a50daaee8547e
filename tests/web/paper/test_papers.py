"""Papers: what stands on them, who gets them, and that the same facts give the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from yixian.compensation.paper.printing import statement_pdf
from yixian.kernel.actors import PUBLIC, household_actor, system_actor
from yixian.kernel.choices import JobState
from yixian.kernel.errors import NotFound, NotPermitted
from yixian.kernel.models import Job, RecordRead
from yixian.registry.models import HouseholdCard
from yixian.registry.paper.issuing import issued_card_pdf
from yixian.registry.paper.print_storage import clear_old

SYSTEM = system_actor("test")


def words_of(pdf: bytes) -> str:
    _needs("pdftotext")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(pdf: bytes) -> int:
    _needs("pdfinfo")
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(re.search(r"Pages:\s+(\d+)", done.stdout.decode())[1])


def _needs(program: str) -> None:
    """What stands on a page is read with Debian's poppler-utils."""
    if shutil.which(program) is None:
        pytest.fail(f"{program} is missing: apt-get install poppler-utils")


def statement_of(household, lang: str = "zh", *, large: bool = False) -> bytes:
    return statement_pdf(SYSTEM, household, lang=lang, large=large, at=timezone.now())


def test_a_statement_shows_the_account_and_who_to_ask(valley) -> None:
    pdf = statement_of(valley.zhao)
    text = words_of(pdf)
    for shown in (
        "赵䶮",
        "JC0001",
        "大坪村",
        "86.40",
        "45,792.00",
        "肆万伍仟柒佰玖拾贰元整",
        "李建国",
        "13800000001",
        "阿木子",
    ):
        assert shown in text, shown
    assert "215" in text
    assert pages_of(pdf) == 1


def test_it_can_be_had_in_english_and_in_large_print(valley) -> None:
    english = words_of(statement_of(valley.zhao, "en"))
    assert "Account of compensation" in english
    assert "Main house, brick-and-concrete" in english
    large = statement_of(valley.zhao, large=True)
    assert "45,792.00" in words_of(large)
    assert large != statement_of(valley.zhao)


def test_a_withheld_account_prints_its_reason_and_no_sum(valley) -> None:
    text = words_of(statement_of(valley.sun))
    assert "no.such.item" in text
    assert not re.search(r"\d\.\d\d\b", text.replace("2026.", ""))
    assert "元整" not in text


def test_the_same_account_gives_the_same_bytes(valley) -> None:
    assert statement_of(valley.zhao) == statement_of(valley.zhao)


def test_no_secret_stands_on_a_statement(valley) -> None:
    card = valley.card_of(valley.zhao)
    text = re.sub(r"\s", "", words_of(statement_of(valley.zhao)))
    assert card.code not in text
    assert card.pin not in text


def test_others_get_no_statement(valley) -> None:
    for actor in (PUBLIC, household_actor(valley.qian.pk)):
        with pytest.raises(NotFound):
            statement_pdf(actor, valley.zhao, lang="zh", large=False, at=timezone.now())


def test_a_card_has_its_number_in_fours_and_opens_the_portal(valley, client: Client) -> None:
    pdf = issued_card_pdf(valley.zhao, actor=SYSTEM, lang="zh", at=timezone.now())
    text = words_of(pdf)
    code = re.search(r"\d{4} \d{4} \d{4} \d{4}", text)[0]
    pin = re.search(r"\d{3} \d{3}(?! \d|\d)", text.replace(code, ""))[0]
    assert "赵䶮" in text
    assert "李建国" in text  # who stands beside them, how to reach them, and how to ask for somebody else
    assert "13800000001" in text
    assert "可以换一位帮扶人" in text
    assert client.post("/c/", {"code": code, "pin": pin}).status_code == 302


def test_a_card_is_issued_only_by_those_who_may(valley) -> None:
    with pytest.raises(NotPermitted):
        issued_card_pdf(valley.zhao, actor=household_actor(valley.zhao.pk), lang="zh", at=timezone.now())
    assert not HouseholdCard.objects.exists()


def asked(client: Client, path: str, data: dict[str, str], run) -> Job:
    question = client.post(path, data)
    assert question.status_code == 200
    assert 'name="confirmed"' in question.content.decode()
    with run(execute=True):
        response = client.post(path, data | {"confirmed": "yes"})
    assert response.status_code == 302, response.content.decode()[:500]
    return Job.objects.latest("pk")


def test_a_village_is_printed_as_one_pdf_for_its_asker_alone(
    valley, staff, client: Client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(staff("clerk", "bureau_clerk"))
    path = f"/staff/areas/{valley.first.pk}/paper/"
    assert client.get(path).status_code == 200
    job = asked(client, path, {"lang": "zh"}, django_capture_on_commit_callbacks)
    assert (job.state, job.error) == (JobState.DONE, "")
    assert job.result["sheets"] == 2
    response = client.get(f"/staff/paper/{job.pk}/file")
    text = words_of(response.content)
    assert "赵䶮" in text
    assert "钱玉兰" in text
    assert "孙" not in text
    assert sorted(RecordRead.objects.values_list("household_id", flat=True)) == [
        valley.zhao.pk,
        valley.qian.pk,
    ]
    other = Client()
    other.force_login(staff("other", "bureau_lead"))
    assert other.get(f"/staff/paper/{job.pk}/file").status_code == 404
    with default_storage.open(job.result["file"]) as kept:
        assert b"%PDF" not in kept.read()


def test_a_county_is_an_archive_with_a_pdf_for_each_village(
    valley, staff, client: Client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(staff("clerk", "bureau_clerk"))
    path = f"/staff/areas/{valley.county.pk}/paper/"
    job = asked(client, path, {"lang": "zh", "large": "on"}, django_capture_on_commit_callbacks)
    assert (job.state, job.error) == (JobState.DONE, "")
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/staff/paper/{job.pk}/file").content))
    assert [pages_of(archive.read(name)) for name in archive.namelist()] == [2, 1]
    assert "大坪村" in archive.namelist()[0]


def test_cards_are_printed_for_those_without_one_unless_asked(
    valley, staff, client: Client, django_capture_on_commit_callbacks
) -> None:
    kept = valley.card_of(valley.zhao)
    client.force_login(staff("clerk", "bureau_clerk"))
    path = f"/staff/areas/{valley.first.pk}/paper/cards/"
    job = asked(client, path, {"lang": "zh"}, django_capture_on_commit_callbacks)
    assert job.result["cards"] == 1
    text = words_of(client.get(f"/staff/paper/{job.pk}/file").content)
    assert "钱玉兰" in text
    assert "赵䶮" not in text
    renewed = asked(client, path, {"lang": "zh", "renew": "on"}, django_capture_on_commit_callbacks)
    assert renewed.result["cards"] == 2
    assert Client().post("/c/", {"code": kept.code, "pin": kept.pin}).status_code == 404


def test_a_place_out_of_reach_cannot_be_printed(valley, staff, client: Client) -> None:
    client.force_login(staff("lead", "township_lead", valley.second.path))
    assert client.get(f"/staff/areas/{valley.first.pk}/paper/").status_code == 404
    assert client.post(f"/staff/areas/{valley.first.pk}/paper/", {"lang": "zh"}).status_code == 404
    assert client.post(f"/staff/areas/{valley.first.pk}/paper/cards/", {"lang": "zh"}).status_code == 404
    assert client.get(f"/staff/households/{valley.zhao.pk}/statement.pdf").status_code == 404
    assert client.post(f"/staff/households/{valley.zhao.pk}/card.pdf").status_code == 404
    assert not Job.objects.exists()
    assert client.get(f"/staff/households/{valley.sun.pk}/statement.pdf").status_code == 200


@pytest.mark.parametrize("role", ["administrator", "surveyor", "petition_officer"])
def test_roles_without_accounts_print_none(valley, staff, client: Client, role: str) -> None:
    client.force_login(staff("one", role))
    assert client.get(f"/staff/households/{valley.zhao.pk}/statement.pdf").status_code == 403
    assert client.get(f"/staff/areas/{valley.first.pk}/paper/").status_code == 403


def test_a_cadre_prints_only_their_own_households(valley, staff, client: Client) -> None:
    user = staff("cadre", "cadre", helper_id=valley.cadre.pk)
    valley.qian.pairings.filter(helper=valley.cadre).delete()
    client.force_login(user)
    assert client.get(f"/staff/households/{valley.zhao.pk}/statement.pdf").status_code == 200
    assert client.get(f"/staff/households/{valley.qian.pk}/statement.pdf").status_code == 404


def test_a_file_is_gone_after_its_day(
    valley, staff, client: Client, django_capture_on_commit_callbacks
) -> None:
    client.force_login(staff("clerk", "bureau_clerk"))
    path = f"/staff/areas/{valley.first.pk}/paper/"
    job = asked(client, path, {"lang": "zh"}, django_capture_on_commit_callbacks)
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now() - timedelta(hours=25))
    assert client.get(f"/staff/paper/{job.pk}/file").status_code == 404
    assert clear_old(at=timezone.now()) == 0
    assert clear_old(at=timezone.now() + timedelta(hours=25)) >= 1
    assert not default_storage.exists(job.result["file"])
