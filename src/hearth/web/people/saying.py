"""What a concern or case says about somebody in it: one page for each act, each with one form."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from hearth.access import clock
from hearth.access.rules import may
from hearth.access.terms import Act
from hearth.housing.households import household_now
from hearth.pathway import people_in_records as acts
from hearth.people import queries
from hearth.people.terms import (
    Asked,
    Capacity,
    Channel,
    ContactRule,
    Interpreter,
    PartPlayed,
    SafeToContact,
    Source,
    Tie,
)
from hearth.timescales.standing import pack_for
from hearth.web.acting import Done, act_page
from hearth.web.ages import ages_said
from hearth.web.middleware import Page
from hearth.web.named import keep_who_was_named
from hearth.web.people import words
from hearth.web.people.forms import (
    CapacityForm,
    ChannelForm,
    ContactForm,
    EndTieForm,
    HouseholdForm,
    NeedsForm,
    PartForm,
    TieForm,
    WishForm,
)
from hearth.web.people.records import about_somebody, looked, shut_out


def part_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """End a part and begin another, or say that it was put down for the wrong person."""
    record, who = about_somebody(request, kind, public_id, person)
    one = next(each for each in queries.who_is_who(request.viewer, record.about) if each.id == who.pk)
    initial = {"part": one.parts[0]} if len(one.parts) == 1 else {}
    ages = ages_said(pack_for(record.about, clock.now()))
    form = PartForm(request.POST or None, parts=one.parts, ages=ages, initial=initial)
    back = record.page_of("people")

    def change() -> str:
        told, now = form.cleaned_data, clock.now()
        role = queries.role_of(request.viewer, record.about, who, PartPlayed(told["part"]))
        if told["becomes"] == "wrong":
            acts.say_part_was_wrong(record.about, role, why=told["why"], by=request.viewer, at=now)
            return _("The part is marked as wrong. What was put down stays on record.")
        acts.change_part(record.about, role, PartPlayed(told["becomes"]), by=request.viewer, at=now)
        return _("The part is changed. What they were before stays on record.")

    return act_page(
        request, form, title=_("Change the part they play"), button=_("Save"), back=back, act=change, caption=who.name
    )


def tie_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Say what somebody is to somebody else in the record."""
    record, who = about_somebody(request, kind, public_id, person)
    others = {
        str(one.public_id): one.name for one in queries.who_is_who(request.viewer, record.about) if one.id != who.pk
    }
    back = record.page_of("person", person)
    if not others:
        messages.info(request, _("Add the other person to this record first."))
        return redirect(back)
    form = TieForm(request.POST or None, others=list(others.items()))
    keep_who_was_named(request, form, "other")

    def relate() -> Done:
        told = form.cleaned_data
        other = queries.person_in(request.viewer, record.about, told["other"])
        is_shut = acts.say_relationship(
            record.about, who, Tie(told["tie"]), other, since=told["since"], by=request.viewer, at=clock.now()
        )
        return shut_out() if is_shut else Done(_("The relationship is recorded."))

    return act_page(
        request, form, title=_("What they are to somebody"), button=_("Record"), back=back, act=relate, caption=who.name
    )


def end_tie_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Say since when somebody is no longer to somebody else what this record says."""
    record, who = about_somebody(request, kind, public_id, person)
    ties = queries.ties_to_end(request.viewer, record.about, who)
    back = record.page_of("person", person)
    if not ties:
        messages.info(request, _("This record says of nobody that they are close now."))
        return redirect(back)
    others = queries.persons(request.viewer, [tie.other_id for tie in ties])
    looked(request, record, list(others))
    choices = [(str(tie.id), f"{words.TIES[tie.tie]}: {others[tie.other_id].name}") for tie in ties]
    form = EndTieForm(request.POST or None, ties=choices)

    def end() -> str:
        told = form.cleaned_data
        acts.end_relationship(record.about, int(told["tie"]), until=told["until"], by=request.viewer, at=clock.now())
        return _("The end is recorded. Whoever works with us and was close to them stays shut out.")

    return act_page(
        request, form, title=_("They are no longer close"), button=_("Record the end"), back=back, act=end,
        caption=who.name, field="until",
    )  # fmt: skip


def household_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Say that somebody lives in or visits the household of the record's home."""
    record, who = about_somebody(request, kind, public_id, person)
    if record.home_id is None or not may(request.viewer.parts, Act.SEARCH_REGISTER):
        raise Http404
    household = household_now(request.viewer, record.home_id, on=timezone.localdate(clock.now()))
    if household is None:
        raise Http404
    form, back = HouseholdForm(request.POST or None), record.page_of("person", person)

    def place() -> str:
        told = form.cleaned_data
        acts.say_who_lives_there(
            record.about, household, who, visits_only=told["how"] == "visits", since=told["since"], by=request.viewer,
            at=clock.now(),
        )  # fmt: skip
        return _("Kept in this record. The register is not changed by it.")

    return act_page(
        request, form, title=_("The household at this home"), button=_("Record"), back=back, act=place, caption=who.name
    )


