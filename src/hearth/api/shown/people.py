"""Who is in a record, in the API's words."""

from collections.abc import Sequence

from hearth.access.terms import Viewer
from hearth.api.shapes import in_record as shapes
from hearth.pathway.records import Record
from hearth.people import queries
from hearth.people.terms import Asked, Capacity, Channel, ContactRule, Interpreter, Playing, SafeToContact, Source


def in_record(viewer: Viewer, record: Record, people: Sequence[Playing]) -> list[shapes.PersonHere]:
    """Everybody in it, with what it says of each."""
    wishes = queries.wishes_in(viewer, record)
    found = queries.persons(viewer, [each.id for each in people])
    return [_person(viewer, record, each, found[each.id], wishes) for each in people if each.id in found]


def _person(
    viewer: Viewer, record: Record, one: Playing, who: queries.Somebody, wishes: Sequence[queries.AWish]
) -> shapes.PersonHere:
    contacts = queries.safe_contacts(viewer, who, about=record)
    return shapes.PersonHere(
        person=one.public_id, name=one.name, known_as=one.known_as, born_on=one.birth.born_on,
        age_about=one.birth.age_about, from_register=one.from_register, parts=list(one.parts), before=list(one.before),
        ties=_ties(viewer, record, who), wishes=[_wish(each) for each in wishes if each.person_id == who.pk],
        safe_contacts=[_contact(each, is_here=each.circle_id == record.circle_id) for each in contacts],
        needs=_needs(queries.needs_of(viewer, record, who)),
        capacity=[_capacity(each) for each in queries.capacity_in(viewer, record, who)],
    )  # fmt: skip


def _ties(viewer: Viewer, record: Record, who: queries.Somebody) -> list[shapes.TieHere]:
    ties = queries.ties_of(viewer, who, about=record)
    others = queries.persons(viewer, [tie.other_id for tie in ties])
    return [
        shapes.TieHere(other=other.public_id, name=other.name, tie=tie.tie, since=tie.since, until=tie.until)
        for tie in ties
        if (other := others.get(tie.other_id)) is not None
    ]


def _wish(row: queries.AWish) -> shapes.Wish:
    return shapes.Wish(asked=Asked(row.asked), words=row.words, said_at=row.said_at, told_by=Source(row.told_by))


def _contact(kept: SafeToContact, *, is_here: bool) -> shapes.SafeContact:
    hours = kept.hours
    return shapes.SafeContact(
        channel=Channel(kept.channel), rule=ContactRule(kept.rule), from_time=hours.start if hours else None,
        until_time=hours.end if hours else None, code_word=kept.code_word, value=kept.value, is_here=is_here,
        version=kept.version,
    )  # fmt: skip


def _needs(row: queries.TheirNeeds | None) -> shapes.Needs | None:
    if row is None:
        return None
    interpreter = Interpreter(row.interpreter)
    return shapes.Needs(interpreter=interpreter, language=row.language, needs=row.needs, version=row.version)


def _capacity(row: queries.ACapacity) -> shapes.CapacityHere:
    return shapes.CapacityHere(
        decision=row.decision, outcome=Capacity(row.outcome), why=row.why, assessed_on=row.assessed_on,
        assessed_by=row.assessed_by,
    )  # fmt: skip
