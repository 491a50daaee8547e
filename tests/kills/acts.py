"""被杀的写者做的事: what a writer does over and over, each act journalled before it begins and once it is acknowledged."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

from django.core.files import File
from django.db.models import Max

from tests.compensation.signing import AT, SYSTEM
from tests.engines.survey.filling import PICTURE
from tests.engines.survey.test_submission_folder import instance
from tests.kills.world import RECORDERS, World
from tests.survey import yard
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.models import Agreement
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Refused
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.actions.take_on import register_matter
from yixian.matters.choices import Topic
from yixian.matters.intake import Submission
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.models import PackAdoption
from yixian.registry.second_person import TwoPersons
from yixian.survey.actions.receive_sheet import receive_sheet
from yixian.survey.models import SheetSubmission
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage

Journal = Callable[[str, str, str], None]
"""Written to with ``begin``, ``done`` or ``refused``, the kind of act, and what names it for ever."""

Act = Callable[[World, Journal], None]


def raise_and_register(world: World, journal: Journal) -> None:
    """A matter comes by the portal, and the office enters it in its register."""
    key = uuid.uuid4()
    journal("begin", "matter", str(key))
    submission = Submission(key=key, words=f"第{key}件事", topic=Topic.OTHER, area_id=world.valley.county.pk)
    receipt = receive_matter(submission, actor=PUBLIC, at=AT)
    journal("done", "matter", str(key))
    journal("begin", "step", str(key))
    register_matter(receipt.matter.number, actor=world.actors["petition"], at=AT)
    journal("done", "step", str(key))


def sign(world: World, journal: Journal) -> None:
    """The next thing with the household's agreement: drawn up, signed by the three parties, declared void, and again."""
    valley = world.valley
    agreement = Agreement.objects.filter(household=valley.household, end=None).first()
    if agreement is None:
        number = Agreement.objects.filter(household=valley.household).count() + 1
        key = f"{valley.household.household_no}-{number:02d}"
        journal("begin", "agreement", key)
        valley.draw_up()
        journal("done", "agreement", key)
        return
    signed = set(agreement.signatures.values_list("party", flat=True))
    for party, name in RECORDERS.items():
        if party not in signed:
            key = f"{agreement.number}/{party}"
            journal("begin", "signature", key)
            sign_agreement(agreement.pk, valley.signing(party), actor=world.actors[name], at=AT)
            journal("done", "signature", key)
            return
    journal("begin", "void", agreement.number)
    propose_void(agreement.pk, "测错了", "两移〔2026〕9号", actor=world.actors["clerk"], at=AT)
    declare_void(agreement.pk, actor=world.actors["lead"], at=AT)
    journal("done", "void", agreement.number)


def adopt(world: World, journal: Journal) -> None:
    """The pack is adopted anew, from the day after the latest adoption."""
    county = world.valley.county
    latest: date = PackAdoption.objects.filter(area=county).aggregate(most=Max("valid_from"))["most"]
    day = max(latest, AT.date()) + timedelta(days=1)
    journal("begin", "adoption", day.isoformat())
    proposal = propose_adoption(
        world.pack_version, county.pk, day, f"两政发〔{day}〕", actor=world.actors["clerk"], at=AT
    )
    approve_adoption(proposal.pk, actor=world.actors["lead"], at=AT)
    journal("done", "adoption", day.isoformat())


_MEANWHILE = frozenset({"import.differs", "import.register_busy"})
"""Why an import is refused where others change the register all the while; nothing was entered then."""


def move_there_and_back(world: World, journal: Journal) -> None:
    """A workbook is brought in, checked and entered, in which all households have moved; then one in which they are back."""
    clerk, lead = world.actors["clerk"].user_id, world.actors["lead"].user_id
    by = TwoPersons(
        clerk or 0, lead or 0, "两移〔2026〕12号"
    )  # where there are accounts, new households need two
    for path in world.workbooks:
        with path.open("rb") as content:
            batch = stage(File(content), file_name=path.name, actor=SYSTEM, at=AT)
        check(batch, at=AT)
        journal("begin", "import", str(batch.pk))
        try:
            commit(batch, partial=False, actor=SYSTEM, at=AT, by=by if batch.money else None)
        except Refused as refused:
            if refused.key not in _MEANWHILE:
                raise
            journal("refused", "import", str(batch.pk))
            return
        journal("done", "import", str(batch.pk))


def send_sheets(world: World, journal: Journal) -> None:
    """A sheet and its correction, the correction first and each three times, as a phone sends that heard no answer.

    What a killed writer had kept and not had acknowledged is sent again before anything new.
    """
    last = SheetSubmission.objects.order_by("-pk").values_list("instance_id", flat=True).first()
    sheet, again = str(uuid.uuid4()), [last.partition("+")[0]] if last else []
    for name in (*again, sheet):
        for correction in (True, False) * 3:
            key = f"{name}+" if correction else name
            household = world.valley.household.household_no
            content = instance(key, household, replaces=name if correction else "").encode()
            journal("begin", "sheet", key)
            receive_sheet(world.device, content, {PICTURE: yard.picture_content()}, at=yard.AT)
            journal("done", "sheet", key)


ACTS: tuple[tuple[Act, ...], ...] = (
    (*[sign] * 5, raise_and_register),
    (adopt, raise_and_register),
    (move_there_and_back,),
    (send_sheets,),
)
"""Of each writer, in turn: none does what another does at the same moment with the same thing."""
