"""Finding a person or a home, and what the register says of each."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from hearth.access import clock
from hearth.access.operations import check
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.cases.queries import cases_of_home
from hearth.concerns.queries import concerns_at_home
from hearth.housing.households import households_of, stays_of
from hearth.housing.queries import find_home, find_people, home, homes_of_block, markers_on, open_hazards
from hearth.ledger.operations import record_read
from hearth.pathway.whereabouts import whereabouts
from hearth.people.queries import SHORTEST, person, persons, roles_of, safe_contacts, said_to_live_with, ties_of
from hearth.people.terms import PART_PLAYED_WORDS, KnownTie, PartPlayed
from hearth.web.ages import stages_in
from hearth.web.forms import Line, RevealingForm
from hearth.web.middleware import Page
from hearth.web.people import words
from hearth.web.people.asked import Asked, asked_before, keep

MOST_OF_A_BLOCK = 200


class FindForm(RevealingForm):
    """What is looked for: a name, a place, or both."""

    revealed = ("name", "place")

    name = Line(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("All of it or a part. Spelling and accents need not be right."),
        required=False,
    )
    place = Line(
        label=gettext_lazy("Address, postcode or UPRN"),
        help_text=gettext_lazy("For example, 12 Rowan Walk, or M14 4AA."),
        required=False,
    )

    def clean(self) -> None:
        """Something must be asked for."""
        name, place = self.cleaned_data.get("name", ""), self.cleaned_data.get("place", "")
        if not self.errors and not name and not place:
            self.add_error("name", _("Enter a name, or an address, postcode or UPRN"))
        elif name and sum(map(str.isalnum, name)) < SHORTEST:
            self.add_error("name", _("Enter at least two letters of the name"))


def find_page(request: Page) -> HttpResponse:
    """Ask for a person or a home. What was asked for stands in no address."""
    check(request.viewer, Act.SEARCH_REGISTER)
    form = FindForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        return redirect("found", keep(request, Asked(told["name"], told["place"])))
    return render(request, "people/find.jinja", {"form": form, "searched": False})


@require_safe
def found_page(request: Page, asked: UUID) -> HttpResponse:
    """The people and homes that answer a search of this session."""
    check(request.viewer, Act.SEARCH_REGISTER)
    words_asked = asked_before(request, asked)
    if words_asked is None:
        return redirect("find")
    today = timezone.localdate(clock.now())
    people = find_people(request.viewer, words_asked.name, on=today) if words_asked.name else []
    homes = find_home(request.viewer, words_asked.place) if words_asked.place else []
    if words_asked.name and words_asked.place:
        here = {each.pk for each in homes}
        people = sorted(people, key=lambda one: one.home_id not in here)
    ids = [*(("person", one.person_id) for one in people), *(("home", each.pk) for each in homes)]
    record_read("register.searched", about=None, ids=ids, durable=False)
    page = {
        "form": FindForm(initial={"name": words_asked.name, "place": words_asked.place}),
        "searched": True,
        "asked": words_asked,
        "people": [(one, words.born_or_age(one.birth, today)) for one in people],
        "homes": homes,
        "today": today,
    }
    return render(request, "people/find.jinja", page)


@require_safe
def home_page(request: Page, public_id: UUID) -> HttpResponse:
    """A home: who lived there from when until when, what is unsafe, and the records this viewer may see."""
    check(request.viewer, Act.SEARCH_REGISTER)
    viewer, today = request.viewer, timezone.localdate(clock.now())
    at = home(viewer, public_id)
    lets = households_of(viewer, at)
    said = said_to_live_with(viewer, [let.household_id for let in lets]) if may(viewer.parts, Act.READ_PEOPLE) else []
    concerns, cases = concerns_at_home(viewer, at.pk), cases_of_home(viewer, at.pk)
    hazards = open_hazards(viewer, at=at) if may(viewer.parts, Act.READ_HAZARD) else []
    ids = [
        ("home", at.pk),
        *(("person", one.person_id) for let in lets for one in let.residents),
        *(("person", row.person_id) for row in said),
        *(("concern", concern.pk) for concern in concerns),
        *(("case", case.pk) for case in cases),
        *(("hazard", hazard.pk) for hazard in hazards),
    ]
    is_restricted = any(row.restricted for row in concerns) or any(row.restricted for row in cases)
    record_read("home.read", about=None, ids=ids, durable=is_restricted or any(row.restricted for row in said))
    page = {
        "home": at,
        "block": homes_of_block(viewer, at)[:MOST_OF_A_BLOCK],
        "lets": lets,
        "said": said,
        "markers": markers_on(viewer, home=at, on=today),
        "hazards": hazards,
        "concerns": concerns,
        "cases": cases,
        "today": today,
        "born_or_age": words.born_or_age,
        "stages": stages_in(clock.now(), at.entity_id),
        "tenures": words.TENURES,
    }
    return render(request, "people/home.jinja", page)


@require_safe
def person_page(request: Page, public_id: UUID) -> HttpResponse:
    """A person: home, tenancy and contact of the register, and what the records this viewer may see add to it."""
    viewer, today = request.viewer, timezone.localdate(clock.now())
    who = person(viewer, public_id)
    reads_records = may(viewer.parts, Act.READ_PEOPLE)
    roles = roles_of(viewer, who) if reads_records else []
    ties = ties_of(viewer, who) if reads_records else []
    others = persons(viewer, [tie.other_id for tie in ties])
    places = whereabouts(viewer, roles)
    ids = [
        ("person", who.pk),
        *(("person", pk) for pk in others),
        *((role.about_kind, role.about_id) for role in roles),
    ]
    record_read("person.read", about=None, ids=ids, durable=any(role.restricted for role in roles))
    page = {
        "person": who,
        "born_or_age": words.born_or_age(who.birth, today),
        "stays": stays_of(viewer, who),
        "roles": [
            (PART_PLAYED_WORDS[PartPlayed(role.part)], place, role.recorded_at)
            for role in roles
            if (place := places.get((role.about_kind, role.about_id)))
        ],
        "ties": _told_ties(ties, others),
        "contacts": safe_contacts(viewer, who) if reads_records else [],
        "markers": markers_on(viewer, person=who, on=today),
        "today": today,
        "tenures": words.TENURES,
    }
    return render(request, "people/person.jinja", page)


def _told_ties(ties: Iterable[KnownTie], others: Mapping[int, object]) -> list[tuple[object, object, KnownTie]]:
    """Each tie with its word and the other person, where this viewer may know of him."""
    return [(words.TIES[tie.tie], others[tie.other_id], tie) for tie in ties if tie.other_id in others]
