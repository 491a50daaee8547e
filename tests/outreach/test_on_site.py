"""领导现场办公: whose it is and by when, seen to its end by somebody else; everybody reads the decision and nobody's name."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.matters.place import submission
from tests.outreach.on_the_spot import DUE, drafted_session, held, leader_at, water
from tests.visits.place import AT, DAY, Place
from yixian.compensation.models import Statement
from yixian.duty.models import Pairing
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.matters.actions.receive_matter import receive_matter
from yixian.outreach.actions.correct_on_site import correct_on_site
from yixian.outreach.actions.follow_decision import (
    close_decision,
    object_to_session,
    report_done,
    report_not_done,
    send_decision_back,
)
from yixian.outreach.actions.record_on_site import record_on_site
from yixian.outreach.choices import DecisionState
from yixian.outreach.models import OnSiteDecision, OnSiteSession, SessionSpeaker
from yixian.outreach.on_site_draft import DecisionDraft, PointDraft
from yixian.outreach.queries.on_site import (
    decision_list,
    decisions_to_close,
    decisions_to_report,
    get_decision,
    get_session,
    late_decisions,
    leaders_to_choose,
    public_decisions,
    session_list,
    sessions_of_household,
)

pytestmark = pytest.mark.django_db


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def decision() -> OnSiteDecision:
    return OnSiteDecision.objects.get()


def public_state(days: int = 0) -> str:
    (row,) = public_decisions(on=DAY + timedelta(days=days)).window(0, 9)
    return row.state


def fault(world: Place, /, **changes: object) -> tuple[str, str]:
    with pytest.raises(Invalid) as caught:
        held(world, **changes)
    assert not OnSiteSession.objects.exists()
    return caught.value.key, caught.value.field


def test_a_session_is_put_right_and_both_versions_stay(place: Place) -> None:
    old, clerk = held(place), place.actor("county")
    report_done(decision().pk, "渠修通了。", actor=place.actor("water"), at=AT)
    said = {"actor": place.family, "household_id": place.ours.pk, "at": AT}
    object_to_session(old.pk, "人没有这么多。", never_held=False, **said)
    further = DecisionDraft("月底前通电。", water(place).pk, DUE)
    draft = drafted_session(place, place="近溪村部", households=8, raised=(), decisions=(further,))
    for _sent in range(2):
        new = correct_on_site(old.pk, draft, "地点写错了", actor=clerk, at=AT)
    assert OnSiteSession.objects.count() == 2
    assert [row.session.pk for row in session_list(clerk, at=AT).window(0, 9)] == [new.pk]
    view = get_session(clerk, new.pk, at=AT)
    assert (view.session.place, view.session.households, view.holding) == ("近溪村部", 8, new.pk)
    assert [one.decision.words for one in view.decisions] == ["七日内修通水渠。", "月底前通电。"]
    assert view.decisions[0].state == DecisionState.DONE
    (put_right,) = view.corrections
    assert (put_right.old_id, put_right.reason) == (old.pk, "地点写错了")
    before = get_session(clerk, old.pk, at=AT)
    assert (before.session.place, before.holding, before.may_correct) == ("近溪村小学", new.pk, False)
    assert {row.place.rpartition(" ")[2] for row in public_decisions(on=DAY).window(0, 9)} == {"近溪村部"}
    (own,) = sessions_of_household(place.family, place.ours, on=DAY)
    assert (own.session.pk, len(own.decisions), len(own.objections)) == (new.pk, 2, 1)
    with pytest.raises(Refused, match="corrected already"):
        correct_on_site(old.pk, drafted_session(place), "又错了", actor=clerk, at=AT)
    third = correct_on_site(new.pk, drafted_session(place, decisions=()), "户数", actor=clerk, at=AT)
    assert len(get_session(clerk, third.pk, at=AT).decisions) == 2
    assert Event.objects.filter(kind="on_site.corrected").count() == 2


def test_a_decision_has_day_and_place_of_the_version_that_holds(place: Place) -> None:
    earlier = held(place, on=DAY - timedelta(days=2), place="乡公所")
    old, owner = held(place, on=DAY - timedelta(days=1)), place.actor("water")
    right = {"on": DAY - timedelta(days=9), "place": "近溪村部", "decisions": ()}
    new = correct_on_site(old.pk, drafted_session(place, **right), "日子", actor=place.actor("county"), at=AT)
    (moved,) = old.decisions.all()

    def found(search: str) -> list[tuple[date, str]]:
        rows = public_decisions(on=DAY, search=search).window(0, 9)
        return [(row.on, row.place.rpartition(" ")[2]) for row in rows]

    assert found("") == [(earlier.on, "乡公所"), (new.on, "近溪村部")]
    assert found("近溪村部") == [(new.on, "近溪村部")]
    assert found("近溪村小学") == []
    assert public_decisions(on=DAY - timedelta(days=5)).count() == 1
    assert get_decision(owner, moved.pk, at=AT).session == new
    assert {row.session.pk for row in decision_list(owner, at=AT).window(0, 9)} == {earlier.pk, new.pk}
    assert {one.since for one in decisions_to_report(owner, at=AT).window(0, 9)} == {earlier.on, new.on}
    own = sessions_of_household(place.family, place.ours, on=DAY)
    assert {one.on for view in own for one in view.decisions} == {earlier.on, new.on}


def test_a_matter_that_the_corrector_does_not_see_stays_with_what_was_raised(place: Place) -> None:
    elsewhere = submission("桥断了。", area_id=place.theirs.area_id)
    matter = receive_matter(elsewhere, actor=PUBLIC, at=AT).matter
    points = (PointDraft("桥断了。\n过不去。", matter_no=matter.number), PointDraft("水渠断了。"))
    old, near = held(place, raised=points), place.actor("township")
    assert [number for _words, _settled, number in get_session(near, old.pk, at=AT).raised] == ["", ""]
    again = (PointDraft("水渠断了。"), PointDraft("桥断了。\r\n过不去。"))
    draft = drafted_session(place, raised=again, decisions=())
    new = correct_on_site(old.pk, draft, "次序", actor=near, at=AT)
    kept = new.raised.order_by("position").values_list("matter__number", flat=True)
    assert list(kept) == [None, matter.number]
    draft = drafted_session(place, raised=again, decisions=())
    third = correct_on_site(new.pk, draft, "不是这件事", actor=place.actor("county"), at=AT)
    assert not third.raised.exclude(matter=None).exists()


def test_who_does_not_write_sessions_down_corrects_none(place: Place) -> None:
    old = held(place)
    draft = drafted_session(place, decisions=())
    with pytest.raises(Invalid):
        correct_on_site(old.pk, draft, " ", actor=place.actor("county"), at=AT)
    with pytest.raises(NotPermitted):
        correct_on_site(old.pk, draft, "错了", actor=place.actor("water"), at=AT)
    with pytest.raises(NotFound):
        correct_on_site(0, draft, "错了", actor=place.actor("county"), at=AT)


def test_a_decision_goes_to_its_end(place: Place) -> None:
    held(place)
    owner, leader = place.actor("water"), place.actor("county")
    (waiting,) = decisions_to_report(owner, at=AT).window(0, 9)
    assert (waiting.about, waiting.due_on) == ("七日内修通水渠。", DUE)
    assert decisions_to_report(place.actor("clerk"), at=AT).count() == 0
    assert (public_state(), public_state(8)) == (DecisionState.OPEN, DecisionState.OVERDUE)
    assert (late_decisions(leader, at=AT), late_decisions(leader, at=later(8))) == (0, 1)
    with pytest.raises(Refused):
        close_decision(decision().pk, "", actor=leader, at=AT)
    report_done(decision().pk, "渠修通了，水到田头。", actor=owner, at=later(3))
    assert decisions_to_report(owner, at=later(3)).count() == 0
    assert decisions_to_close(leader, at=later(3)).count() == 1
    send_decision_back(decision().pk, "下游还没有水。", DAY + timedelta(days=20), actor=leader, at=later(4))
    assert get_decision(owner, decision().pk, at=later(10)).state == DecisionState.OPEN
    report_not_done(decision().pk, "下游要等汛后施工。", actor=owner, at=later(11))
    assert public_state(11) == DecisionState.NOT_DONE
    close_decision(decision().pk, "", actor=place.actor("township"), at=later(12))
    assert public_state(12) == DecisionState.CLOSED
    kinds = Event.objects.filter(kind__startswith="on_site.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "on_site.recorded",
        "on_site.done",
        "on_site.sent_back",
        "on_site.not_done",
        "on_site.closed",
    ]


def test_what_is_refused(place: Place) -> None:
    leader_at(place)
    assert fault(place, on=DAY + timedelta(days=1)) == ("explanation.future", "on")
    assert fault(place, place=" ") == ("on_site.place", "place")
    assert fault(place, leaders=frozenset()) == ("on_site.leaders", "leaders")
    assert fault(place, leaders=frozenset({place.cadre.pk})) == ("on_site.not_leader", "leaders")
    assert fault(place, raised=(), decisions=())[0] == "on_site.nothing"
    assert fault(place, speakers=("赵大娘",)) == ("on_site.agreed", "speakers_agreed")
    assert fault(place, names_nobody=False) == ("on_site.names", "names_nobody")
    assert fault(place, raised=(PointDraft("水", matter_no="999"),)) == ("on_site.matter", "matter_0")
    bureau_of_nobody = place.member.organisation.pk + 10_000
    for one, key in (
        (DecisionDraft("修", None, DUE), "on_site.whose"),
        (DecisionDraft("修", water(place).pk, DAY - timedelta(days=1)), "on_site.due"),
        (DecisionDraft("修", bureau_of_nobody, DUE), "supervision.receiver"),
        (DecisionDraft("修" * 301, water(place).pk, DUE), "on_site.decision"),
    ):
        assert fault(place, decisions=(one,))[0] == key


def test_who_writes_down_and_where(place: Place) -> None:
    leader_at(place)
    for name in ("cadre", "finance", "auditor", "water"):
        with pytest.raises(NotPermitted):
            held(place, name)
    with pytest.raises(NotFound):
        held(place, "township", area_id=place.theirs.area_id)
    assert held(place, "township").area == place.township
    assert [words for _pk, words in leaders_to_choose(place.actor("township"), on=DAY)] == [
        f"程县长 · {place.township.label}"
    ]


def test_the_same_form_makes_one(place: Place) -> None:
    draft = drafted_session(place)
    rows = [record_on_site(draft, actor=place.actor("county"), at=AT) for _time in range(2)]
    assert rows[0] == rows[1]
    with pytest.raises(Refused):
        record_on_site(draft, actor=place.actor("clerk"), at=AT)


def test_only_who_agreed_is_named_and_nobody_in_public(place: Place) -> None:
    row = held(place, speakers=("赵大娘",), speakers_agreed=True)
    assert get_session(place.actor("county"), row.pk, at=AT).speakers == ("赵大娘",)
    assert "赵大娘" not in str(public_decisions(on=DAY).window(0, 9))
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionSpeaker.objects.create(session=row, name="别人", agreed=False)


def test_who_reads_it(place: Place) -> None:
    row = held(place)
    for name in ("county", "township", "clerk", "auditor", "water"):
        assert [one.session for one in session_list(place.actor(name), at=AT).window(0, 9)] == [row]
        assert decision_list(place.actor(name), at=AT).count() == 1
    for name in ("cadre", "stranger"):
        assert session_list(place.actor(name), at=AT).count() == 0
        with pytest.raises(NotFound):
            get_session(place.actor(name), row.pk, at=AT)
    with pytest.raises(NotFound):
        report_done(decision().pk, "办了", actor=place.actor("stranger"), at=AT)
    with pytest.raises(Refused):
        report_done(decision().pk, "办了", actor=place.actor("clerk"), at=AT)


def test_the_household_sees_it_and_may_deny_it(place: Place) -> None:
    row = held(place)
    (view,) = sessions_of_household(place.family, place.ours, on=DAY)
    assert [one.words for one in view.decisions] == ["七日内修通水渠。"]
    before = [list(model.objects.order_by("pk").values()) for model in (Statement, Pairing)]

    def deny(household_id: int, words: str = "", *, never_held: bool = True) -> object:
        return object_to_session(
            row.pk, words, never_held=never_held, actor=place.family, household_id=household_id, at=AT
        )

    for _time in range(2):
        deny(place.ours.pk)
    assert row.objections.count() == 1
    with pytest.raises(Invalid):
        deny(place.ours.pk, never_held=False)
    deny(place.ours.pk, "领导没有下车。", never_held=False)
    assert get_session(place.actor("clerk"), row.pk, at=AT).objections == ("领导没有下车。",)
    for name in ("county", "township", "water"):
        assert get_session(place.actor(name), row.pk, at=AT).objections == ()
    with pytest.raises(NotFound):
        deny(place.theirs.pk)
    (listed,) = session_list(place.actor("county"), at=AT).window(0, 9)
    assert (listed.denied, listed.decisions, listed.waiting) == (1, 1, 1)
    assert [list(model.objects.order_by("pk").values()) for model in (Statement, Pairing)] == before


def test_what_was_decided_stays(place: Place) -> None:
    held(place)
    for table in ("onsitesession", "onsitedecision", "raisedpoint"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM outreach_{table}")
