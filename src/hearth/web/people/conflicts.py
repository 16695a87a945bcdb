"""A worker says that he knows somebody in a record; a lead looks after who is shut out of what."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.terms import Act
from hearth.ledger.operations import record_read
from hearth.pathway.conflicts import declare_conflict, declare_conflict_unnamed, end_exclusion
from hearth.people.exclusions import EXCLUSIONS, exclusion_for, exclusions_now
from hearth.people.queries import person_in, who_is_who
from hearth.web.acting import Done, act_page
from hearth.web.forms import row_named
from hearth.web.middleware import Page
from hearth.web.named import keep_who_was_named
from hearth.web.paging import place, turning
from hearth.web.people.forms import ConflictForm
from hearth.web.people.records import looked, record_of


def conflict_page(request: Page, public_id: UUID, kind: str) -> HttpResponse:
    """Say that one knows somebody in this record, and leave it."""
    record = record_of(request, kind, public_id, Act.DECLARE_CONFLICT)
    people = who_is_who(request.viewer, record.about)
    looked(request, record, [one.id for one in people])
    named = [(str(one.public_id), one.name) for one in people]
    posted = request.POST if request.method == "POST" else None
    form = ConflictForm(posted, people=named) if named else forms.Form(posted)
    keep_who_was_named(request, form, "who")

    def tell() -> Done:
        declare_conflict_unnamed(record.about, by=request.viewer, at=clock.now())
        return Done(_("Thank you. The leads are told. Do not open this record again."), reverse("home"))

    def declare() -> Done:
        told = form.cleaned_data
        somebody = person_in(request.viewer, record.about, told["who"])
        declare_conflict(record.about, somebody, why=told["why"], by=request.viewer, at=clock.now())
        said = _("Thank you. You no longer see records about this person. The leads are told.")
        return Done(said, reverse("home"))

    return act_page(
        request, form, title=_("I know somebody in this"), button=_("Leave this record"), back=record.page,
        act=declare if named else tell, template="people/conflict.jinja", field="why" if named else None,
        record=record, people=people,
    )  # fmt: skip


def exclusions_page(request: Page) -> HttpResponse:
    """Who has said that he knows somebody and is shut out because of it; a lead ends what no longer holds."""
    check(request.viewer, Act.END_EXCLUSION)
    if number := row_named(request.POST.get("end", "")):
        end_exclusion(exclusion_for(request.viewer, number), by=request.viewer, at=clock.now())
        messages.success(request, _("The exclusion has ended. What nothing else shuts is open to them again."))
        return redirect("exclusions")
    found = exclusions_now(request.viewer, at=clock.now(), place=place(request, EXCLUSIONS))
    record_read("exclusions.read", about=None, ids=[("exclusion", each.id) for each in found], durable=True)
    return render(request, "people/exclusions.jinja", {"exclusions": found, **turning(found)})
