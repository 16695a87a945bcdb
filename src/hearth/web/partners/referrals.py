"""Referrals on screen: made, confirmed, chased, answered, challenged, agreed on, and what waits for others."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.queries import parts_in
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.cases.queries import case_for
from hearth.concerns.queries import concern_for
from hearth.ledger.operations import record_read
from hearth.partners import operations
from hearth.partners.queries import WAITING, history_of, referral_for, waiting_for_others
from hearth.partners.terms import NOT_THE_LAST_WORD, Answer
from hearth.policy.packs.naming import called
from hearth.policy.queries import pack_in_force
from hearth.timescales.queries import clocks_about, clocks_for
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.middleware import Page
from hearth.web.paging import place, turning
from hearth.web.partners.forms import (
    AgreedForm,
    AnswerForm,
    ChaseForm,
    ReasonForm,
    ReferForm,
    WhenForm,
    agency_name,
)


@require_safe
def waiting_page(request: Page) -> HttpResponse:
    """Referrals no agency has answered, the soonest chase first."""
    shown, now = waiting_for_others(request.viewer, place=place(request, WAITING)), clock.now()
    ids = [("referral", each.id) for each in shown]
    record_read("referrals.listed", about=None, ids=ids, durable=any(each.restricted for each in shown))
    pack = pack_in_force(now)
    page = {
        "referrals": shown,
        "names": {each.id: agency_name(pack, each.agency) for each in shown},
        "limits": clocks_about(request.viewer, "referral", [each.id for each in shown], at=now),
        **turning(shown),
    }
    return render(request, "partners/waiting.jinja", page)


def refer_concern_page(request: Page, public_id: UUID) -> HttpResponse:
    """Refer from a concern that has no case."""
    concern = concern_for(request.viewer, public_id, act=Act.REFER)
    looked("concern.read", concern)
    form = ReferForm(request.POST or None, pack=pack_in_force(clock.now()), now=clock.now())

    def refer() -> str:
        return _made(request, form, lambda at: operations.refer(
            concern, None, form.asked_of_agency(), by=request.viewer, at=at, key=form.cleaned_data["key"]
        ))  # fmt: skip

    return _refer(request, form, f"/concern/{public_id}", refer)


def refer_case_page(request: Page, public_id: UUID) -> HttpResponse:
    """Refer from a case."""
    case = case_for(request.viewer, public_id, act=Act.REFER)
    looked("case.read", case)
    form = ReferForm(request.POST or None, pack=pack_in_force(clock.now()), now=clock.now())

    def refer() -> str:
        return _made(request, form, lambda at: operations.refer(
            None, case, form.asked_of_agency(), by=request.viewer, at=at, key=form.cleaned_data["key"]
        ))  # fmt: skip

    return _refer(request, form, f"/case/{public_id}", refer)


@require_safe
def referral_page(request: Page, public_id: UUID) -> HttpResponse:
    """One referral: what was asked, what came back, every limit with its clause, and what to do next."""
    referral = referral_for(request.viewer, public_id)
    looked("referral.read", referral)
    now = clock.now()
    pack = pack_in_force(now)
    page = {
        "referral": referral,
        "agency": agency_name(pack, referral.agency),
        "answer": called(pack, "answer", referral.answer) if referral.answer else "",
        "clocks": clocks_for(request.viewer, referral, at=now),
        "history": history_of(request.viewer, referral),
        "may_refer": may(parts_in(request.viewer, referral), Act.REFER),
        "may_be_answered": referral.answered_at is None or referral.answer in NOT_THE_LAST_WORD,
        "may_see_limits": may(request.viewer.parts, Act.SEE_DUE),
        "now": now,
    }
    return render(request, "partners/referral.jinja", page)


def confirm_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say when the telephoned referral went in writing."""
    referral, form = (
        referral_for(request.viewer, public_id, act=Act.REFER),
        WhenForm(request.POST or None, now=clock.now()),
    )
    looked("referral.read", referral)

    def confirm() -> str:
        operations.confirm_in_writing(referral, by=request.viewer, at=form.happened_at())
        return _("It is recorded that the referral went in writing.")

    return _act(request, form, _("Confirmed in writing"), public_id, confirm, referral.asked)


