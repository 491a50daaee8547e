"""更正现场办公的页面: the form with what stands, and why it was wrong; what was decided goes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.outreach.actions.correct_on_site import correct_on_site, require_correctable
from yixian.outreach.limits import MAX_DECISION
from yixian.outreach.on_site_read_models import SessionView
from yixian.outreach.queries.on_site import get_session, leaders_to_choose
from yixian.web.outreach.on_site_form import ROWS, OnSiteForm, on_site_draft
from yixian.web.ui.forms import FormPage, Submission


class CorrectionForm(OnSiteForm):
    """The session as it stands, to be put right, and why. Its place of the register stays; decisions are only added."""

    reason = forms.CharField(label=_("What was wrong, and how it is known"), max_length=MAX_DECISION)

    def __init__(self, asked: Submission) -> None:
        self.stands: SessionView = asked.subject
        super().__init__(asked)
        self.fields["area"].required = False

    def first_shown(self, asked: Submission) -> dict[str, Any]:
        """What stands in the version that is put right."""
        session = asked.subject.session
        shown = super().first_shown(asked) | {
            "area": session.area_id,
            "place": session.place,
            "on": session.on,
            "leaders": [row.helper_id for row in session.leaders.all()],
            "households": session.households,
            "villagers": session.villagers,
            "speakers": "\n".join(asked.subject.speakers),
            "speakers_agreed": bool(asked.subject.speakers),
        }
        for number, ((_pk, name), people) in enumerate(asked.subject.participants[:ROWS]):
            shown |= {f"body_{number}": ("", name), f"people_{number}": people}
        for number, (words, settled, matter) in enumerate(asked.subject.raised[:ROWS]):
            shown |= {f"raised_{number}": words, f"settled_{number}": settled, f"matter_{number}": matter}
        return shown

    def leaders_offered(self, asked: Submission) -> list[tuple[int, str]]:
        """Those of the session's own day, and whoever stands in it: none is lost for having left since."""
        session = asked.subject.session
        offered = dict(leaders_to_choose(asked.actor, on=session.on))
        held_by = zip(session.leaders.all(), asked.subject.leaders, strict=True)
        return list(({row.helper_id: words for row, words in held_by} | offered).items())

    def organisations_kept(self, asked: Submission) -> list[tuple[int, str]]:
        """Those that took part, though they ended since or are out of reach."""
        return [organisation for organisation, _people in asked.subject.participants]

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        draft = on_site_draft({**values, "area": self.stands.session.area_id})
        return {"draft": draft, "reason": values["reason"]}


def _session(asked: Submission) -> SessionView:
    view = get_session(asked.actor, asked.kwargs["session_id"], at=asked.at)
    if asked.data is None:  # what was sent is left to the action: it knows a form sent twice
        require_correctable(view)
    return view


def _back(asked: Submission) -> tuple[str, Any]:
    view = asked.subject
    return reverse("outreach:session", args=[view.session.pk]), view.session.area.label


CORRECT = FormPage(
    title=_("Put the session right"),
    lead=_(
        "Both versions stay and can be read. What was decided goes on with those whose it is; only what was left out is added."
    ),
    subject=_session,
    form=CorrectionForm,
    action=lambda asked: correct_on_site(
        asked.subject.session.pk, **asked.given, actor=asked.actor, at=asked.at
    ),
    to=lambda _asked, session: reverse("outreach:session", args=[session.pk]),
    done=_("Put right. The version before stays to be read."),
    button=_("Put it right"),
    back=_back,
    template="outreach/session_new.html",
)
