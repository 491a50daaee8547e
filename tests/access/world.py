"""两边: a county of two valleys, alike in everything. Whoever works in the near one must learn nothing of the far one.

Every text that belongs to a far household — names, numbers, phones, cards — is unique and kept in ``secrets``.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.engines.survey.filling import PICTURE
from tests.engines.survey.test_submission_folder import instance
from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person, make_user
from tests.kernel.received.pictures import jpeg
from tests.posting.village import photograph
from tests.survey.yard import picture_content
from yixian.budget.actions.enter_budget import Approved, enter_budget
from yixian.budget.models import BudgetVersion
from yixian.budget.queries import budget_heads_for
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.actions.sign_agreement import Signing, sign_agreement
from yixian.compensation.choices import Party, PaymentMethod
from yixian.compensation.drawing_up import Terms
from yixian.compensation.models import AccountCase, Agreement, Statement, StatementRun
from yixian.duty.access import complete
from yixian.duty.models import (
    Absence,
    Handover,
    HelperRequest,
    Pairing,
    PairingRun,
    PairingShortage,
    Stationing,
)
from yixian.inventory.actions.correct_item import ItemCorrection
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.models import InventoryItem
from yixian.kernel.actions.sign_in_codes import issue_code
from yixian.kernel.actors import PUBLIC, Actor, household_actor, system_actor
from yixian.kernel.choices import JobState
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Job, User
from yixian.kernel.received.upload import Upload
from yixian.kernel.roles import BUREAU_ROLES, HELPER_ROLES, STAFF_ROLES, Role
from yixian.matters.access import READERS as MATTER_READERS
from yixian.matters.actions.receive_mail import take_mail
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.choices import FormalPaperKind
from yixian.matters.choices import IntakeChannel as MatterChannel
from yixian.matters.intake import Complainant, Submission
from yixian.matters.models import FormalPaper, Matter, SupervisionOrder
from yixian.outreach.actions.answer_back import ask_further, object_to_explanation
from yixian.outreach.actions.follow_decision import object_to_session
from yixian.outreach.actions.hold_meeting import enter_attendance, object_to_meeting
from yixian.outreach.choices import QuestionRoute
from yixian.outreach.models import (
    Explanation,
    MeetingInvitation,
    MeetingTopic,
    OnSiteDecision,
    OnSiteSession,
    PolicyMeeting,
)
from yixian.policies.actions.answer_question import AnswerInput, answer_question
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import AnswerOutcome, QuestionChannel
from yixian.policies.models import PackAdoption, PackClause, PackVersion, PolicyQuestion, Recording
from yixian.posting.actions.keep_posting import prove_posting, put_up
from yixian.posting.actions.object_to_posting import Said, take_objection
from yixian.posting.actions.prepare_posting import prepare_posting
from yixian.posting.choices import ObjectionChannel, PostedList
from yixian.posting.models import Posting
from yixian.quizzes.actions.start_quiz import start_quiz
from yixian.quizzes.models import QuizAttempt
from yixian.registry.access import PARTS, Part
from yixian.registry.actions.issue_cards import IssuedCard, issue_cards
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.choices import HelperKind, Language, OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation, ProposedChange
from yixian.registry.second_person import Document
from yixian.revisions.actions.begin_revision import Intent, begin_revision
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.actions.save_draft import save_prices
from yixian.revisions.choices import RevisionStepKind
from yixian.revisions.models import Revision, RevisionDraft, RevisionStep
from yixian.survey.actions.receive_sheet import receive_sheet
from yixian.survey.choices import YardVisitOutcome
from yixian.survey.models import Campaign, FieldDevice, SurveyTeam, YardVisit
from yixian.visits.actions.object_to_visit import object_to_visit
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.models import Promise, Visit, VisitPhoto
from yixian.visits.visit_draft import PromiseDraft, VisitDraft
from yixian.workbook.models import ImportBatch
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.actions.open_group import Charge, open_for_signal
from yixian.working_groups.models import CheckAssignment, GroupReport, Signal, WorkingGroup

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 3, 1)
PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"
SYSTEM = system_actor("test")
HOUSEHOLDS_A_SIDE = 5

ASKED_AS = "禤秘问"
"""Who asked the policy desk, in the words of the question too; nobody but the desk may learn it."""

_FAR_NAMES = ("禤秘壹", "禤秘贰", "禤秘叁", "禤秘肆", "禤秘伍")
_NEAR_NAMES = ("赵近壹", "赵近贰", "赵近叁", "赵近肆", "赵近伍")
_WITHOUT_MEMBER = {names[4] for names in (_FAR_NAMES, _NEAR_NAMES)}
"""Those whom no party member stands beside."""

_numbers = count(1)


@dataclass(frozen=True)
class Surveyed:
    """The ids of a campaign of one valley: its team, device, two sheets of its first household, and a picture."""

    campaign_id: int
    team_id: int
    device_id: int
    sheet_id: int
    rival_id: int
    picture_id: int
    visit_id: int


@dataclass
class Side:
    """One valley: a township with a village and a group, its households, a body, two helpers, somebody's work."""

    township: Area
    village: Area
    group: Area
    organisation: Organisation
    cadre: Helper
    member: Helper
    households: list[Household] = field(default_factory=list)
    cards: list[IssuedCard] = field(default_factory=list)
    jobs: dict[Role, Job] = field(default_factory=dict)
    quizzes: dict[Role, QuizAttempt] = field(default_factory=dict)
    proposal: PackAdoption | None = None
    open_run: StatementRun | None = None
    revision: Revision | None = None
    decided: Revision | None = None
    batch: ImportBatch | None = None
    agreement: Agreement | None = None
    budget: BudgetVersion | None = None
    change: ProposedChange | None = None
    visit: Visit | None = None
    explanation: Explanation | None = None
    on_site: OnSiteSession | None = None
    posting: Posting | None = None
    objection_id: int = 0
    decision_id: int = 0
    meeting: PolicyMeeting | None = None
    survey: Surveyed | None = None
    promise: Promise | None = None
    photo: VisitPhoto | None = None
    case_id: int = 0
    absence: Absence | None = None
    shortage: PairingShortage | None = None
    tries: dict[Role, Job] = field(default_factory=dict)
    handover_id: int = 0
    supervision_id: int = 0
    paper_id: int = 0
    request_id: int = 0
    signal: Signal | None = None
    group_at_work: WorkingGroup | None = None
    checks: dict[Role, int] = field(default_factory=dict)
    dispatch_id: int = 0
    reply_id: int = 0
    matters: dict[Role, Matter] = field(default_factory=dict)
    own_matter: Matter | None = None

    @property
    def texts(self) -> list[str]:
        """Everything that would give one of its households away."""
        return [
            *(text for household in self.households for text in texts_of(household)),
            *(card.code for card in self.cards),
            *self.said,
            *self.raised,
            *self.complainants,
            *(matter.number for matter in self.matters.values()),
            *(matter.code for matter in self.matters.values()),
            *self.own_words,
        ]

    @property
    def raised(self) -> list[str]:
        """What was said in its matters, and what would help."""
        return [f"{self.group.name}的诉求", f"{self.group.name}的期盼"] if self.matters else []

    @property
    def complainants(self) -> list[str]:
        """Who raised them: nobody is told who has not opened it, with a reason."""
        return [f"{self.group.name}诉求人", f"1{self.township.pk:010d}"] if self.matters else []

    @property
    def own_words(self) -> list[str]:
        """What its first household raised with its card, keeping it from those beside it, and by which digits it comes back."""
        return [f"{self.group.name}自家的事", self.own_matter.code] if self.own_matter else []

    def matter_for(self, role: Role) -> Matter:
        """The matter that somebody of a role has to do with, or any."""
        return self.matters.get(role) or next(iter(self.matters.values()))

    @property
    def said(self) -> list[str]:
        """The words of its visit, its promise, what its household objected to, and what it says of an explanation."""
        words = ("说的话", "答应的事", "的异议", "没听懂的账")
        return [f"{self.group.name}{one}" for one in words]


