"""签订协议: record one party's signature; with the third the agreement is in force and nothing of it changes any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import RECORDERS, may_record
from yixian.compensation.approval_recusal import refuse_if_assigned
from yixian.compensation.budget_check import require_budget
from yixian.compensation.choices import Party, SignedBy
from yixian.compensation.models import Agreement, AgreementSignature
from yixian.compensation.outdated_accounts import is_outdated
from yixian.compensation.queries.agreements import get_agreement
from yixian.domain.ages import years_between
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.registry.actions.open_card import open_card
from yixian.registry.choices import Relation
from yixian.registry.models import HouseholdMember

ADULT = 18
"""Full civil capacity: Civil Code, Art. 17 and 18."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature to be recorded. For the household ``person_id`` names the member; offices give name and post.

    ``card_code``, ``card_pin`` and ``source`` (an address) are for signing with the card; they are kept nowhere.
    """

    party: str
    signed_on: date
    way: str = SignedBy.PAPER
    person_id: int = 0
    signer_name: str = ""
    post: str = ""
    authority: str = ""
    authority_paper: str = ""
    kept_at: str = ""
    card_code: str = ""
    card_pin: str = ""
    source: str = ""


def sign_agreement(agreement_id: int, signing: Signing, *, actor: Actor, at: datetime) -> AgreementSignature:
    """Record a party's signature.

    Raises `NotFound` out of reach; `NotPermitted` without the role for that party; `Refused` if the agreement has
    ended, the party has signed, the actor has recorded another party or stands beside the household and speaks for an
    office, the account was replaced meanwhile, or with the first signature (which binds) a head of the budget would be
    exceeded;
    `Invalid` (with its field) for a day in the future or before the drawing up, somebody under 18 or of another
    household, a missing authority, post or place of keeping, a wrong card or PIN.
    """
    view = get_agreement(actor, agreement_id)
    agreement = Agreement.objects.select_related("household", "statement").get(pk=view.pk)
    person = _require_recorder(actor, agreement, signing.party)
    _require_day(signing.signed_on, agreement, at)
    if signing.way == SignedBy.CARD:
        _require_card(agreement, signing, at)
    elif not signing.kept_at.strip():
        raise Invalid("agreement.kept", _("Say where the signed paper is kept."), field="kept_at")
    with transaction.atomic():
        return _sign(agreement, signing, person, actor, at)


def _sign(
    agreement: Agreement, signing: Signing, person: int, actor: Actor, at: datetime
) -> AgreementSignature:
    agreement = (
        Agreement.objects.select_for_update(of=("self", "statement"))
        .select_related("statement", "household")
        .get(pk=agreement.pk)
    )
    _require_open(agreement, signing.party, person, timezone.localdate(at))
    if signing.party != Party.HOUSEHOLD:
        refuse_if_assigned(actor, agreement.household, at=at)
    if not agreement.signatures.exists():
        require_budget(agreement.statement, on=timezone.localdate(at))
    signature = _signature(agreement, signing, person, at)
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("agreement.party_signed", _("This party has signed already.")) from error
    _record_event(signature, agreement, actor, at)
    return signature


def _require_recorder(actor: Actor, agreement: Agreement, party: str) -> int:
    """The user who records the signature of a party. Raises `Invalid` or `NotPermitted`."""
    if party not in Party.values:
        raise Invalid("agreement.party", _("There is no such party."), field="party")
    organisation_id = agreement.bureau_id if party == Party.BUREAU else agreement.attesting_organisation_id
    if not may_record(actor, agreement.household, Party(party), organisation_id):
        raise NotPermitted("agreement.recorder", _("Your role does not record the signature of this party."))
    return require_person(actor, RECORDERS[Party(party)])


def _require_open(agreement: Agreement, party: str, user_id: int, on: date) -> None:
    if hasattr(agreement, "end"):
        raise Refused("agreement.has_ended", _("This agreement has ended."))
    if not agreement.statement.is_current:
        raise Refused(
            "agreement.stale",
            _("The account was recalculated since: withdraw this agreement and draw up another."),
        )
    if is_outdated(agreement.statement, on=on):
        raise Refused(
            "account.outdated",
            _("The register changed since this account was calculated: have it recalculated first."),
        )
    signed = list(agreement.signatures.all())
    if any(row.party == party for row in signed):
        raise Refused("agreement.party_signed", _("This party has signed already."))
    if any(row.recorded_by_id == user_id for row in signed):
        raise Refused(
            "agreement.one_party", _("Whoever recorded one party's signature cannot record another's.")
        )


def _require_day(signed_on: date, agreement: Agreement, at: datetime) -> None:
    if signed_on > timezone.localdate(at):
        raise Invalid("agreement.future", _("The day of signing lies in the future."), field="signed_on")
    if signed_on < agreement.drawn_up_on:
        raise Invalid(
            "agreement.before", _("Nobody can sign before the agreement is drawn up."), field="signed_on"
        )


def _require_card(agreement: Agreement, signing: Signing, at: datetime) -> None:
    """The card's PIN, slowed down like every guess; outside a transaction, so that a wrong one is counted."""
    if signing.party != Party.HOUSEHOLD:
        raise Invalid("agreement.way", _("Only the household signs with a card."), field="way")
    try:
        opened = open_card(signing.card_code, signing.card_pin, source=signing.source, at=at)
    except NotFound as error:
        raise Invalid("card.wrong", _("The card number or the PIN is wrong."), field="card_pin") from error
    if opened != agreement.household_id:
        raise Invalid("agreement.card", _("This is the card of another household."), field="card_code")


def _signature(agreement: Agreement, signing: Signing, user_id: int, at: datetime) -> AgreementSignature:
    row = AgreementSignature(
        agreement=agreement,
        party=signing.party,
        signed_on=signing.signed_on,
        way=signing.way,
        kept_at=signing.kept_at.strip(),
        recorded_by_id=user_id,
        recorded_at=at,
    )
    if signing.party == Party.HOUSEHOLD:
        return _by_member(row, signing)
    row.signer_name, row.post = signing.signer_name.strip(), signing.post.strip()
    if not row.signer_name:
        raise Invalid("agreement.signer", _("Name the person who signed."), field="signer_name")
    if not row.post:
        raise Invalid("agreement.post", _("Name the post of the person who signed."), field="post")
    return row


def _by_member(row: AgreementSignature, signing: Signing) -> AgreementSignature:
    member = (
        HouseholdMember.objects.filter(in_force(signing.signed_on), household=row.agreement.household_id)
        .filter(person=signing.person_id)
        .select_related("person")
        .first()
    )
    if member is None:
        raise Invalid("agreement.member", _("Choose a member of this household."), field="person_id")
    if years_between(member.person.birth_date, signing.signed_on) < ADULT:
        raise Invalid("agreement.adult", _("Only an adult can sign for the household."), field="person_id")
    row.signer, row.signer_name = member.person, member.person.name
    if member.relation != Relation.HEAD:
        row.authority, row.authority_paper = signing.authority.strip(), signing.authority_paper.strip()
        if not row.authority:
            raise Invalid("agreement.authority", _("Say why not the head signs."), field="authority")
        if not row.authority_paper:
            raise Invalid(
                "agreement.authority_paper", _("Name the paper of authorisation."), field="authority_paper"
            )
    return row


def _record_event(signature: AgreementSignature, agreement: Agreement, actor: Actor, at: datetime) -> None:
    data = {"agreement": agreement.number, "version": agreement.statement.version}
    kind = f"agreement.signed_{signature.party}"
    record(Entry(kind, "household", agreement.household_id, agreement.area_path, data), actor=actor, at=at)
