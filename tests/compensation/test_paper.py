"""Papers of versions and agreements: the same bytes, whenever and wherever they are set again."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from tests.compensation.signing import AT, RECORDED_BY, Valley
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.models import Agreement, Statement
from yixian.compensation.paper.agreement import agreement_document, agreement_pdf
from yixian.compensation.paper.printing import statement_pdf, version_pdf
from yixian.compensation.paper.statements import version_document
from yixian.compensation.queries.agreements import sealed_agreement
from yixian.kernel.actors import household_actor
from yixian.kernel.errors import NotFound
from yixian.kernel.models import RecordRead
from yixian.kernel.pdf_rendering import PdfDocument, render_pdfs
from yixian.registry.models import Person

LATER = AT + timedelta(days=3)


def words_of(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is missing: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def _twice_elsewhere(order: PdfDocument) -> set[str]:
    """The digests of an order set in two processes of their own."""
    return {hashlib.sha256(pdf).hexdigest() for pdf in render_pdfs([order, order])}


def _everything_changes(valley: Valley, folder: Path) -> None:
    """Names, address, account, phone, places, bodies, measures, prices and the policy."""
    household = valley.household
    household.head.name, household.head.id_number = "赵改名", "530625197003051099"
    household.head.save()
    household.address, household.phone, household.bank_account = "新址9号", "13999999999", "1"
    household.save()
    for thing in (valley.group, valley.bureau, valley.justice):
        thing.name = "改名"
        thing.save()
    valley.measure("120")
    valley.adopt_prices(folder, "600")
    valley.calculate(at=LATER)


def test_any_version_is_the_same_bytes_after_everything_changed(
    signing_valley: Valley, tmp_path: Path
) -> None:
    household, lead = signing_valley.household, signing_valley.actor("lead")

    def paper(version: int, lang: str = "zh") -> bytes:
        household.refresh_from_db()
        return version_pdf(lead, household, version, lang=lang, large=False, at=LATER)

    before = paper(1), paper(1, "en")
    first = Statement.objects.get(household=household)
    _everything_changes(signing_valley, tmp_path)
    assert (paper(1), paper(1, "en")) == before
    assert len(_twice_elsewhere(version_document(first.pk, lang="zh", large=False))) == 1
    assert "赵近壹" in words_of(paper(1))
    assert "赵改名" in words_of(paper(2))
    assert paper(2) != paper(1)


def test_a_signed_agreement_is_the_same_bytes_after_everything_changed(
    signing_valley: Valley, tmp_path: Path
) -> None:
    agreement = signing_valley.draw_up()
    signing_valley.sign_all(agreement)
    clerk = signing_valley.actor("clerk")
    before = agreement_pdf(clerk, agreement.pk, lang="zh", at=AT)
    _everything_changes(signing_valley, tmp_path)
    again, content, whole = sealed_agreement(clerk, agreement.pk)
    order = agreement_document(again, content, lang="zh", whole=whole)
    assert _twice_elsewhere(order) == {hashlib.sha256(before).hexdigest()}
    assert agreement_pdf(clerk, agreement.pk, lang="zh", at=LATER) == before


def test_an_agreement_shows_parties_lines_sum_clauses_rights_and_signatures(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    clerk = signing_valley.actor("clerk")
    blank = words_of(agreement_pdf(clerk, agreement.pk, lang="zh", at=AT)).replace(" ", "")
    for shown in (
        "赵近壹",
        "530625197003051001",
        "近溪一组5号",
        "13900000001",
        "近溪信用社",
        "622200000000001",
    ):
        assert shown in blank, shown
    for shown in ("两河县移民局", "两河县司法局", "45,792.00", "肆万伍仟柒佰玖拾贰元整", agreement.number):
        assert shown in blank, shown
    for shown in ("第五十五条", "签字按手印", "2026年3月2日"):
        assert shown in blank, shown
    for party, name in RECORDED_BY.items():
        sign_agreement(agreement.pk, signing_valley.signing(party), actor=signing_valley.actor(name), at=AT)
    signed = words_of(agreement_pdf(clerk, agreement.pk, lang="zh", at=AT))
    assert "签字按手印" not in signed.replace(" ", "")
    assert signed.count("周正") == 2
    english = words_of(agreement_pdf(clerk, agreement.pk, lang="en", at=AT))
    assert "Agreement on compensation" in english


def test_numbers_are_masked_for_those_who_may_not_see_them(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    household = signing_valley.household
    for actor in (
        signing_valley.actor("cadre"),
        signing_valley.actor("auditor"),
        household_actor(household.pk),
    ):
        text = words_of(agreement_pdf(actor, agreement.pk, lang="zh", at=AT))
        assert "530625197003051001" not in text
        assert "622200000000001" not in text
        assert "阅读本" in text
    assert RecordRead.objects.filter(household_id=household.pk, what="agreement on paper").count() == 2


def test_a_name_put_right_is_right_on_the_next_sheet_and_stays_in_the_archive(signing_valley: Valley) -> None:
    household, lead = signing_valley.household, signing_valley.actor("lead")
    old = household.head.name
    Person.objects.filter(pk=household.head_id).update(name="赵𬭎清")
    handed = words_of(statement_pdf(lead, household, lang="zh", large=False, at=AT))
    kept = words_of(version_pdf(lead, household, 1, lang="zh", large=False, at=AT))
    assert "清" in handed
    assert old not in handed
    assert old in kept


def test_others_get_neither(signing_valley: Valley) -> None:
    agreement: Agreement = signing_valley.draw_up()
    household = signing_valley.household
    for actor in (household_actor(signing_valley.neighbour.pk), signing_valley.actor("stranger")):
        with pytest.raises(NotFound):
            agreement_pdf(actor, agreement.pk, lang="zh", at=AT)
        with pytest.raises(NotFound):
            version_pdf(actor, household, 1, lang="zh", large=False, at=AT)
    with pytest.raises(NotFound):
        version_pdf(signing_valley.actor("lead"), household, 2, lang="zh", large=False, at=AT)


def test_the_sheet_handed_out_names_who_stands_beside_and_the_archive_nobody(signing_valley: Valley) -> None:
    household, lead = signing_valley.household, signing_valley.actor("lead")
    handed = words_of(statement_pdf(lead, household, lang="zh", large=False, at=AT))
    kept = words_of(version_pdf(lead, household, 1, lang="zh", large=False, at=AT))
    assert "李建国" in handed
    assert "李建国" not in kept
