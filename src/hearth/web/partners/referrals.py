"""Referrals on screen: made, confirmed, chased, answered, challenged, agreed on, and what waits for others."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol
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
from hearth.partners import bases, operations
from hearth.partners.queries import WAITING, AReferral, history_of, referral_for, waiting_for_others
from hearth.partners.terms import NOT_THE_LAST_WORD, Answer
from hearth.policy.packs.naming import called
from hearth.timescales.queries import clocks_about, clocks_for
from hearth.timescales.standing import company_with_policy_of, pack_for, packs_for
from hearth.triage.referrers import AboutSomebody, why_not_refer
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.citing import under_policy_of
from hearth.web.middleware import Page
from hearth.web.paging import place, turning
from hearth.web.partners.forms import (
    AgreedForm,
    AnswerForm,
    ChaseForm,
    HappenedForm,
    ReasonForm,
    ReferForm,
    override_grounds,
)
from hearth.web.partners.offices import agency_name, ways_in


@require_safe
def waiting_page(request: Page) -> HttpResponse:
    """Referrals no agency has answered, the soonest chase first."""
    shown, now = waiting_for_others(request.viewer, place=place(request, WAITING)), clock.now()
    ids = [("referral", each.id) for each in shown]
    record_read("referrals.listed", about=None, ids=ids, durable=any(each.restricted for each in shown))
    packs = packs_for(shown, now)
    page = {
        "referrals": shown,
        "names": {each.id: agency_name(packs(each), each.agency, each.office) for each in shown},
        "limits": clocks_about(request.viewer, "referral", [each.id for each in shown], at=now),
        **turning(shown),
    }
    return render(request, "partners/waiting.jinja", page)


def refer_concern_page(request: Page, public_id: UUID) -> HttpResponse:
    """Refer from a concern that has no case."""
    concern = concern_for(request.viewer, public_id, act=Act.REFER)
    looked("concern.read", concern)
    form = _form(request, concern)

    def refer() -> str:
        return _made(request, form, lambda at: operations.refer(
            concern, None, form.asked_of_agency(), by=request.viewer, at=at, key=form.cleaned_data["key"]
        ))  # fmt: skip

    return _refer(request, form, concern, f"/concern/{public_id}", refer)


def refer_case_page(request: Page, public_id: UUID) -> HttpResponse:
    """Refer from a case."""
    case = case_for(request.viewer, public_id, act=Act.REFER)
    looked("case.read", case)
    form = _form(request, case)

    def refer() -> str:
        return _made(request, form, lambda at: operations.refer(
            None, case, form.asked_of_agency(), by=request.viewer, at=at, key=form.cleaned_data["key"]
        ))  # fmt: skip

    return _refer(request, form, case, f"/case/{public_id}", refer)


@require_safe
def referral_page(request: Page, public_id: UUID) -> HttpResponse:
    """One referral: what was asked, what came back, every limit with its clause, and what to do next."""
    referral = referral_for(request.viewer, public_id)
    looked("referral.read", referral)
    now = clock.now()
    pack = pack_for(referral, now)
    page = {
        "referral": referral,
        "agency": agency_name(pack, referral.agency, referral.office),
        "ways": ways_in(pack, referral.agency, referral.office, at=now),
        "answer": called(pack, "answer", referral.answer) if referral.answer else "",
        "ground": dict(override_grounds(pack)).get(referral.override_ground, _("For the reason below")),
        "bases": [bases.called(pack, code) for code in (referral.basis, referral.special_basis) if code],
        "clocks": clocks_for(request.viewer, referral, at=now),
        "history": history_of(request.viewer, referral),
        "clauses_of": company_with_policy_of(referral, now),
        "may_refer": may(parts_in(request.viewer, referral), Act.REFER),
        "may_be_answered": referral.answered_at is None or referral.answer in NOT_THE_LAST_WORD,
        "may_see_limits": may(request.viewer.parts, Act.SEE_DUE),
        "now": now,
    }
    return render(request, "partners/referral.jinja", page)


def confirm_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say when the telephoned referral went in writing."""
    said = _("It is recorded that the referral went in writing.")
    did, title = "referral.confirmed_in_writing", _("Confirmed in writing")
    return _happened(request, public_id, operations.confirm_in_writing, did, title, said)


def received_page(request: Page, public_id: UUID) -> HttpResponse:
    """Say when the agency told us that it has the referral."""
    said = _("It is recorded that they have it.")
    did, title = "referral.acknowledged", _("They say they have it")
    return _happened(request, public_id, operations.acknowledge, did, title, said)


