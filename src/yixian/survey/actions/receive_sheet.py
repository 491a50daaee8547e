"""收表: the one way in for a filled-in form, from our own app as from ODK Collect or Enketo, once for its instance id."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.engines.survey.pictures import is_picture_content, is_plain_name
from yixian.engines.survey.sheet_reading import Problem, read_sheet
from yixian.engines.survey.submission import Submission, SubmissionError, read_submission
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.languages import InBoth
from yixian.kernel.ledger import Entry, record
from yixian.policies.queries import read_pack
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.survey.models import FieldDevice, SheetAttachment, SheetSubmission, SubmissionReading

MAX_ATTACHMENT_BYTES = 20 * 1024 * 1024
_MAX_LETTERS = {"instance_id": 120, "replaces": 120, "form_id": 120, "version": 60}
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: the submission as it stands, and whether it came for the first time."""

    submission: SheetSubmission
    is_new: bool


def receive_sheet(
    device: FieldDevice, content: bytes, files: Mapping[str, bytes], *, at: datetime
) -> Receipt:
    """Keep a submission and the files that came with it, and read it anew. The same again changes nothing.

    ``device`` has shown its secret (`queries.device_with_secret`). Raises `Invalid` for what is no instance, or a file's name
    that leads elsewhere; `Refused` for an id or a file's name that came before with other bytes. Anything else that is
    wrong with a sheet sets it aside and loses nothing.
    """
    try:
        found = read_submission(content)
    except SubmissionError as error:
        why = InBoth(error.zh, str(error))
        raise Invalid("sheet.unreadable", _("The form cannot be read: %(why)s"), why=why) from error
    _check_lengths(found)
    for name, file in files.items():
        _check_file(name, file)
    with transaction.atomic():
        submission, is_new = _kept(device, found, content, at)
        # posts of one sheet wait for each other: each is read with the files of those before it
        FieldDevice.objects.select_for_update().get(pk=submission.device_id)
        new_files = _new_files(submission, files)
        for name, (file, sha256) in new_files.items():
            _attach(submission, name, file, sha256, at)
        if is_new or new_files:
            _read_anew(submission, found, at)
        if is_new:
            data = {"form": found.form_id, "version": found.version, "sha256": submission.sha256}
            entry = Entry(
                "survey.sheet_received", "sheet_submission", submission.pk, submission.area_path, data
            )
            record(entry, actor=Actor(label=f"device:{device.pk}"), at=at)
    return Receipt(submission, is_new)


def _check_lengths(found: Submission) -> None:
    for name, most in _MAX_LETTERS.items():
        if len(getattr(found, name)) > most:
            raise Invalid(
                "sheet.too_long", _("%(name)s has more than %(most)s letters."), name=name, most=most
            )


def _check_file(name: str, file: bytes) -> None:
    if not is_plain_name(name) or not name.isprintable() or len(name) > _MAX_NAME:
        raise Invalid("sheet.file_name", _("“%(name)s” is no name of a file."), name=name[:_MAX_NAME])
    if len(file) > MAX_ATTACHMENT_BYTES:
        raise Invalid("sheet.file_size", _("The file %(name)s is too large."), name=name)


def _kept(
    device: FieldDevice, found: Submission, content: bytes, at: datetime
) -> tuple[SheetSubmission, bool]:
    sha256 = hashlib.sha256(content).hexdigest()
    campaign = device.team.campaign
    there = SheetSubmission.objects.filter(instance_id=found.instance_id).first()
    if there is None:
        household_no = found.answers["household_id"].text[:64]
        try:
            with transaction.atomic():
                return SheetSubmission.objects.create(
                    campaign=campaign,
                    device=device,
                    area_path=_area_path(campaign.area.path, household_no),
                    instance_id=found.instance_id,
                    replaces=found.replaces,
                    sha256=sha256,
                    form_id=found.form_id,
                    form_version=found.version,
                    household_no=household_no,
                    received_at=at,
                    content=base64.b64encode(content).decode(),
                ), True
        except IntegrityError:  # the same id came in another post at the same moment
            there = SheetSubmission.objects.get(instance_id=found.instance_id)
    if there.sha256 != sha256 or there.campaign_id != campaign.pk:
        raise Refused("sheet.other_content", _("A form with this id came before, with another content."))
    return there, False


def _area_path(campaign_path: str, household_no: str) -> str:
    """The household's place if it is one of the campaign's, else the campaign's."""
    rows = Household.objects.filter(below(campaign_path), household_no=household_no)
    return rows.values_list("area_path", flat=True).first() or campaign_path


def _new_files(submission: SheetSubmission, files: Mapping[str, bytes]) -> dict[str, tuple[bytes, str]]:
    """The files that have not come yet, with their SHA-256; all are compared before any is written."""
    there = dict(submission.attachments.values_list("name", "sha256"))
    found = {}
    for name, file in files.items():
        sha256 = hashlib.sha256(file).hexdigest()
        if there.get(name, sha256) != sha256:
            raise Refused(
                "sheet.other_file", _("The file %(name)s came before, with another content."), name=name
            )
        if name not in there:
            found[name] = (file, sha256)
    return found


def _attach(submission: SheetSubmission, name: str, file: bytes, sha256: str, at: datetime) -> None:
    SheetAttachment.objects.create(
        submission=submission,
        name=name,
        sha256=sha256,
        is_picture=is_picture_content(file),
        file=ContentFile(file, name=f"{sha256}.sealed"),
        received_at=at,
    )


def _read_anew(submission: SheetSubmission, found: Submission, at: datetime) -> None:
    """Read it with all files that have come, on the day that it came: a clock set wrong stays one."""
    campaign = submission.campaign
    pictures = set(submission.attachments.filter(is_picture=True).values_list("name", flat=True))
    today = timezone.localdate(submission.received_at)
    read = read_sheet(
        read_pack(campaign.pack_version_id), found, is_picture=pictures.__contains__, today=today
    )
    problems = list(read) if isinstance(read, list) else []
    known = Household.objects.filter(below(campaign.area.path), household_no=submission.household_no)
    if submission.household_no and not known.exists():
        number = submission.household_no
        problems.append(
            Problem(
                "household_id",
                f"本次调查的范围里没有户号 {number}。",
                f"There is no household {number} in this campaign's area.",
            )
        )
    said = [{"question": one.question, "zh": one.zh, "en": one.en} for one in problems]
    SubmissionReading.objects.create(submission=submission, problems=said, at=at)
