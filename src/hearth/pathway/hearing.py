"""Whom the policy names to hear what is about somebody who works with us, and whom no alarm about it may ring."""

from collections.abc import Iterator
from datetime import datetime

from hearth.access.terms import Part
from hearth.concerns.terms import AboutStaff, Told
from hearth.organisation.queries import everybodys_names, people_in_parts
from hearth.outbound.queries.on_call import on_call
from hearth.people.names import standing_in
from hearth.policy.packs.pack import Pack

# Parts that may decide on what is shut to all others, those that come first first.
ABOUT_THE_LEAD = (Part.ALLEGATION_DEPUTY, Part.DEPUTY)
ABOUT_OUR_PEOPLE = (Part.LEAD, Part.DEPUTY, Part.ALLEGATION_DEPUTY)


def who_hears(pack: Pack, *, about_the_lead: bool) -> Part:
    """The part of the post that the policy names for it. What is about the lead never goes to a lead's post."""
    order = ABOUT_THE_LEAD if about_the_lead else ABOUT_OUR_PEOPLE
    for post in _named(pack, about_the_lead=about_the_lead):
        parts = pack.posts[post].parts if post in pack.posts else frozenset()
        if about_the_lead and Part.LEAD in parts:
            continue
        found = next((part for part in order if part in parts), None)
        if found is not None:
            return found
    return order[0]


def not_to_ring(told: Told, at: datetime, *, receiver: Part) -> frozenset[int]:
    """Who is not rung about it: whoever is named in it, and about the lead whoever holds the lead's post.

    A name is a guess, for others may have it too. Where it would leave nobody to ring, those who are named are rung.
    """
    if told.about_staff is AboutStaff.NO:
        return frozenset()
    leads = people_in_parts([Part.LEAD], at=at) if told.about_the_lead else []
    never = frozenset(user for user, _ in leads)
    named = standing_in(told.who, everybodys_names()) if told.who else frozenset()
    hearing = {user for user, _ in people_in_parts([receiver], at=at)} | {each.user_id for each in on_call(at)}
    return never | named if hearing - never - named else never


def _named(pack: Pack, *, about_the_lead: bool) -> Iterator[str]:
    if not about_the_lead:
        yield pack.hears.get("about_our_people", "")
        return
    yield pack.hears.get("about_the_lead", "")
    yield from (post.about_holder for post in pack.posts.values() if Part.LEAD in post.parts)