def chase_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record that somebody asked again."""
    referral, now = _referral(request, public_id), clock.now()
    form = under_policy_of(ChaseForm(request.POST or None, now=now), referral, now)

    def chase() -> str:
        told = form.cleaned_data
        operations.chase(
            referral, spoke_to=told["spoke_to"], said=told["said"], by=request.viewer, at=form.happened_at()
        )
        return _("The chase is recorded.")

    return _act(request, form, _("Chase this referral"), referral, chase)


def answer_page(request: Page, public_id: UUID) -> HttpResponse:
    """Record what the agency decided."""
    said = _("Their answer is recorded.")
    return _decided(request, public_id, AnswerForm, operations.record_answer, _("What they decided"), said)


def agreed_page(request: Page, public_id: UUID) -> HttpResponse:
    """End a disagreement."""
    said = _("It is recorded that you agree. No further stage runs.")
    return _decided(request, public_id, AgreedForm, operations.agree, _("We agree now"), said)


def disagree_page(request: Page, public_id: UUID) -> HttpResponse:
    """Challenge the answer, at the next stage."""
    referral = _referral(request, public_id)
    stage = referral.challenge_stage + 1
    asked = _("Why do you disagree, whom did you tell, and what do you ask for?")
    said = _("Stage %(stage)s of the challenge is recorded.") % {"stage": stage}
    title = _("Challenge the decision: stage %(stage)s") % {"stage": stage}
    form = ReasonForm(request.POST or None, does="referral.challenged")
    return _for_a_reason(request, referral, form, partial(operations.challenge, stage=stage), asked, title, said)


def take_back_page(request: Page, public_id: UUID) -> HttpResponse:
    """Take a referral back that was not answered."""
    asked = _("Why do you take it back, and who was told?")
    said = _("The referral is taken back. What ran for it has ended.")
    referral = _referral(request, public_id)
    form, title = ReasonForm(request.POST or None, does="referral.withdrawn"), _("Take this referral back")
    return _for_a_reason(request, referral, form, operations.withdraw, asked, title, said)


def _referral(request: Page, public_id: UUID) -> AReferral:
    """The referral, for whoever may do something about it. What was asked stands above every form."""
    referral = referral_for(request.viewer, public_id, act=Act.REFER)
    looked("referral.read", referral)
    return referral


def _happened(
    request: Page, public_id: UUID, operation: Callable[..., object], did: str, title: str, said: str
) -> HttpResponse:
    """Something came to pass at some time, and nothing more is asked."""
    referral, now = _referral(request, public_id), clock.now()
    form = under_policy_of(HappenedForm(request.POST or None, did=did, now=now), referral, now)

    def happen() -> str:
        operation(referral, by=request.viewer, at=form.happened_at())
        return said

    return _act(request, form, title, referral, happen)


def _decided(
    request: Page, public_id: UUID, kind: type[AnswerForm], operation: Callable[..., object], title: str, said: str
) -> HttpResponse:
    """The agency decided at some time, with its reason."""
    referral, now = _referral(request, public_id), clock.now()
    form = under_policy_of(kind(request.POST or None, pack=pack_for(referral, now), now=now), referral, now)

    def decide() -> str:
        told = form.cleaned_data
        operation(referral, answer=Answer(told["answer"]), why=told["why"], by=request.viewer, at=form.happened_at())
        return said

    return _act(request, form, title, referral, decide)


def _for_a_reason(
    request: Page, referral: AReferral, form: ReasonForm, operation: Callable[..., object], asked: str, title: str,
    said: str,
) -> HttpResponse:  # fmt: skip
    """One of us does something now, and writes why."""
    form.fields["why"].label = asked
    under_policy_of(form, referral, clock.now())

    def do() -> str:
        operation(referral, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return said

    return _act(request, form, title, referral, do)


class _Record(AboutSomebody, Protocol):
    @property
    def reference(self) -> str: ...


def _form(request: Page, about: _Record) -> ReferForm:
    now = clock.now()
    whose = company_with_policy_of(about, now)
    return ReferForm(request.POST or None, pack=pack_for(about, now), whose=whose, now=now)


def _refer(request: Page, form: ReferForm, about: _Record, back: str, refer: Callable[[], str]) -> HttpResponse:
    title, button = _("Refer to another agency"), _("Record the referral")
    whose = why_not_refer(about, by=request.viewer, at=clock.now())
    under_policy_of(form, about, clock.now())
    return act_page(
        request, form, title=title, button=button, back=back, act=refer, warn=whose, caption=about.reference,
        template="partners/refer.jinja", clauses_of=company_with_policy_of(about, clock.now()),
    )  # fmt: skip


def _made(request: Page, form: ReferForm, make: Callable[[datetime], object]) -> str:
    make(form.happened_at())
    return _("The referral is recorded. Its limits run.")


def _act(request: Page, form: Form, title: str, referral: AReferral, act: Callable[[], str]) -> HttpResponse:
    """The form of one act on a referral, above it what was asked."""
    back = f"/referral/{referral.public_id}"
    home = referral.case or referral.concern
    return act_page(
        request, form, title=title, button=_("Record"), back=back, act=act, caption=home.reference if home else "",
        beside=referral.asked, beside_title=_("What was asked"),
    )  # fmt: skip