@dataclass
class World:
    """Both valleys, who works in the near one, and what belongs to the county as a whole."""

    county: Area
    near: Side
    far: Side
    pack: PackVersion
    users: dict[Role, User]
    stranger: User
    question: PolicyQuestion
    recording: Recording
    secrets: dict[Role, re.Pattern[bytes]] = field(default_factory=dict)


def build_world() -> World:
    """Make it, with accounts reckoned by the real engine from a real pack."""
    county = make_area(make_area(name="云岭省"), "两河县")
    bureau = make_organisation(
        county, name="两河县移民局", kind=OrganisationKind.RESETTLEMENT_BUREAU, phone="16010000005"
    )
    near, far = _side(county, "近溪", _NEAR_NAMES), _side(county, "远谷", _FAR_NAMES)
    users = {role: _user(role, near) for role in STAFF_ROLES}
    stranger = make_user(Role.BUREAU_CLERK, area_path=far.township.path)
    issue_code(stranger.pk, actor=SYSTEM, at=AT)
    pack = _adopt(county, users)
    for side in (near, far):
        side.proposal = _propose(side.township, pack, users)
    for side in (near, far):
        _unlisted(side)
    calculate_accounts(county.path, on=DAY, actor=SYSTEM, at=AT)
    near.agreement = _agree(near, bureau, users[Role.BUREAU_CLERK], users[Role.TOWNSHIP_LEAD])
    far.agreement = _agree(far, bureau, stranger, make_user(Role.TOWNSHIP_LEAD, area_path=far.township.path))
    run = _open_cases(county, near, far)
    for side in (near, far):
        _measured_anew(side)
        side.open_run = _cut_off(run, side)
        side.revision = _drafted(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        side.decided = _decided(side, side.revision)
        side.budget = _budget(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        side.absence, side.shortage = _leave(side), _shortage(side)
        _work(side, users[Role.BUREAU_CLERK] if side is near else stranger, users)
        _visit(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        _explain(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        _meet(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        _post(side, actor_for(users[Role.BUREAU_CLERK] if side is near else stranger, at=AT))
        side.change = _change(side, users[Role.BUREAU_CLERK] if side is near else stranger)
        ids = [household.pk for household in side.households]
        side.cards = issue_cards(ids, actor=SYSTEM, at=AT)
        reindex_households(ids)
    for role, user in users.items():
        near.jobs[role] = _job(user)
        far.jobs[role] = _job(stranger)
        near.tries[role] = _try(user, near)
        far.tries[role] = _try(stranger, far)
        near.quizzes[role] = _quiz(user)
        far.quizzes[role] = _quiz(stranger)
    near.batch = _batch(near, users[Role.BUREAU_CLERK])
    far.batch = _batch(far, stranger)
    for role in MATTER_READERS:
        near.matters[role] = _raise(near, users[role])
    for side in (near, far):
        side.own_matter = _raise_own(side)
        to = bureau if side is near else far.organisation
        _on_the_spot(side, to, users[Role.COUNTY_LEADER])
        side.survey = _survey(side, pack, users[Role.BUREAU_LEAD])
        side.supervision_id = _supervision(side, to, users[Role.COUNTY_LEADER]).pk
    for role in (Role.DEPARTMENT_LEAD,):
        far.matters[role] = _raise(far, make_user(role, organisation=far.organisation))
    lead = users[Role.BUREAU_LEAD]
    near.paper_id = _formal_paper(near.matters[Role.BUREAU_CLERK], bureau, lead).pk
    far.paper_id = _formal_paper(far.matters[Role.DEPARTMENT_LEAD], far.organisation, stranger).pk
    take_mail(b"From: a@example.com\r\nSubject: Out of office:\r\nX-Autoreply: yes\r\n\r\naway", at=AT)
    return World(county, near, far, pack, users, stranger, _question(pack, users), _recording(users))


def _survey(side: Side, pack: PackVersion, lead: User) -> Surveyed:
    """A campaign of the valley: one team with its device, and two sheets of the first household from one yard."""
    campaign = Campaign.objects.create(
        area=side.township,
        title=f"{side.group.name}实物调查",
        pack_version=pack,
        freeze_document="云政发〔2026〕8号",
        freeze_issuer="云岭省人民政府",
        freeze_issued_on=LONG_AGO,
        cutoff_on=LONG_AGO,
        first_day=DAY,
        last_day=DAY + timedelta(days=90),
        opened_by=lead,
        opened_at=AT,
    )
    team = SurveyTeam.objects.create(
        campaign=campaign,
        name="一组",
        measurer="李量",
        measurer_organisation=side.organisation,
        second="王图",
        second_organisation=make_organisation(side.township),
        has_woman=True,
    )
    device = FieldDevice.objects.create(
        team=team,
        label="手机1",
        secret_sha256=hashlib.sha256(side.group.name.encode()).hexdigest(),
        expires_at=datetime(2126, 1, 1, tzinfo=UTC),
        issued_by=lead,
        issued_at=AT,
    )
    number = side.households[0].household_no
    sheets = [
        receive_sheet(
            device,
            instance(f"{side.township.pk}-{seq}", number, length=length).encode(),
            {PICTURE: picture_content()},
            at=datetime(2026, 11, 5, 2, 0, tzinfo=UTC),
        ).submission
        for seq, length in enumerate(("9", "8"))
    ]
    picture = sheets[0].attachments.get()
    visit = YardVisit.objects.create(
        team=team,
        household=side.households[0],
        area_path=side.households[0].area_path,
        on=DAY,
        outcome=YardVisitOutcome.PROXY,
        representative="代理人",
        paper=ContentFile(jpeg(), name="paper.sealed"),
        by=lead,
        at=AT,
    )
    return Surveyed(campaign.pk, team.pk, device.pk, sheets[0].pk, sheets[1].pk, picture.pk, visit.pk)


def _supervision(side: Side, to: Organisation, user: User) -> SupervisionOrder:
    """What a leader ordered a body to do about the valley."""
    return SupervisionOrder.objects.create(
        about=f"{side.group.name}督办",
        organisation=to,
        by_organisation=side.organisation,
        words=f"{side.group.name}督办",
        due_on=DAY,
        by=user,
        at=AT,
    )


def _formal_paper(matter: Matter, organisation: Organisation, user: User) -> FormalPaper:
    """What a body told of a matter, drafted."""
    return FormalPaper.objects.create(
        matter=matter,
        kind=FormalPaperKind.ACCEPTANCE,
        seq=1,
        organisation=organisation,
        lang="zh",
        words="决定予以受理。",
        by=user,
        at=AT,
    )


def _change(side: Side, user: User) -> ProposedChange:
    """A change of a line of the valley's first household that somebody of the bureau proposed."""
    household = side.households[0]
    item = InventoryItem.objects.filter(household=household, valid_until=None).order_by("line_no")[0]
    given = ItemCorrection(item.line_no, quantity=str(item.quantity + 1))
    paper = Document("复核单1号", DAY, "复核")
    actor = actor_for(user, at=AT)
    return propose_item(household.pk, given, paper, on=DAY, actor=actor, at=AT)


def _raise(side: Side, user: User) -> Matter:
    """A matter that somebody wrote down at the counter, with a photograph; the monitor's came by letter to the bureau."""
    words, wanted = f"{side.group.name}的诉求", f"{side.group.name}的期盼"
    name, phone = f"{side.group.name}诉求人", f"1{side.township.pk:010d}"
    monitors = user.role_grants.get().role == Role.MONITOR
    submission = Submission(
        uuid.uuid4(),
        words,
        channel=MatterChannel.LETTER if monitors else MatterChannel.COUNTER,
        wanted=wanted,
        people=(Complainant(name, phone),),
        area_id=side.group.pk,
        files=(("a.jpg", jpeg()),),
    )
    actor = SYSTEM if monitors else complete(actor_for(user, at=AT), on=DAY)
    return receive_matter(submission, actor=actor, at=AT).matter


def _raise_own(side: Side) -> Matter:
    """A matter of the first household, from its own pages."""
    household = side.households[0]
    submission = Submission(
        uuid.uuid4(),
        f"{side.group.name}自家的事",
        channel=MatterChannel.CARD,
        people=(Complainant(household_id=household.pk),),
    )
    return receive_matter(submission, actor=household_actor(household.pk), at=AT).matter


def _recording(users: dict[Role, User]) -> Recording:
    """The first page, spoken in Yi: a few bytes stand for the sound."""
    return Recording.objects.create(
        text="page:portal:home",
        text_sha256="0" * 64,
        language=Language.YI,
        spoken_by="村广播员",
        file=ContentFile(b"ID3", name="recording.mp3"),
        sha256="0" * 64,
        seconds=65,
        added_by=users[Role.BUREAU_CLERK],
        added_at=AT,
    )


def _question(pack: PackVersion, users: dict[Role, User]) -> PolicyQuestion:
    """A question whose asker and words are sealed, answered in public under other words."""
    asked = submit_question(
        f"{ASKED_AS}围墙怎么赔",
        "0" * 32,
        QuestionChannel.PORTAL,
        name=ASKED_AS,
        phone="13700009999",
        actor=PUBLIC,
        at=AT,
    )
    clause = PackClause.objects.get(pack_version=pack, clause="table-facilities")
    given = AnswerInput(
        AnswerOutcome.CITED,
        "围墙按表中单价补偿。",
        clauses=frozenset({clause.pk}),
        names_nobody=True,
        public_zh="围墙怎么赔？",
    )
    answer_question(asked.question_id, given, actor=actor_for(users[Role.BUREAU_CLERK], at=AT), at=AT)
    return PolicyQuestion.objects.get(pk=asked.question_id)


def _agree(side: Side, bureau: Organisation, drawer: User, recorder: User) -> Agreement:
    """An agreement of one household, drawn up by one user; another has recorded the household's signature."""
    household = side.households[0]
    terms = Terms(PaymentMethod.CASH, bureau.pk, side.organisation.pk)
    agreement = draw_up_agreement(household.pk, terms, actor=actor_for(drawer, at=AT), at=AT)
    signing = Signing(party=Party.HOUSEHOLD, signed_on=DAY, person_id=household.head_id or 0, kept_at="卷1")
    sign_agreement(agreement.pk, signing, actor=actor_for(recorder, at=AT), at=AT)
    return agreement


def _unlisted(side: Side) -> None:
    """The last household has something that the policy knows nothing of: its account is withheld."""
    household = side.households[-1]
    InventoryItem.objects.create(
        line_no=f"{household.household_no}-02",
        household=household,
        area_path=household.area_path,
        item_code="house.unlisted",
        quantity=Decimal(1),
        surveyed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )


def _open_cases(county: Area, *sides: Side) -> StatementRun:
    """The houses under the agreements were measured anew: each side has a case."""
    for side in sides:
        side.households[0].items.update(quantity=Decimal("90"))
    run = calculate_accounts(county.path, on=DAY, actor=SYSTEM, at=AT)
    for side in sides:
        side.case_id = AccountCase.objects.get(household=side.households[0]).pk
    return run


def _measured_anew(side: Side) -> None:
    """Another house was measured anew and every account of the valley reckoned again: one has a second version."""
    side.households[2].items.update(quantity=Decimal("95"))
    calculate_accounts(side.township.path, on=DAY, actor=SYSTEM, at=AT)


def _cut_off(run: StatementRun, side: Side) -> StatementRun:
    """A reckoning of one valley that somebody began and nobody finished."""
    return StatementRun.objects.create(
        at=AT,
        on_date=run.on_date,
        area_path=side.township.path,
        pack_version=run.pack_version,
        facts_sha256=run.facts_sha256,
        manifest=run.manifest,
        checked=True,
        requested_by="test",
    )


def _drafted(side: Side, clerk: User) -> Revision:
    """A revision of one valley's prices, drafted and compared."""
    actor = actor_for(clerk, at=AT)
    intent = Intent("关于房屋单价的决定", "", "县人民政府", "木料涨价", DAY)
    revision = begin_revision(side.township.pk, intent, actor=actor, at=AT)
    save_prices(revision.pk, {("house.main.brick_concrete", "rural"): "600"}, actor=actor, at=AT)
    compare_revision(revision.pk, actor=actor, at=AT)
    return revision


def _decided(side: Side, like: Revision) -> Revision:
    """Another one that was decided, and whose accounts are being reckoned."""
    named = ("area", "base", "title_zh", "title_en", "issuer", "reason", "valid_from", "begun_by", "begun_at")
    revision = Revision.objects.create(**{name: getattr(like, name) for name in named})
    first = like.drafts.latest("number")
    draft = RevisionDraft.objects.create(
        revision=revision,
        number=1,
        content=first.content,
        sha256=first.sha256,
        way=first.way,
        saved_by=first.saved_by,
        saved_at=AT,
    )
    RevisionStep.objects.create(
        revision=revision,
        kind=RevisionStepKind.DECIDED,
        draft=draft,
        number="两政发〔2026〕9号",
        decided_on=DAY,
        pack_version=side.open_run and side.open_run.pack_version,
        adoption=side.proposal,
        by=revision.begun_by,
        at=AT,
    )
    return revision


def _budget(side: Side, clerk: User) -> BudgetVersion:
    """A budget of one valley that waits to be confirmed."""
    amounts = {head.code: 100_000 for head in budget_heads_for(side.township.path, DAY)}
    given = Approved(f"{side.township.name}概算批复", "初步设计批准", DAY, amounts)
    return enter_budget(side.township.pk, given, actor=actor_for(clerk, at=AT), at=AT)


def _visit(side: Side, clerk: User) -> None:
    """A visit to the first household, with a photograph and a promise; the household objects to it."""
    household, (said, promised, objected) = side.households[0], side.said[:3]
    draft = VisitDraft(
        on=DAY,
        said=said,
        present=frozenset({household.head_id or 0}),
        promises=(PromiseDraft(promised, DAY),),
        photos=(Upload("a.jpg", jpeg()),),
    )
    side.visit = record_visit(household.pk, draft, actor=actor_for(clerk, at=AT), at=AT)
    object_to_visit(side.visit.pk, objected, actor=household_actor(household.pk), at=AT)
    side.promise, side.photo = side.visit.promises.get(), side.visit.photos.get()


def _explain(side: Side, clerk: User) -> None:
    """The account of the first household, explained to it; it asked about it, and says that it was otherwise."""
    household = side.households[0]
    side.explanation = Explanation.objects.create(
        household=household,
        area_path=household.area_path,
        statement=Statement.objects.get(household=household, is_current=True),
        recorded_by=clerk,
        recorded_at=AT,
        key=uuid.uuid4(),
        on=DAY,
        language="cmn",
    )
    row, family = side.explanation, household_actor(household.pk)
    ask_further(row.pk, "围墙算了吗", QuestionRoute.HELPDESK, key=uuid.uuid4(), actor=family, at=AT)
    object_to_explanation(row.pk, side.said[3], never_held=False, actor=family, at=AT)


def _on_the_spot(side: Side, to: Organisation, user: User) -> None:
    """What leaders did in the valley: a session with a decision; the first household says that it was otherwise."""
    side.on_site = OnSiteSession.objects.create(
        area=side.township,
        area_path=side.township.path,
        on=DAY,
        place=f"{side.group.name}现场",
        households=3,
        villagers=9,
        recorded_by=user,
        recorded_at=AT,
        key=uuid.uuid4(),
    )
    decision = OnSiteDecision.objects.create(
        session=side.on_site,
        position=0,
        area_path=side.township.path,
        words="修通水渠",
        organisation=to,
        due_on=DAY,
    )
    side.decision_id = decision.pk
    household = side.households[0]
    object_to_session(
        side.on_site.pk,
        side.said[3],
        never_held=False,
        actor=household_actor(household.pk),
        household_id=household.pk,
        at=AT,
    )


def _post(side: Side, clerk: Actor) -> None:
    """A list that hangs in the valley's village, with an objection that waits."""
    side.posting = prepare_posting(side.village.pk, PostedList.POPULATION, DAY, actor=clerk, at=AT)
    put_up(side.posting.pk, f"{side.village.name}公示栏", actor=clerk, at=AT)
    prove_posting(side.posting.pk, photograph(), "公示栏", actor=clerk, at=AT)
    said = Said(ObjectionChannel.COUNTER, side.households[0].household_no, "少算了一个人")
    side.objection_id = take_objection(side.posting.pk, said, actor=clerk, at=AT).pk


def _meet(side: Side, clerk: User) -> None:
    """A policy meeting of the valley: every household but the first was there; the first says that it was otherwise."""
    side.meeting = PolicyMeeting.objects.create(
        area=side.township,
        area_path=side.township.path,
        on=DAY,
        place=f"{side.group.name}宣讲",
        recorded_by=clerk,
        recorded_at=AT,
        key=uuid.uuid4(),
    )
    MeetingTopic.objects.create(meeting=side.meeting, pack_id="danjiangkou-2009", document="D2009-215")
    for household in side.households:
        MeetingInvitation.objects.create(meeting=side.meeting, household=household)
    absent = [side.households[0].pk]
    enter_attendance(side.meeting.pk, absent, "", actor=actor_for(clerk, at=AT), at=AT)
    object_to_meeting(
        side.meeting.pk,
        side.said[3],
        never_reached=False,
        actor=household_actor(absent[0]),
        household_id=absent[0],
        at=AT,
    )


def _work(side: Side, clerk: User, users: dict[Role, User]) -> None:
    """A signal of one valley and a working group for it: two drawn households with their checkers, a report, a reply.

    In the near valley its own cadre and surveyor check; in the far one somebody whom nobody here knows.
    """
    side.signal = Signal.objects.create(
        area=side.township,
        area_path=side.township.path,
        county_path=side.township.path,
        topic="price",
        pack_id="danjiangkou-2009",
        document="D2009-215",
        clause="table-rural",
        since_week=105_600,
        week=105_601,
        households=12,
        villages=3,
        expected_tenths=5,
        detected_at=AT,
    )
    charge = Charge("土木房单价核查", "单价够不够重建？", prices=(("house.main.brick_concrete", "rural"),))
    actor = actor_for(clerk, at=AT)
    side.group_at_work = open_for_signal(side.signal.pk, charge, actor=actor, at=AT)
    announce_sample(side.group_at_work.pk, "下一期开奖号码", actor=actor, at=AT)
    draw = draw_sample(side.group_at_work.pk, "03 11 17", actor=actor, at=AT + timedelta(hours=1))
    checkers = (
        (users[Role.CADRE], users[Role.SURVEYOR])
        if side.township.name.startswith("近")
        else (make_user(Role.CADRE), make_user(Role.SURVEYOR))
    )
    for row, role, user in zip(draw.households.order_by("order"), _CHECKERS, checkers, strict=False):
        CheckAssignment.objects.create(sampled=row, user=user, by=clerk, at=AT)
        side.checks[role] = row.pk
    _report(side, clerk)


def _report(side: Side, clerk: User) -> None:
    """A report that was sent and answered, with a letter."""
    report = GroupReport.objects.create(
        group=side.group_at_work,
        number=1,
        language="zh",
        facts={},
        facts_sha256="0" * 64,
        pdf=ContentFile(b"%PDF", name="report.pdf"),
        pdf_sha256="0" * 64,
        workbook=ContentFile(b"report", name="report.xlsx"),
        workbook_sha256="0" * 64,
        by=clerk,
        at=AT,
    )
    dispatch = report.dispatches.create(
        kind="owner", name="业主", sent_on=DAY, reply_days=20, by=clerk, at=AT
    )
    reply = dispatch.replies.create(
        received_on=DAY,
        verdict="agree",
        words="同意。",
        scan=ContentFile(jpeg(), name="letter.jpg"),
        by=clerk,
        at=AT,
    )
    side.dispatch_id, side.reply_id = dispatch.pk, reply.pk


_CHECKERS = (Role.CADRE, Role.SURVEYOR)


def _quiz(user: User) -> QuizAttempt:
    """A quiz that somebody has begun."""
    return start_quiz(actor=actor_for(user, at=AT), at=AT, seed=7)


def _batch(side: Side, user: User) -> ImportBatch:
    """A workbook that somebody handed in for one valley."""
    return ImportBatch.objects.create(
        file_name="book.xlsx",
        file="imports/none.xlsx",
        sha256="0" * 64,
        area_path=side.township.path,
        uploaded_by=user,
        uploaded_at=AT,
    )


def secrets_of(world: World, role: Role) -> re.Pattern[bytes]:
    """What this role must never be told: everything of the far valley; a household also nothing of its neighbours.

    The words of a visit, of the near valley too, are for those roles only that see this part of a household.
    """
    if role not in world.secrets:
        texts = set(world.far.texts)
        if role == Role.HOUSEHOLD:
            own = {*texts_of(world.near.households[0]), world.near.cards[0].code, *world.near.said}
            own |= set(world.near.own_words)
            texts |= set(world.near.texts) - own
        if role in STAFF_ROLES and Part.VISITS not in PARTS.get(role, frozenset()):
            texts |= set(world.near.said)
        texts |= {*world.near.complainants, *(matter.code for matter in world.near.matters.values())}
        if role not in MATTER_READERS:
            texts |= set(world.near.raised)
        if role not in MATTER_READERS - HELPER_ROLES | {Role.HOUSEHOLD}:
            texts |= set(world.near.own_words)
        if role in BUREAU_ROLES:  # the bureau is the county's and holds it: its list says how it begins
            texts -= set(world.far.own_words[:1])
        if role != Role.HOUSEHOLD and world.near.own_matter:
            texts.add(world.near.own_matter.code)
        longest_first = sorted(filter(None, texts), key=len, reverse=True)
        world.secrets[role] = re.compile(b"|".join(re.escape(text.encode()) for text in longest_first))
    return world.secrets[role]


def hung_numbers(world: World, name: str) -> set[bytes]:
    """What a list that hangs for everybody says of its households, as on the wall: their numbers, and nothing else of them."""
    if name != "portal:posted_list":
        return set()
    sides = (world.near, world.far)
    return {household.household_no.encode() for side in sides for household in side.households}


def texts_of(household: Household) -> list[str]:
    """What is said of one household and of no other."""
    people = [member.person for member in household.members.select_related("person")]
    return [
        household.household_no,
        household.address,
        household.phone,
        household.bank_account,
        *(person.name for person in people),
        *(person.id_number for person in people),
        *(item.line_no for item in household.items.all()),
    ]


def _side(county: Area, name: str, heads: tuple[str, ...]) -> Side:
    township = make_area(county, f"{name}镇")
    village = make_area(township, f"{name}村")
    group = make_area(village, f"{name}一组")
    organisation = make_organisation(county, name=f"{name}局", phone=f"1601{len(name):07d}")
    Stationing.objects.create(
        organisation=organisation, area=township, area_path=township.path, valid_from=LONG_AGO
    )
    side = Side(
        township,
        village,
        group,
        organisation,
        _helper(HelperKind.CADRE, organisation),
        _helper(HelperKind.PARTY_MEMBER, organisation),
    )
    side.households = [_household(side, head) for head in heads]
    _ask_for_another(side)
    return side


def _ask_for_another(side: Side) -> None:
    """The first household has asked for another party member, and knows nothing yet of how its cadre came."""
    household = side.households[0]
    asked = HelperRequest.objects.create(
        household=household,
        helper=side.member,
        role=side.member.kind,
        area_path=household.area_path,
        channel="portal",
        by_right=True,
        reason=f"{side.village.name}的心里话",
        asked_at=AT,
    )
    handed = Handover.objects.create(
        household=household,
        role=side.cadre.kind,
        area_path=household.area_path,
        cause="recusal",
        pairing=household.pairings.get(helper=side.cadre),
        effective_on=LONG_AGO,
        announced_at=AT,
    )
    side.request_id, side.handover_id = asked.pk, handed.pk


def _household(side: Side, head: str) -> Household:
    household = make_household(side.group, head, others=2)
    number = next(_numbers)
    for member in household.members.select_related("person"):
        member.person.id_number = f"530625{member.person.pk:012d}"
        member.person.name = (
            member.person.name if member.relation == "head" else f"{head}之子{member.person.pk}"
        )
        member.person.save()
    household.address = f"{head}老宅"
    household.phone = f"139{number:08d}"
    household.bank_account = f"6222{number:015d}"
    household.save()
    InventoryItem.objects.create(
        line_no=f"{household.household_no}-01",
        household=household,
        area_path=household.area_path,
        item_code="house.main.brick_concrete",
        quantity=Decimal("86.4"),
        surveyed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )
    helpers = (side.cadre,) if head in _WITHOUT_MEMBER else (side.cadre, side.member)
    for helper in helpers:
        Pairing.objects.create(
            household=household,
            helper=helper,
            role=helper.kind,
            area_path=household.area_path,
            cost=1,
            valid_from=LONG_AGO,
            began_because="nearest",
        )
    return household


def _helper(kind: HelperKind, organisation: Organisation) -> Helper:
    return Helper.objects.create(
        helper_no=f"H{next(_numbers)}",
        person=make_person(),
        kind=kind,
        organisation=organisation,
        places=20,
        valid_from=LONG_AGO,
    )


def _user(role: Role, near: Side) -> User:
    """Somebody who works in the near valley only, in the way that their role does."""
    if role == Role.DEPARTMENT_LEAD:
        return make_user(role, organisation=near.organisation)
    if role == Role.CADRE:
        return make_user(role, helper_id=near.cadre.pk)
    if role == Role.PARTY_MEMBER:
        return make_user(role, helper_id=near.member.pk)
    return make_user(role, area_path="" if role == Role.ADMINISTRATOR else near.township.path)


def _adopt(county: Area, users: dict[Role, User]) -> PackVersion:
    pack = register_pack(PACK, actor=SYSTEM, at=AT)
    adoption = _propose(county, pack, users)
    adoption.approved_by, adoption.approved_at = users[Role.BUREAU_LEAD], AT
    adoption.save()
    return pack


def _propose(area: Area, pack: PackVersion, users: dict[Role, User]) -> PackAdoption:
    return PackAdoption.objects.create(
        pack_version=pack,
        area=area,
        valid_from=LONG_AGO,
        document="两政发〔2026〕1号",
        proposed_by=users[Role.BUREAU_CLERK],
        proposed_at=AT,
    )


def _leave(side: Side) -> Absence:
    """A leave in years to come, because of which one household passes to somebody else."""
    absence = Absence.objects.create(
        helper=side.cadre,
        kind="leave",
        valid_from=timezone.localdate() + timedelta(days=1_000),
        valid_until=timezone.localdate() + timedelta(days=1_030),
        reason="探亲",
        announced_at=AT,
    )
    household = side.households[3]
    Handover.objects.create(
        household=household,
        role=HelperKind.CADRE,
        area_path=household.area_path,
        cause="leave",
        pairing=household.pairings.get(role=HelperKind.CADRE),
        absence=absence,
        effective_on=DAY,
        announced_at=AT,
    )
    return absence


def _shortage(side: Side) -> PairingShortage:
    """Households that a run found nobody for."""
    run = PairingRun.objects.create(
        at=AT, on_date=DAY, area_path=side.township.path, seed=1, inputs_sha256="0", proof={}, fairness={}
    )
    return PairingShortage.objects.create(
        run=run,
        role=HelperKind.CADRE,
        households=1,
        helpers=0,
        places=0,
        short=1,
        household_ids=[side.households[1].pk],
        remedies=[
            {
                "kind": "places",
                "organisation_id": None,
                "households": 1,
                "unserved_after": 0,
                "added_places": 1,
                "helpers": 1,
                "moved": 0,
            }
        ],
        area_path=side.township.path,
    )


def _try(owner: User, side: Side) -> Job:
    """An answer to a what-if about a valley."""
    part = {
        "role": "cadre",
        "sentences": {"zh": [], "en": []},
        "need": 5,
        "served": 4,
        "moved": 0,
        "before": 0,
    }
    return Job.objects.create(
        kind="duty.try",
        arguments={"what": "leaving", "area_path": side.township.path, "helper_ids": [], "day": str(DAY)},
        state=JobState.DONE,
        result={"what": "leaving", "parts": [part | {"left": [side.households[2].pk]}]},
        owner=owner,
        created_at=AT,
        started_at=AT,
        ended_at=AT,
    )


def _job(owner: User) -> Job:
    return Job.objects.create(
        kind="duty.pair", state=JobState.DONE, owner=owner, created_at=AT, started_at=AT, ended_at=AT
    )
