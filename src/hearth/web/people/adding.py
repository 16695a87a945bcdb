"""Putting somebody into a concern or case: found in the register, or known only from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.housing.queries import find_people
from hearth.housing.terms import FoundPerson
from hearth.ledger.operations import record_read
from hearth.organisation.terms import NotPossible
from hearth.pathway.people_in_records import Put, put_known_person, put_person
from hearth.people.queries import person
from hearth.people.terms import PartPlayed
from hearth.timescales.standing import pack_for
from hearth.web.ages import ages_said
from hearth.web.citing import under_policy_of
from hearth.web.middleware import Page
from hearth.web.named import keep_who_was_named
from hearth.web.people import words
from hearth.web.people.forms import NOBODY_SHOWN, AddForm, LookForm
from hearth.web.people.records import Record, record_of, shut_out


def add_page(request: Page, public_id: UUID, kind: str) -> HttpResponse:
    """Look for somebody by name, then say who it is and which part he plays."""
    record = record_of(request, kind, public_id, Act.KEEP_PEOPLE)
    look = LookForm(request.POST or None)
    if request.method != "POST" or not look.is_valid():
        return _shown(request, record, look, None)
    name = look.cleaned_data["name"]
    found = _found(request, record, name)
    choices = [(str(one.public_id), _described(one)) for one in found]
    ages = ages_said(pack_for(record.about, clock.now()))
    if request.POST.get("do") != "add":
        form = AddForm(found=choices, ages=ages, initial={"name": name})
        return _shown(request, record, look, under_policy_of(form, record.about, clock.now()))
    form = under_policy_of(AddForm(request.POST, found=choices, ages=ages), record.about, clock.now())
    if form.is_valid():
        try:
            put = _put(request, record, form)
        except NotPossible as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            if put.is_shut:
                done = shut_out()
                messages.success(request, done.said)
                return redirect(done.goes_to)
            messages.success(request, _("They are in this record now."))
            return redirect(record.page_of("person", put.role.person.public_id))
    keep_who_was_named(request, form, "who")
    return _shown(request, record, look, form)


def _put(request: Page, record: Record, form: AddForm) -> Put:
    told, by, at = form.cleaned_data, request.viewer, clock.now()
    part = PartPlayed(told["part"])
    if told["who"] == NOBODY_SHOWN:
        return put_known_person(
            record.about, name=told["name"], known_as=told["known_as"], birth=form.birth(at), part=part, by=by, at=at,
            key=told["key"],
        )  # fmt: skip
    return put_person(record.about, person(by, told["who"]), part, by=by, at=at)


def _found(request: Page, record: Record, name: str) -> list[FoundPerson]:
    """People like the name, for those whose post reads the register; nobody for the others."""
    if not may(request.viewer.parts, Act.SEARCH_REGISTER):
        return []
    found = find_people(request.viewer, name, on=timezone.localdate(clock.now()))
    ids = [("person", one.person_id) for one in found]
    record_read("register.searched", about=record.about, ids=ids, durable=record.restricted)
    return found


def _described(one: FoundPerson) -> str:
    born = words.born_or_age(one.birth, timezone.localdate(clock.now()))
    where = one.address or ("" if one.from_register else _("known only from a record"))
    return ", ".join(part for part in (one.name, born, where) if part)


def _shown(request: Page, record: Record, look: LookForm, form: AddForm | None) -> HttpResponse:
    page = {"record": record, "look": look, "form": form if form is not None else look, "add": form}
    return render(request, "people/add.jinja", page)