def wish_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Keep what somebody wants, or why it is not known."""
    record, who = about_somebody(request, kind, public_id, person)
    form, back = WishForm(request.POST or None), record.page_of("person", person)

    def keep() -> str:
        told = form.cleaned_data
        acts.keep_wish(
            record.about, who, asked=Asked(told["asked"]), words=told["words"], said_at=form.said_at(),
            told_by=Source(told["told_by"]), by=request.viewer, at=clock.now(), key=told["key"],
        )  # fmt: skip
        return _("What they want is kept, word for word.")

    return act_page(request, form, title=_("What they want"), button=_("Keep"), back=back, act=keep, caption=who.name)


def channel_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Choose the way to reach somebody that something is to be said about."""
    record, who = about_somebody(request, kind, public_id, person)
    form, back = ChannelForm(request.POST or None), record.page_of("person", person)
    if form.is_valid():
        return redirect(f"{record.page_of('contact', person)}/{form.cleaned_data['channel']}")
    return act_page(
        request, form, title=_("How to reach them safely"), button=_("Continue"), back=back, act=str, caption=who.name
    )


def contact_page(request: Page, public_id: UUID, person: UUID, channel: str, kind: str) -> HttpResponse:
    """Say whether one way to reach somebody is safe."""
    record, who = about_somebody(request, kind, public_id, person)
    if channel not in words.CHANNELS:
        raise Http404
    kept = [
        each
        for each in queries.safe_contacts(request.viewer, who, about=record.about)
        if each.channel == channel and each.circle_id == record.about.circle_id
    ]
    last = kept[0] if kept else None
    initial = _as_kept(last) if last else {}
    form, back = ContactForm(request.POST or None, initial=initial), record.page_of("person", person)

    def keep() -> str:
        told = form.cleaned_data
        acts.keep_safe_contact(
            record.about, who, Channel(channel), ContactRule(told["rule"]), hours=form.hours(), value=told["value"],
            code_word=told["code_word"], replaces=told["version"], by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("Kept. Everything Hearth sends asks this first.")

    hint = _("The strictest rule of all records about this person holds, whoever sends.")
    return act_page(
        request, form, title=str(words.CHANNELS[channel]), button=_("Keep"), back=back, act=keep, caption=who.name,
        hint=hint,
    )  # fmt: skip


def needs_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Say in which language and with what help somebody is spoken to."""
    record, who = about_somebody(request, kind, public_id, person)
    last = queries.needs_of(request.viewer, record.about, who)
    initial = (
        {"version": last.version, "language": last.language, "interpreter": last.interpreter, "needs": last.needs}
        if last
        else {}
    )
    form, back = NeedsForm(request.POST or None, initial=initial), record.page_of("person", person)

    def keep() -> str:
        told = form.cleaned_data
        acts.keep_needs(
            record.about, who, language=told["language"], interpreter=Interpreter(told["interpreter"]),
            needs=told["needs"], replaces=told["version"], by=request.viewer, at=clock.now(),
        )  # fmt: skip
        return _("What they need is kept.")

    return act_page(
        request, form, title=_("How to speak with them"), button=_("Keep"), back=back, act=keep, caption=who.name
    )


def capacity_page(request: Page, public_id: UUID, person: UUID, kind: str) -> HttpResponse:
    """Keep whether somebody could make one decision."""
    record, who = about_somebody(request, kind, public_id, person)
    form, back = CapacityForm(request.POST or None), record.page_of("person", person)

    def keep() -> str:
        told = form.cleaned_data
        acts.keep_capacity(
            record.about, who, decision=told["decision"], outcome=Capacity(told["outcome"]), why=told["why"],
            help_given=told["help_given"], best_interests=told["best_interests"], assessed_on=told["assessed_on"],
            assessed_by=told["assessed_by"], by=request.viewer, at=clock.now(), key=told["key"],
        )  # fmt: skip
        return _("The decision on capacity is kept.")

    hint = _("Everybody is taken to be able to decide until it is shown that they cannot decide this one thing now.")
    return act_page(
        request, form, title=_("Could they decide?"), button=_("Keep"), back=back, act=keep, caption=who.name, hint=hint
    )


def _as_kept(last: SafeToContact) -> dict[str, object]:
    hours = last.hours
    return {
        "version": last.version, "rule": last.rule, "value": last.value, "code_word": last.code_word,
        "from_time": f"{hours.start:%H:%M}" if hours else "", "until_time": f"{hours.end:%H:%M}" if hours else "",
    }  # fmt: skip