def received_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say when the agency told us that it has the referral."""
    referral, form = (
        referral_for(request.viewer, public_id, act=Act.REFER),
        WhenForm(request.POST or None, now=clock.now()),
    )
    looked("referral.read", referral)

    def receive() -> str:
        operations.acknowledge(referral, by=request.viewer, at=form.happened_at())
        return _("It is recorded that they have it.")

    return _act(request, form, _("They say they have it"), public_id, receive, referral.asked)


def chase_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that somebody asked again."""
    referral, form = (
        referral_for(request.viewer, public_id, act=Act.REFER),
        ChaseForm(request.POST or None, now=clock.now()),
    )
    looked("referral.read", referral)

    def chase() -> str:
        told = form.cleaned_data
        operations.chase(
            referral, spoke_to=told["spoke_to"], said=told["said"], by=request.viewer, at=form.happened_at()
        )
        return _("The chase is recorded.")

    return _act(request, form, _("Chase this referral"), public_id, chase, referral.asked)


def answer_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record what the agency decided."""
    referral, form = (
        referral_for(request.viewer, public_id, act=Act.REFER),
        AnswerForm(request.POST or None, pack=pack_in_force(clock.now()), now=clock.now()),
    )
    looked("referral.read", referral)

    def answer() -> str:
        told = form.cleaned_data
        answered = Answer(told["answer"])
        operations.record_answer(
            referral, answer=answered, why=told["why"], by=request.viewer, at=form.happened_at()
        )  # fmt: skip
        return _("Their answer is recorded.")

    return _act(request, form, _("What they decided"), public_id, answer, referral.asked)


def disagree_page(request: Page, public_id: UUID) -> HttpResponse:
    """Challenge the answer, at the next stage."""
    referral = referral_for(request.viewer, public_id, act=Act.REFER)
    form = ReasonForm(request.POST or None)
    looked("referral.read", referral)
    stage = referral.challenge_stage + 1
    form.fields["why"].label = _("Why do you disagree, whom did you tell, and what do you ask for?")

    def disagree() -> str:
        why = form.cleaned_data["why"]
        operations.challenge(referral, stage=stage, why=why, by=request.viewer, at=clock.now())
        return _("Stage %(stage)s of the challenge is recorded.") % {"stage": stage}

    title = _("Challenge the decision: stage %(stage)s") % {"stage": stage}
    return _act(request, form, title, public_id, disagree, referral.asked)


def agreed_page(request: Page, public_id: UUID) -> HttpResponse:
    """End a disagreement."""
    referral, form = (
        referral_for(request.viewer, public_id, act=Act.REFER),
        AgreedForm(request.POST or None, pack=pack_in_force(clock.now()), now=clock.now()),
    )
    looked("referral.read", referral)

    def agree() -> str:
        told = form.cleaned_data
        operations.agree(
            referral, answer=Answer(told["answer"]), why=told["why"], by=request.viewer, at=form.happened_at()
        )
        return _("It is recorded that you agree. No further stage runs.")

    return _act(request, form, _("We agree now"), public_id, agree, referral.asked)


def take_back_page(request: Page, public_id: UUID) -> HttpResponse:
    """Take a referral back that was not answered."""
    referral = referral_for(request.viewer, public_id, act=Act.REFER)
    form = ReasonForm(request.POST or None)
    looked("referral.read", referral)
    form.fields["why"].label = _("Why do you take it back, and who was told?")

    def take_back() -> str:
        operations.withdraw(referral, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("The referral is taken back. What ran for it has ended.")

    return _act(request, form, _("Take this referral back"), public_id, take_back, referral.asked)


def _refer(request: Page, form: ReferForm, back: str, refer: Callable[[], str]) -> HttpResponse:
    title, button = _("Refer to another agency"), _("Record the referral")
    return act_page(request, form, title=title, button=button, back=back, act=refer)


def _made(request: Page, form: ReferForm, make: Callable[[datetime], object]) -> str:
    make(form.happened_at())
    return _("The referral is recorded. Its limits run.")


def _act(request: Page, form: Form, title: str, public_id: UUID, act: Callable[[], str], asked: str) -> HttpResponse:
    """The form of one act on a referral, above it what was asked."""
    back = f"/referral/{public_id}"
    return act_page(request, form, title=title, button=_("Record"), back=back, act=act, beside=asked)
