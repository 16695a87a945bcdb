"""Reporters who are still worried: the list of those who wait for an answer, and answering one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.concerns import queries
from hearth.concerns.operations import answer_worry
from hearth.concerns.terms import NotComplete
from hearth.ledger.operations import record_read
from hearth.timescales.queries import Promise, clocks_about
from hearth.timescales.standing import packs_for
from hearth.triage.queries import who_decided
from hearth.web.citing import under_policy_of
from hearth.web.middleware import Page
from hearth.web.triage.forms import AnswerForm

WORRIED = "concern.still_worried"


@require_safe
def worries_page(request: Page) -> HttpResponse:
    """Reporters who are still worried and wait for an answer, with the limit of each."""
    worries = queries.worries_waiting(request.viewer)
    record_read("worries.read", about=None, ids=[("worry", worry.id) for worry in worries], durable=False)
    page = {"worries": worries, "limits": _limits(request, worries)}
    return render(request, "triage/worries.jinja", page)


def answer_page(request: Page, public_id: UUID) -> HttpResponse:
    """Answer a reporter who is still worried, where one did not decide oneself."""
    worry = queries.worry_for(request.viewer, public_id)
    form = under_policy_of(AnswerForm(request.POST or None), worry, clock.now())
    decided_by = who_decided(request.viewer, worry.concern)
    if form.is_valid():
        try:
            answer = form.cleaned_data["answer"]
            answer_worry(worry, answer=answer, by=request.viewer, at=clock.now(), decided_by=decided_by)
            messages.success(request, _("Your answer is with the person who raised it."))
            return redirect("worries")
        except NotComplete as problem:
            form.add_error(problem.field, str(problem))
    record_read("worry.read", about=worry, ids=[("worry", worry.id)], durable=worry.restricted)
    page = {
        "worry": worry,
        "form": form,
        "clocks": _limits(request, [worry]).get(worry.concern_id, []),
        "may_see_limits": may(request.viewer.parts, Act.SEE_DUE),
    }
    return render(request, "triage/answer.jinja", page)


def _limits(request: Page, worries: Sequence[queries.AWorry]) -> Mapping[int, Sequence[Promise]]:
    """By when each is answered and by which clause, by concern: what its policy begins when somebody says so."""
    now = clock.now()
    running = clocks_about(request.viewer, "concern", [worry.concern_id for worry in worries], at=now)
    packs = packs_for(worries, now)
    begun = {worry.concern_id: {rule.id for rule in packs(worry).rules_for(WORRIED)} for worry in worries}
    return {
        concern: [each for each in running.get(concern, ()) if each.rule in rules] for concern, rules in begun.items()
    }
