"""所见: read models (DTO) of matters — plain values in the language being spoken; nothing here asks a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from yixian.domain.procedure import Clock, Procedure


@dataclass(frozen=True, slots=True)
class LadderView:
    """期限过了怎么办: what follows by itself once a limit has passed.

    ``escalations``: so many of the limit's own days later, who is told (`yixian.matters.choices.EscalationLevel`).
    ``is_silent``: no answer within the limit is acceptance.
    """

    escalations: tuple[tuple[int, str], ...] = ()
    is_silent: bool = False


def ladder_of(clock: Clock, procedure: Procedure) -> LadderView:
    """What follows once a clock of a procedure has run out."""
    escalations = tuple((step.after, step.to) for step in clock.ladder)
    return LadderView(escalations, clock.id == procedure.handover.answer)


@dataclass(frozen=True, slots=True)
class ClockView:
    """一个期限: what must be done by when and where that is written. ``due_on`` is its last day.

    ``status`` is running, overdue, met or missed; ``days_left`` counts in the clock's own days, negative once it is over.
    ``provisional``: the holidays of that year are not published, so the day may still move. ``of``: whose time it is.
    """

    id: str
    title: str
    document: str
    clause: str
    plain: str
    started_at: datetime
    due_on: date
    stopped_at: datetime | None
    status: str
    days_left: int | None
    working: bool
    paused: bool
    provisional: bool
    of: str
    ladder: LadderView = field(default_factory=LadderView)

    @property
    def days_over(self) -> int:
        """How many of its own days it has been over; 0 while it is not."""
        return max(0, -(self.days_left or 0))


@dataclass(frozen=True, slots=True)
class EventView:
    """一步: what happened when, by which body, to which body, and why. ``by`` is the member of staff, for staff only."""

    kind: str
    title: str
    at: datetime
    organisation: str
    to_organisation: str
    reason: str
    clause: str
    by: str
    assignee: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class CustodyView:
    """经手: a body held it from one moment to another (None: still), so many seconds."""

    organisation: str
    since: datetime
    until: datetime | None
    seconds: int


@dataclass(frozen=True, slots=True)
class FileView:
    """附件: a photograph or a voice note by its id."""

    pk: int
    kind: str
    width: int
    height: int
    seconds: int
    by_person: bool


@dataclass(frozen=True, slots=True)
class MessageView:
    """往来."""

    at: datetime
    by_person: bool
    internal: bool
    by: str
    organisation: str
    words: str
    notified_by: str


@dataclass(frozen=True, slots=True)
class CitedView:
    """所据条款: a clause with its document's title and number, where it is to be read, and its words."""

    pack_id: str
    document: str
    clause: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """意见: one decision. ``changes`` are what it sets right, each in a sentence; ``remedy_result`` what became of the account,
    empty until it is carried out.
    """

    pk: int
    stage: str
    stage_label: str
    organisation: str
    by: str
    at: datetime
    asked: str
    facts: str
    reasons: str
    basis: tuple[CitedView, ...]
    basis_words: str
    outcome: str
    outcome_label: str
    remedy: str
    remedy_label: str
    remedy_done_at: datetime | None
    changes: tuple[str, ...] = ()
    remedy_result: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """会议记录."""

    kind_label: str
    on: date
    place: str
    present: str
    words: str
    agreed: str
    organisation: str
    by: str


@dataclass(frozen=True, slots=True)
class VerdictView:
    """本人评价. ``by`` is the independent caller, empty where the person said it themself."""

    verdict: str
    verdict_label: str
    satisfied: int
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class AccessView:
    """谁看过: who opened the matter or the identity, when, as what, and with which reason."""

    at: datetime
    by: str
    organisation: str
    identity: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """关联的事项."""

    number: str
    kind: str
    kind_label: str


@dataclass(frozen=True, slots=True)
class EscalationView:
    """升级记录: of which missed clock whom was told, and when."""

    clock: str
    to_label: str
    organisation: str
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class MatterView:
    """一件诉求: everything about a matter but who raised it."""

    number: str
    kind_label: str
    procedure: str
    topic: str
    topic_label: str
    channel_label: str
    area: str
    received_at: datetime
    recorded_by: str
    anonymous: bool
    joint: int
    shared: bool
    about_official: bool
    subjects: tuple[str, ...]
    words: str
    wanted: str
    item_line: str
    payment: str
    subject_words: str
    source_no: str
    read_back: bool
    clauses: tuple[CitedView, ...]
    files: tuple[FileView, ...]
    state: str
    state_label: str
    is_closed: bool
    holder_id: int | None
    holder: str
    offered_to: str
    with_superior: bool
    assignee_id: int | None
    assignee: str
    waiting_for: str
    unknown_year: int
    fault: str
    age_seconds: int
    clocks: tuple[ClockView, ...]
    steps: tuple[EventView, ...]
    held: tuple[CustodyView, ...]
    messages: tuple[MessageView, ...]
    decisions: tuple[DecisionView, ...]
    meetings: tuple[MeetingView, ...]
    verdicts: tuple[VerdictView, ...]
    escalations: tuple[EscalationView, ...]
    links: tuple[LinkView, ...]
    extension_asked: str

    @property
    def open_clocks(self) -> tuple[ClockView, ...]:
        """The clocks that run or have run out, the earliest first."""
        rows = [one for one in self.clocks if one.status in {"running", "overdue"}]
        return tuple(sorted(rows, key=lambda one: one.due_on))

    @property
    def is_overdue(self) -> bool:
        """Whether some office has let a limit pass."""
        return any(one.status == "overdue" for one in self.clocks)


@dataclass(frozen=True, slots=True)
class OwnView:
    """我的事: what the person sees of their own matter — the same record, in plain words, and what they can do next."""

    view: MatterView
    code: str
    household: bool
    looked: tuple[AccessView, ...]
    may_write: bool
    may_review: str
    review_until: date | None
    may_judge: bool
    supervised: tuple[tuple[str, datetime, date], ...] = ()
    """领导督办: by whose leaders, when it was ordered, and by which day they must be replied to."""


@dataclass(frozen=True, slots=True)
class MatterRow:
    """清单上一行. ``words`` are the first of what was said, where a page shows them; "" elsewhere."""

    number: str
    topic_label: str
    channel_label: str
    area: str
    received_at: datetime
    state: str
    state_label: str
    is_closed: bool
    holder: str
    offered_to: str
    assignee: str
    next_clock: str
    next_due_on: date | None
    is_overdue: bool
    days_left: int | None
    unknown_year: int
    fault: str
    joint: int
    about_official: bool
    words: str = ""

    @property
    def days_over(self) -> int:
        """How many days what is due has been over; 0 while it is not."""
        return max(0, -(self.days_left or 0))
