"""办理页: pages and buttons of a workflow's steps. The room declares each step; here it gets its words and its form.

`StepPages` makes of them one address a step, the buttons on the subject's page (with the reason where a step cannot be
taken yet), the form, the sentence afterwards and the way back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.kernel.workflow import Step, offers
from yixian.web.request_actor import actor_of
from yixian.web.ui.asking_once import Question, ask_once
from yixian.web.ui.cells import Text
from yixian.web.ui.forms import Link, Submission, status_of_form, submit


def _nothing(asked: Submission) -> forms.Form:
    return forms.Form(asked.data)


def taking(action: Callable[..., Any], **names: str) -> Callable[[Submission], Any]:
    """Call an action with what the address names, in that order, and what the form gave, under the names it knows it by."""

    def act(asked: Submission) -> Any:
        given = {names.get(name, name): value for name, value in asked.given.items()}
        return action(*asked.kwargs.values(), **given, actor=asked.actor, at=asked.at)

    return act


def asking(form: type[forms.Form]) -> Callable[[Submission], forms.Form]:
    """A form that needs nothing but what was sent."""
    return lambda asked: form(asked.data)


def _itself(_asked: Submission, subject: Any) -> Any:
    return subject


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage:
    """A step's words and form.

    ``act`` calls the room's action, ``done`` is said afterwards (and may be made of its result). ``why`` stands above the
    button or form. Where the step asks for nothing one press is enough; ``inline`` puts the form on the subject's own page.
    ``place`` says where there, to pages that ask. ``stands_on`` is the end of the address of the subject's page on which the
    step stands, where that is not its first; ``onward`` leads on from the action's result. ``route`` is the end of the
    step's own address where that is not its name. ``confirm`` says, with numbers, what the step does to many: it is then
    asked for once more.
    """

    step: Step[Any]
    button: Text
    done: Text | Callable[[Any], Text]
    act: Callable[[Submission], object]
    form: Callable[[Submission], forms.Form] = _nothing
    why: Text = ""
    css: str = "btn-primary"
    inline: bool = False
    place: str = ""
    stands_on: str = ""
    onward: Callable[[Submission, Any], str] | None = None
    route: str = ""
    confirm: Callable[[Submission], Sequence[Text]] | None = None

    @property
    def path(self) -> str:
        """The end of its address."""
        return self.route or f"{self.step.name}/"

    @property
    def is_posted(self) -> bool:
        """Whether it is posted from the subject's page."""
        return self.inline or not self.step.asks


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step on its subject's page: a button, a form or a link, and why it cannot be taken yet (else "")."""

    page: StepPage
    href: str
    asked: Submission
    refusal: str

    def form(self) -> forms.Form:
        """The form of a step that is posted from the subject's page, made when it is shown; several may stand there."""
        form = self.page.form(self.asked)
        form.auto_id = f"{self.page.step.name}_%s"
        return form


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPages:
    """All steps of one kind of subject.

    ``subject`` finds what a request is about (raises `NotFound`), ``state`` says where that stands, as the room's steps ask
    for it (the subject itself, unless said). ``to`` is the subject's own page; ``onward`` leads elsewhere once a step is taken.
    ``prefix`` begins the names of the addresses: "staff:revision_". ``crumb`` is the page above the subject's, as (name of its
    address, words). ``along`` is what addresses carry along of the request's own.
    """

    prefix: str
    subject: Callable[[Submission], Any]
    title: Callable[[Any], str]
    to: Callable[[Any], str]
    pages: tuple[StepPage, ...]
    state: Callable[[Submission, Any], Any] = _itself
    template: str = "ui/step_page.html"
    crumb: tuple[str, Text] | None = None
    onward: Callable[[Submission], str] | None = None
    context: Callable[[Submission], Mapping[str, Any]] | None = None
    along: Callable[[HttpRequest], str] = lambda _request: ""
    by_name: Mapping[str, StepPage] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {page.step.name: page for page in self.pages})

    def urls(self, route: str) -> list[URLPattern]:
        """An address for each step, below the subject's."""
        name = self.prefix.partition(":")[2]
        return [
            path(f"{route}{page.path}", partial(self.answer, page), name=f"{name}{page.step.name}")
            for page in self.pages
        ]

    def url(self, route: str, name: str) -> URLPattern:
        """One address for all steps: the name of the step is the last part of the path."""
        return path(f"{route}<str:step>/", self._named, name=name)

    def _named(self, request: HttpRequest, step: str, **kwargs: Any) -> HttpResponse:
        if step not in self.by_name:
            raise NotFound("step.unknown", _("The procedure knows no such step."))
        return self.answer(self.by_name[step], request, **kwargs)

    def offered(self, request: HttpRequest, subject: Any, state: Any, *places: str) -> list[OfferedStep]:
        """What the actor may do next, or could but for a reason, in the order of the declaration; in ``places`` alone if any."""
        asked = Submission(request, actor_of(request), timezone.now(), {}, state)
        pages = [page for page in self.pages if not places or (page.place or page.stands_on) in places]
        found = offers([page.step for page in pages], state, asked.actor, asked.at)
        along = self.along(request)
        return [
            OfferedStep(
                self.by_name[offer.step.name],
                f"{self.to(subject)}{self.by_name[offer.step.name].path}{along}",
                asked,
                offer.refusal.sentence if offer.refusal else "",
            )
            for offer in found
        ]

    def named(
        self, request: HttpRequest, subject: Any, state: Any, *places: str
    ) -> dict[str, list[OfferedStep]]:
        """The same by the steps' names, for pages on which each has its own panel."""
        return {one.page.step.name: [one] for one in self.offered(request, subject, state, *places)}

    def answer(self, page: StepPage, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take a step, or show what it asks for. A step without a page of its own is asked for on its subject's.

        Raises `NotFound` out of reach, `NotPermitted` for other roles, `Refused` where it is not the step's turn.
        """
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        asked = Submission(request, actor_of(request), timezone.now(), kwargs)
        subject = self.subject(asked)
        page.step.person(asked.actor)
        asked = replace(asked, subject=self.state(asked, subject))
        along = self.along(request)
        own = f"{self.to(subject)}{along}"
        back = f"{self.to(subject)}{page.stands_on}{along}"
        if request.method != "POST" and page.inline:
            return redirect(back)
        see = page.step.moment if request.method == "POST" else page.step.check
        see(asked.subject, asked.actor, asked.at)
        form = page.form(asked)
        question = self._question(page, asked, form, (back, self.title(subject)))
        if question is not None:
            return question
        taken = submit(
            request,
            form,
            lambda given: page.act(replace(asked, given=given)),
            to=lambda result: self._way_on(page, asked, result) or back,
            done=page.done,
        )
        if taken is not None:
            return taken
        above = [(reverse(self.crumb[0]), self.crumb[1])] if self.crumb else []
        context = {"step": page, "form": form, "back": back, "crumbs": [*above, (own, self.title(subject))]}
        more = self.context(asked) if self.context else {}
        return render(request, self.template, {**context, **more}, status=status_of_form(form))

    def _question(
        self, page: StepPage, asked: Submission, form: forms.Form, back: Link
    ) -> HttpResponse | None:
        """What a step does to many, asked once more when its form holds and it may be taken; None where it is to be taken."""
        request = asked.request
        if page.confirm is None or request.method != "POST" or not form.is_valid():
            return None
        page.step.check(asked.subject, asked.actor, asked.at)
        filled = replace(asked, given=form.cleaned_data)
        return ask_once(request, Question(page.button, page.confirm(filled), page.button, back))

    def _way_on(self, page: StepPage, asked: Submission, result: Any) -> str:
        if page.onward is not None:
            return page.onward(asked, result)
        return self.onward(asked) if self.onward else ""
