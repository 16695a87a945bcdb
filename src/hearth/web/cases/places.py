"""What belongs to a case and who may read it: joining and taking out concerns, inviting colleagues, ending places."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearth.access import clock
from hearth.access.queries import parts_in, who_is_in
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.cases import queries
from hearth.cases.operations.opening import split_concern
from hearth.cases.operations.placing import MAY_BE_ENDED, add_worker, end_place, invite
from hearth.cases.planned import may_be_brought_in
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import MOST_SHORT, NotComplete
from hearth.organisation.queries import colleagues_called
from hearth.organisation.terms import Part
from hearth.pathway.joining import join_by_reference
from hearth.policy.durations import end_of
from hearth.web.acting import act_page
from hearth.web.administration.forms import PARTS
from hearth.web.cases.forms import WhyForm
from hearth.web.cases.work import looked
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, DayField, Line, RevealingForm, Words, choices_of, row_named
from hearth.web.middleware import Page

PLACES = {
    Part.OWNS_IT: gettext_lazy("Has the case"),
    Part.WORKS_ON_IT: gettext_lazy("Works on it"),
    Part.MANAGES_IT: gettext_lazy("Manages the team"),
    Part.OFFERED_IT: gettext_lazy("Is offered it"),
    Part.INVITED: gettext_lazy("Invited to read"),
    Part.REPORTED_IT: gettext_lazy("Told us of it"),
    Part.BROKE_GLASS: gettext_lazy("Opened it in an emergency"),
    Part.ANSWERED_ALERT: gettext_lazy("Took the alert"),
    Part.ANYONE: gettext_lazy("Sees a marker this record has put, and nothing else of it"),
}


class JoinForm(Governed):
    """Another concern that belongs to this case."""

    policy = Questions(acts=("concern.joined",), on="why")

    reference = Line(
        label=gettext_lazy("Reference of the concern"),
        help_text=gettext_lazy("For example C-7KQ4-M2"),
        missing=gettext_lazy("Enter the reference of the concern"),
        max_length=20,
    )
    why = Words(
        label=gettext_lazy("Why does it belong to this case?"),
        help_text=gettext_lazy("Whoever works on this case will read it. Whoever told us learns nothing of the case."),
        max_length=MOST_SHORT,
        missing=gettext_lazy("Write why it belongs to this case"),
    )


class BringInForm(forms.Form):
    """A colleague who works on the case."""

    who = forms.TypedChoiceField(
        label=gettext_lazy("Whom do you bring in?"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Choose whom you bring in"),
            "invalid_choice": gettext_lazy("They cannot be brought in, or can work on this case already"),
        },
    )
    why = Words(
        label=gettext_lazy("Why do they work on this case?"),
        max_length=1000,
        missing=gettext_lazy("Write why they work on this case"),
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "who").choices = [("", gettext_lazy("Choose somebody")), *people]


class InviteForm(RevealingForm):
    """A colleague who reads the case for a while."""

    revealed = ("person",)

    who = Line(
        label=gettext_lazy("Whom do you invite?"),
        help_text=gettext_lazy("Their name or e-mail address here at work"),
        missing=gettext_lazy("Enter the name of the colleague"),
    )
    person = Choice(label=gettext_lazy("Which of them?"), required=False)
    why = Words(
        label=gettext_lazy("Why do they need to read this case?"),
        max_length=1000,
        missing=gettext_lazy("Write why they need to read this case"),
    )
    until = DayField(
        label=gettext_lazy("Until which day?"), missing=gettext_lazy("Enter the last day they may read it")
    )

    def __init__(self, *args: Any, found: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = found
        choices_of(self, "person").choices = found if len(found) > 1 else []

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("who") and not self.found:
            self.add_error("who", _("Nobody here is called that. Check the name, or enter the e-mail address."))
        elif len(self.found) > 1 and not told.get("person"):
            self.add_error("person", _("Select which of them"))
        if told.get("until") and told["until"] < clock.now().date():
            self.add_error("until", _("Choose a day in the future"))
        return told

    def user_id(self) -> int:
        """The colleague who was named."""
        return int(self.cleaned_data["person"]) if len(self.found) > 1 else self.found[0][0]

    def last_moment(self) -> datetime:
        """The end of the last day."""
        return end_of(self.cleaned_data["until"]).at.astimezone(UTC)


def join_page(request: Page, public_id: UUID) -> HttpResponse:
    """Join another concern to this case."""
    case = queries.case_for(request.viewer, public_id, act=Act.JOIN_CONCERN)
    form = under_policy_of(JoinForm(request.POST or None), case, clock.now())

    def join() -> str:
        told = form.cleaned_data
        join_by_reference(case, told["reference"], why=told["why"], by=request.viewer, at=clock.now())
        return _("The concern is in this case.")

    title, back = _("Join another concern"), f"/case/{public_id}"
    return act_page(request, form, title=title, button=_("Join"), back=back, act=join, caption=case.reference)


def split_page(request: Page, public_id: UUID, concern: UUID) -> HttpResponse:
    """Take a concern out of a case it was joined to."""
    case = queries.case_for(request.viewer, public_id, act=Act.JOIN_CONCERN)
    joined = concern_for(request.viewer, concern, act=Act.JOIN_CONCERN)
    looked("concern.read", joined)
    form = WhyForm(request.POST or None)
    form.fields["why"].label = _("Why does it not belong here?")

    def split() -> str:
        split_concern(case, joined, why=form.cleaned_data["why"], by=request.viewer, at=clock.now())
        return _("It is taken out. If it is in no other case it is back with triage, and the limit for deciding runs.")

    title, back = _("Take a concern out of this case"), f"/case/{public_id}"
    return act_page(
        request, form, title=title, button=_("Take it out"), back=back, act=split, caption=joined.reference,
        beside=joined.noticed, beside_title=_("What was noticed"),
    )  # fmt: skip


def places_page(request: Page, public_id: UUID) -> HttpResponse:
    """Who is in the case, why, since when and until when."""
    case = queries.case_for(request.viewer, public_id)
    may_invite = may(parts_in(request.viewer, case), Act.INVITE)
    if request.method == "POST":
        return _end_place(request, public_id)
    looked("places.read", case)
    places = [
        (grant, PLACES.get(Part(grant.part_in_it), grant.part_in_it), may_invite and grant.part_in_it in MAY_BE_ENDED)
        for grant in who_is_in(request.viewer, case.circle_id)
    ]
    page = {"case": case, "places": places, "may_invite": may_invite, "posts": PARTS}
    return render(request, "cases/places.jinja", page)


def _end_place(request: Page, public_id: UUID) -> HttpResponse:
    case = queries.case_for(request.viewer, public_id, act=Act.INVITE)
    try:
        left = end_place(case, row_named(request.POST.get("place", "")), by=request.viewer, at=clock.now())
        ended = _("Their place has ended. They read this case no more.")
        theirs = ngettext(
            "They still have %(num)s action on its plan: give it to somebody else.",
            "They still have %(num)s actions on its plan: give them to somebody else.",
            left,
        ) % {"num": left}
        messages.warning(request, f"{ended} {theirs}") if left else messages.success(request, ended)
    except NotComplete as problem:
        messages.warning(request, str(problem))
    return redirect("places", public_id)


def bring_in_page(request: Page, public_id: UUID) -> HttpResponse:
    """Bring a colleague into the team of the case, to work on it."""
    case = queries.case_for(request.viewer, public_id, act=Act.INVITE)
    found = may_be_brought_in(request.viewer, case, at=clock.now())
    form = BringInForm(request.POST or None, people=[(each.id, f"{each.name}, {each.post}") for each in found])

    def bring_in() -> str:
        told = form.cleaned_data
        add_worker(case, user_id=told["who"], why=told["why"], by=request.viewer, at=clock.now())
        return _("They can read this case and work on it now. You may end their place at any time.")

    title, back = _("Bring in a colleague"), f"/case/{public_id}/who-is-in"
    return act_page(
        request, form, title=title, button=_("Bring them in"), back=back, act=bring_in, caption=case.reference,
        hint=_("They read the whole case, work on it and can be given its actions, until their place is ended."),
    )  # fmt: skip


def invite_page(request: Page, public_id: UUID) -> HttpResponse:
    """Let a named colleague read the case until a day."""
    case = queries.case_for(request.viewer, public_id, act=Act.INVITE)
    typed = request.POST.get("who", "").strip()
    form = InviteForm(request.POST or None, found=colleagues_called(typed) if typed else [])

    def let_in() -> str:
        told, at = form.cleaned_data, clock.now()
        invite(case, user_id=form.user_id(), why=told["why"], until=form.last_moment(), by=request.viewer, at=at)
        return _("They may read this case until the end of that day. They change nothing in it.")

    if not choices_of(form, "person").choices:
        del form.fields["person"]
        form.fields["person"] = forms.CharField(required=False, widget=forms.HiddenInput)
    title, back = _("Invite a colleague"), f"/case/{public_id}/who-is-in"
    return act_page(request, form, title=title, button=_("Invite"), back=back, act=let_in, caption=case.reference)
