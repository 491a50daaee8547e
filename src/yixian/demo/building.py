"""建立示范县: step by step, the way a real county is brought in; a step that was done is not done again.

The invented county goes through the same workbook, the same check and the same actions as any other, by users with
the roles that those actions ask for. Each step writes in one transaction, so an interrupted run goes on at the step
where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import RunEnd
from yixian.demo.agreements import are_agreements_made, make_agreements
from yixian.demo.budget import is_budget_made, make_budget
from yixian.demo.changing_hands import are_handovers_announced, change_hands
from yixian.demo.county import generate
from yixian.demo.example import Example, examples
from yixian.demo.explained_accounts import are_accounts_explained, explain_accounts
from yixian.demo.leader_appointments import appoint_leaders, are_leaders_appointed
from yixian.demo.lists_posted import are_lists_posted, post_lists
from yixian.demo.matters import are_matters_raised, raise_matters
from yixian.demo.meetings_held import are_meetings_held, hold_meetings
from yixian.demo.note import Card, Note, SignIn, read_note, write_note
from yixian.demo.orders_and_papers import order_and_tell, orders_and_papers_stand
from yixian.demo.pending_case import case_stands, make_case
from yixian.demo.questions import are_questions_asked, ask_and_answer
from yixian.demo.quizzes import quizzes_stand, take_quizzes
from yixian.demo.sessions_held import are_sessions_held, hold_sessions
from yixian.demo.shape import REGISTERED
from yixian.demo.sign_ins import (
    CLERK,
    LEAD,
    are_others_made,
    is_bureau_made,
    make_bureau,
    make_others,
    user_actor,
)
from yixian.demo.survey_under_way import begin_survey, is_survey_under_way
from yixian.demo.unpriced import find_stone_house, stone_house_stands
from yixian.demo.visits import are_visits_made, make_visits
from yixian.demo.waiting_change import change_waits, propose_change_of_line
from yixian.demo.working_group import group_stands, open_group
from yixian.domain.areas import AreaLevel
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.models import PairingRun
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import User
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.models import PackAdoption, PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.actions.issue_cards import IssuedCard, issue_cards
from yixian.registry.models import Area, HouseholdCard
from yixian.revisions.actions.begin_revision import Intent, begin_revision
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.actions.save_draft import save_prices
from yixian.revisions.models import Revision
from yixian.workbook.actions.check import check_for_commit
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.stage import stage
from yixian.workbook.models import BatchState, ImportBatch
from yixian.workbook.writing import write_workbook

PACK = "danjiangkou-2009"
"""The policy pack by which the county reckons; it comes with the product."""

WORKBOOK = "demo-county.xlsx"

_ADOPTED_BY = "澜政发〔2024〕7号（演示）"
_SYSTEM = system_actor("demo")
_REVISED = (
    "关于调整土木结构房屋补偿单价的决定（演示）",
    "Decision on the price of earth-timber houses (demonstration)",
    "澜渡县人民政府",
    "三个乡镇的移民户反映，按现在的单价，拆了土木房重建不起来。工作组抽查了木料和工价，建议调高。",
)
_REVISED_PRICE = ("house.main.earth_timber", "rural")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is being done, whether it was done, and doing it."""

    title: str
    is_done: Callable[[], bool]
    do: Callable[[Reporter], object]


def claim_home(root: Path, households: int, seed: int) -> Note:
    """The note of the demonstration in this home folder; a new one where the register is empty.

    Raises `Refused` where a register stands that is no demonstration.
    """
    note = read_note(root)
    if note is not None:
        return note
    if User.objects.exists() or Area.objects.exists() or ImportBatch.objects.exists():
        raise Refused(
            "demo.real_register",
            "This home folder holds a register that is no demonstration; nothing was touched. "
            "Choose an empty folder: yixian demo --home DIR",
        )
    note = Note(households, seed)
    write_note(root, note)
    return note


def steps_waiting(root: Path, note: Note) -> Iterator[tuple[str, Step]]:
    """The steps that are still to do, in their order, each with its place among all ("3/16"); a step is asked whether it
    was done when its turn comes."""
    steps = Building(root, note).steps()
    for number, step in enumerate(steps, 1):
        if not step.is_done():
            yield f"{number}/{len(steps)}", step


