"""Markers: what to mind at a home or towards a person, put from a record and shown without its reason."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.terms import Act
from hearth.housing import queries
from hearth.housing.operations import On, change_marker, put_marker, take_off_marker
from hearth.housing.terms import MarkerKind
from hearth.ledger.operations import record_read
from hearth.organisation.terms import Part
from hearth.people.queries import person_in, who_is_who
from hearth.web.acting import act_page
from hearth.web.citing import Governed, Questions, under_policy_of
from hearth.web.forms import Choice, Choices, DayField, VersionField, Words, choices_of
from hearth.web.middleware import Page
from hearth.web.named import keep_who_was_named
from hearth.web.people.records import Record, looked, record_of

THE_HOME = "home"
LONGEST = 200
KINDS = [
    (MarkerKind.VISIT, gettext_lazy("How to visit")),
    (MarkerKind.ACCESS, gettext_lazy("How to get in")),
    (MarkerKind.CONTACT, gettext_lazy("How to make contact")),
    (MarkerKind.HOLD, gettext_lazy("Hold something, such as enforcement")),
]
READERS = [
    (Part.REGISTER_READER, gettext_lazy("Housing officers and others who read the register")),
    (Part.REPAIRS_DESK, gettext_lazy("The repairs desk")),
    (Part.REPAIRS_COMPETENT, gettext_lazy("Surveyors")),
    (Part.INTAKE, gettext_lazy("Intake")),
    (Part.INCOME, gettext_lazy("Income")),
    (Part.ON_CALL, gettext_lazy("Whoever is on call")),
]


class MarkerForm(Governed):
    """What a marker says, and until when."""

    policy = Questions(keeps={"words": "act:keep_markers"})

    words = Words(
        label=gettext_lazy("What must somebody do?"),
        help_text=gettext_lazy("For example, visit in pairs, or ring before you come. Never why: others read it."),
        max_length=LONGEST,
        missing=gettext_lazy("Enter what to do, without the reason"),
    )
    until = DayField(
        label=gettext_lazy("Until which day, when it is looked at again?"),
        missing=gettext_lazy("Enter the day until when it is shown"),
    )


class PutForm(MarkerForm):
    """A new marker: on what, of which kind, for whom."""

    on = Choice(label=gettext_lazy("On what?"), missing=gettext_lazy("Select what it is put on"))
    kind = Choice(
        label=gettext_lazy("What is it about?"), missing=gettext_lazy("Select what it is about"), choices=KINDS
    )
    shown_to = Choices(
        label=gettext_lazy("Who sees it?"), missing=gettext_lazy("Select at least one who sees it"), choices=READERS
    )
    field_order = ("on", "kind", "words", "until", "shown_to")

    def __init__(self, *args: Any, on: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "on").choices = on
        if not on:
            self.fields["on"].help_text = _("This record names neither a home nor a person yet. Add a person first.")


class ChangeForm(MarkerForm):
    """Changing a marker."""

    version = VersionField()


@require_safe
def markers_page(request: Page, public_id: UUID, kind: str) -> HttpResponse:
    """The markers a record has put."""
    record = record_of(request, kind, public_id, Act.KEEP_MARKERS)
    found = queries.markers_in(request.viewer, record.about)
    looked(request, record, [each.person_id for each in found if each.person_id])
    page = {"record": record, "markers": found, "kinds": dict(KINDS), "today": _today()}
    return render(request, "people/markers.jinja", page)


def put_page(request: Page, public_id: UUID, kind: str) -> HttpResponse:
    """Put a marker on the record's home or on somebody in it."""
    record = record_of(request, kind, public_id, Act.KEEP_MARKERS)
    people = who_is_who(request.viewer, record.about)
    looked(request, record, [one.id for one in people])
    here = [(THE_HOME, _("The home"))] if record.home_id is not None else []
    form = PutForm(request.POST or None, on=[*here, *((str(one.public_id), one.name) for one in people)])
    under_policy_of(form, record.about, clock.now())
    keep_who_was_named(request, form, "on")

    def put() -> str:
        _put(request, record, form)
        return _("The marker is put. Those it is for see it, and not why.")

    return act_page(
        request, form, title=_("Put a marker"), button=_("Put the marker"), back=record.page_of("markers"), act=put,
        caption=record.reference,
    )  # fmt: skip


def marker_page(request: Page, public_id: UUID, marker: UUID, kind: str) -> HttpResponse:
    """Change a marker, or take it off."""
    record = record_of(request, kind, public_id, Act.KEEP_MARKERS)
    found = queries.marker_in(request.viewer, record.about, marker)
    looked(request, record, [found.person_id] if found.person_id else [])
    back, by, at = record.page_of("markers"), request.viewer, clock.now()
    initial = {"words": found.words, "until": found.until, "version": found.version}
    form = under_policy_of(ChangeForm(request.POST or None, initial=initial), record.about, at)

    def change() -> str:
        told = form.cleaned_data
        if request.POST.get("do") == "take_off":
            take_off_marker(found, version=told["version"], by=by, at=at)
            return _("The marker is taken off. Nobody sees it any more.")
        change_marker(found, words=told["words"], until=told["until"], version=told["version"], by=by, at=at)
        return _("The marker is changed.")

    return act_page(
        request, form, title=_("Change a marker"), button=_("Save"), back=back, act=change,
        template="people/marker.jinja", caption=record.reference,
    )  # fmt: skip


@require_safe
def review_page(request: Page) -> HttpResponse:
    """Markers of the records one is in, the soonest to be looked at again first."""
    check(request.viewer, Act.SEE_DUE)
    found = queries.markers_to_review(request.viewer)
    record_read("markers.read", about=None, ids=[("marker", each.pk) for each in found], durable=False)
    return render(request, "people/review.jinja", {"markers": found, "kinds": dict(KINDS), "today": _today()})


def _put(request: Page, record: Record, form: PutForm) -> None:
    told, by = form.cleaned_data, request.viewer
    if told["on"] == THE_HOME:
        on = On(home=queries.home_numbered(by, record.home_id))
    else:
        on = On(person=person_in(by, record.about, told["on"]))
    put_marker(
        record.about, on, kind=MarkerKind(told["kind"]), words=told["words"], until=told["until"],
        shown_to=[Part(part) for part in told["shown_to"]], by=by, at=clock.now(),
    )  # fmt: skip


def _today() -> date:
    return timezone.localdate(clock.now())
