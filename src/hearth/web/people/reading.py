"""Who is in a concern or case, and what it says about one of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.queries import parts_in
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.housing.households import household_now
from hearth.housing.queries import markers_on
from hearth.people import queries
from hearth.web.middleware import Page
from hearth.web.people import words
from hearth.web.people.records import Record, looked, record_of


@require_safe
def people_page(request: Page, public_id: UUID, kind: str) -> HttpResponse:
    """Everybody in a record, with the part each plays."""
    record = record_of(request, kind, public_id, Act.READ_PEOPLE)
    people = queries.who_is_who(request.viewer, record.about)
    looked(request, record, [one.id for one in people])
    page = {
        "record": record,
        "people": people,
        "parts": words.PARTS,
        "born_or_age": words.born_or_age,
        "today": timezone.localdate(clock.now()),
        "may_keep": may(parts_in(request.viewer, record.about), Act.KEEP_PEOPLE),
    }
    return render(request, "people/people.jinja", page)


@require_safe
def person_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """What one record says about somebody in it: parts, wishes, safe ways to reach him, needs, capacity."""
    record, viewer, today = (
        record_of(request, kind, public_id, Act.READ_PEOPLE), request.viewer, timezone.localdate(clock.now())
    )  # fmt: skip
    who = queries.person_in(viewer, record.about, person)
    ties = queries.ties_of(viewer, who, about=record.about)
    others = queries.persons(viewer, [tie.other_id for tie in ties])
    looked(request, record, [who.pk, *others])
    contacts = {contact.channel: contact for contact in queries.safe_contacts(viewer, who, about=record.about)}
    page = {
        "record": record,
        "person": who,
        "born_or_age": words.born_or_age(who.birth, today),
        "roles": [role for role in queries.roles_in(viewer, record.about) if role.person_id == who.pk],
        "ties": [(words.TIES[tie.tie], others[tie.other_id], tie) for tie in ties if tie.other_id in others],
        "lives_with": _lives_with(request, who),
        "wishes": [wish for wish in queries.wishes_in(viewer, record.about) if wish.person_id == who.pk],
        "contacts": contacts,
        "contacts_before": queries.safe_contacts_before(viewer, record.about, who),
        "needs": queries.needs_of(viewer, record.about, who),
        "needs_before": queries.needs_before(viewer, record.about, who),
        "capacity": queries.capacity_in(viewer, record.about, who),
        "markers": markers_on(viewer, person=who, on=today),
        "words": words,
        "has_household": _has_household(request, record),
        "may_keep": may(parts_in(viewer, record.about), Act.KEEP_PEOPLE),
        "in_register": who.from_register and may(viewer.parts, Act.SEARCH_REGISTER),
    }
    return render(request, "people/in_record.jinja", page)


def _has_household(request: Page, record: Record) -> bool:
    if record.home_id is None or not may(request.viewer.parts, Act.SEARCH_REGISTER):
        return False
    return household_now(request.viewer, record.home_id, on=timezone.localdate(clock.now())) is not None


def _lives_with(request: Page, who: queries.Somebody) -> list[str]:
    """The names of those the register, and records this viewer may see, place in the same household."""
    if not may(request.viewer.parts, Act.SEARCH_REGISTER):
        return []
    members = queries.household_of(request.viewer, who, on=timezone.localdate(clock.now()))
    said = queries.said_to_live_with(request.viewer, {member.household_id for member in members})
    names = [row.person.name for row in members if row.person_id != who.pk]
    return [*names, *(row.person.name for row in said if row.person_id != who.pk)]