class Building:
    """The steps of one demonstration."""

    def __init__(self, root: Path, note: Note) -> None:
        self._root = root
        self._note = note
        self._workbook = root / WORKBOOK

    def steps(self) -> tuple[Step, ...]:
        """All steps in their order."""
        return (
            Step("Making the bureau's sign-ins", is_bureau_made, self._make_bureau),
            Step("Inventing the county and writing its workbook", self._has_workbook, self._write_workbook),
            Step("Importing the workbook", _is_imported, self._import),
            Step("Adopting the policy pack", _is_adopted, self._adopt),
            Step("Reckoning every household's account", RunEnd.objects.exists, self._calculate),
            Step("Entering the approved budget", is_budget_made, self._enter_budget),
            Step("Drafting a revision of one price", Revision.objects.exists, self._draft_revision),
            Step("Appointing leaders for every township", are_leaders_appointed, self._appoint),
            Step("Pairing every household", PairingRun.objects.exists, self._pair),
            Step("Asking the policy desk", are_questions_asked, self._ask),
            Step("Making a sign-in for every role", are_others_made, self._make_others),
            Step("Visiting households", are_visits_made, self._visit),
            Step("Having agreements signed", are_agreements_made, self._agree),
            Step("Putting a line of the survey right", case_stands, self._make_case),
            Step("Finding a house that has no price", stone_house_stands, self._find_stone_house),
            Step("Proposing a change to a second person", change_waits, self._propose_change),
            Step("Letting people raise what troubles them", are_matters_raised, self._raise),
            Step("Explaining accounts line by line", are_accounts_explained, self._explain),
            Step("Holding sessions on the spot", are_sessions_held, self._hold),
            Step("Posting lists in four villages", are_lists_posted, self._post),
            Step("Explaining policy at meetings", are_meetings_held, self._explain_policy),
            Step("Measuring in the yards", is_survey_under_way, self._survey),
            Step("Ordering what is late, telling it in a paper", orders_and_papers_stand, self._order),
            Step("Looking into a price", group_stands, self._open_group),
            Step("Answering quizzes", quizzes_stand, self._take_quizzes),
            Step("Announcing who leaves and who stands in", are_handovers_announced, self._change_hands),
            Step("Issuing household cards", self._has_cards, self._issue_cards),
        )

    def _make_bureau(self, _report: Reporter) -> None:
        with transaction.atomic():
            self._keep_sign_ins(make_bureau(actor=_SYSTEM, at=timezone.now()))

    def _has_workbook(self) -> bool:
        return self._workbook.exists() or _is_imported()

    def _write_workbook(self, report: Reporter) -> None:
        rows = generate(self._note.households, self._note.seed)
        draft = self._workbook.with_suffix(".new.xlsx")
        write_workbook(draft, rows, pack=read_pack(_pack().pk), report=report)
        draft.replace(self._workbook)

    def _import(self, report: Reporter) -> None:
        clerk, at = user_actor(CLERK, at=timezone.now()), timezone.now()
        for left in ImportBatch.objects.exclude(state__in=[BatchState.COMMITTED, BatchState.DISCARDED]):
            discard(left.pk, actor=clerk, at=at)
        with self._workbook.open("rb") as file:
            batch = stage(File(file, name=WORKBOOK), file_name=WORKBOOK, actor=clerk, at=at)
        checked = check_for_commit(batch, at=timezone.now(), report=report)
        if batch.state != BatchState.CHECKED:
            raise Refused("import.faulty", "The workbook has errors: nothing was entered.")
        commit(batch, partial=False, actor=clerk, at=timezone.now(), report=report, checked=checked)

    def _adopt(self, _report: Reporter) -> None:
        at = timezone.now()
        adoption = PackAdoption.objects.first() or propose_adoption(
            _pack().pk,
            _county().pk,
            REGISTERED,
            _ADOPTED_BY,
            actor=user_actor(CLERK, at=at),
            at=at,
        )
        approve_adoption(adoption.pk, actor=user_actor(LEAD, at=at), at=at)

    def _find_stone_house(self, _report: Reporter) -> None:
        find_stone_house(at=timezone.now())

    def _survey(self, _report: Reporter) -> None:
        begin_survey(at=timezone.now())

    def _propose_change(self, _report: Reporter) -> None:
        propose_change_of_line(at=timezone.now())

    def _calculate(self, report: Reporter) -> None:
        at = timezone.now()
        on = timezone.localdate(at)
        calculate_accounts(_county().path, on=on, actor=user_actor(CLERK, at=at), at=at, report=report)

    def _draft_revision(self, report: Reporter) -> None:
        """One revision under way, so that its pages can be seen; nothing of it is in force."""
        at = timezone.now()
        clerk = user_actor(CLERK, at=at)
        intent = Intent(*_REVISED, valid_from=timezone.localdate(at))
        with transaction.atomic():
            revision = begin_revision(_county().pk, intent, actor=clerk, at=at)
            save_prices(revision.pk, {_REVISED_PRICE: "420"}, actor=clerk, at=at)
            compare_revision(revision.pk, actor=clerk, at=at, report=report)

    def _pair(self, report: Reporter) -> None:
        at = timezone.now()
        on = timezone.localdate(at)
        clerk = user_actor(CLERK, at=at)
        pair_households(_county().path, seed=self._note.seed, on=on, actor=clerk, at=at, report=report)

    def _appoint(self, _report: Reporter) -> None:
        at = timezone.now()
        appoint_leaders(actor=user_actor(CLERK, at=at), at=at)

    def _change_hands(self, _report: Reporter) -> None:
        change_hands(at=timezone.now())

    def _ask(self, _report: Reporter) -> None:
        at = timezone.now()
        ask_and_answer(user_actor(CLERK, at=at), at=at)

    def _enter_budget(self, _report: Reporter) -> None:
        make_budget(_county(), at=timezone.now())

    def _agree(self, _report: Reporter) -> None:
        make_agreements(at=timezone.now())

    def _visit(self, _report: Reporter) -> None:
        make_visits(self._note.seed, at=timezone.now())

    def _raise(self, _report: Reporter) -> None:
        raise_matters(self._note.seed, at=timezone.now())

    def _explain(self, _report: Reporter) -> None:
        explain_accounts(at=timezone.now())

    def _hold(self, _report: Reporter) -> None:
        hold_sessions(at=timezone.now())

    def _post(self, _report: Reporter) -> None:
        post_lists(at=timezone.now())

    def _explain_policy(self, _report: Reporter) -> None:
        hold_meetings(at=timezone.now())

    def _make_case(self, _report: Reporter) -> None:
        make_case(at=timezone.now())

    def _order(self, _report: Reporter) -> None:
        order_and_tell(at=timezone.now())

    def _open_group(self, _report: Reporter) -> None:
        open_group(_county(), at=timezone.now())

    def _take_quizzes(self, _report: Reporter) -> None:
        take_quizzes(self._note.seed, at=timezone.now())

    def _make_others(self, _report: Reporter) -> None:
        with transaction.atomic():
            self._keep_sign_ins(make_others(actor=_SYSTEM, at=timezone.now()))

    def _has_cards(self) -> bool:
        return bool(self._note.cards) and HouseholdCard.objects.filter(revoked_at=None).exists()

    def _issue_cards(self, _report: Reporter) -> None:
        at = timezone.now()
        shown = examples(timezone.localdate(at))
        ids = [example.household.pk for example in shown]
        with transaction.atomic():
            issued = issue_cards(ids, actor=user_actor(CLERK, at=at), at=at)
            cards = {card.household_id: card for card in issued}
            self._note.cards = [_card(cards[example.household.pk], example) for example in shown]
            write_note(self._root, self._note)

    def _keep_sign_ins(self, made: list[SignIn]) -> None:
        """Note sign-ins beside those noted before. Called before the users are committed, so that none goes unnoted."""
        known = {one.username: one for one in [*self._note.sign_ins, *made]}
        self._note.sign_ins = list(known.values())
        write_note(self._root, self._note)


def _card(card: IssuedCard, example: Example) -> Card:
    return Card(card.household_no, card.head_name, card.code, card.pin, example.why_zh, example.why_en)


def _pack() -> PackVersion:
    return PackVersion.objects.filter(pack_id=PACK).latest("registered_at")


def _county() -> Area:
    return Area.objects.get(level=AreaLevel.COUNTY)


def _is_imported() -> bool:
    return ImportBatch.objects.filter(state=BatchState.COMMITTED).exists()


def _is_adopted() -> bool:
    return PackAdoption.objects.filter(approved_by__isnull=False).exists()
