"""What is watched, on screen: my watches, the soonest first, and looking again at one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.concerns.terms import MOST_SHORT
from hearth.ledger.operations import record_read
from hearth.timescales.queries import clocks_about
from hearth.triage.operations import review_watch
from hearth.triage.queries import WATCHES, watch_for, watches
from hearth.triage.terms import WatchOutcome
from hearth.web.acting import act_page
from hearth.web.cases.work import looked
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, DayField, RevealingForm, Words
from hearth.web.middleware import Page
from hearth.web.paging import place, turning

RULE = "watch.review"


class WatchForm(Governed, RevealingForm):
    """What somebody found on looking again."""

    revealed = ("keep_until",)
    policy = Questions(acts=("watch.reviewed",), facts={"review_on": "keep_until"})

    text = Words(
        label=gettext_lazy("What did you find?"),
        help_text=gettext_lazy("Whom did you see or speak to, and what has changed?"),
        max_length=MOST_SHORT,
        missing=gettext_lazy("Write what you found, and why you decide so"),
    )
    outcome = Choice(
        label=gettext_lazy("What should happen now?"),
        missing=gettext_lazy("Select what should happen now"),
        choices=[
            (WatchOutcome.KEEP_WATCHING, gettext_lazy("Keep watching until another day")),
            (WatchOutcome.TRIAGE_AGAIN, gettext_lazy("It needs a case or another decision: decide again")),
            (WatchOutcome.STOP, gettext_lazy("Stop watching")),
        ],
    )
    keep_until = DayField(label=gettext_lazy("If you keep watching: when is it looked at again?"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        keeps = told.get("outcome") == WatchOutcome.KEEP_WATCHING
        if keeps and not told.get("keep_until") and "keep_until" not in self.errors:
            self.add_error("keep_until", _("Enter the day on which it is looked at again"))
        return told


@require_safe
def watches_page(request: Page) -> HttpResponse:
    """What I keep in view, the soonest day first; those who decide may see everybody's."""
    everybody = request.GET.get("whose") == "all" and may(request.viewer.parts, Act.SEE_QUEUE)
    shown, now = watches(request.viewer, mine=not everybody, place=place(request, WATCHES)), clock.now()
    ids = [("watch", each.id) for each in shown]
    record_read("watches.listed", about=None, ids=ids, durable=any(each.restricted for each in shown))
    limits = clocks_about(request.viewer, "concern", [each.concern_id for each in shown], at=now)
    page = {
        "watches": shown,
        "limits": {number: next((each for each in told if each.rule == RULE), None) for number, told in limits.items()},
        "today": now.date(),
        "everybody": everybody,
        "may_see_all": may(request.viewer.parts, Act.SEE_QUEUE),
        **turning(shown, **({"whose": "all"} if everybody else {})),
    }
    return render(request, "triage/watches.jinja", page)


def review_page(request: Page, public_id: UUID) -> HttpResponse:
    """Look again at a concern that is watched."""
    watch = watch_for(request.viewer, public_id)
    looked("watch.read", watch)
    form = under_policy_of(WatchForm(request.POST or None), watch, clock.now())

    def review() -> str:
        told, outcome = form.cleaned_data, WatchOutcome(form.cleaned_data["outcome"])
        keep = told["keep_until"] if outcome is WatchOutcome.KEEP_WATCHING else None
        review_watch(watch, outcome=outcome, text=told["text"], keep_until=keep, by=request.viewer, at=clock.now())
        if outcome is WatchOutcome.TRIAGE_AGAIN:
            return _("The concern is back with triage, and the limit for deciding runs.")
        return _("Your review is recorded.")

    return act_page(
        request, form, title=_("Look again"), button=_("Record the review"), back="/watches", act=review,
        caption=watch.concern.reference, beside=watch.concern.noticed, beside_title=_("What was noticed"),
    )  # fmt: skip
