"""What waits for somebody before all else: the first thing on the page he lands on, and on *My work*."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hearth.access.terms import Viewer
from hearth.cases.queries import offers
from hearth.concerns.queries import restricted_waiting
from hearth.outbound.queries.on_call import AnAlert, alerts_ringing
from hearth.outbound.terms import RING_ALONE, NoticeWords, Told
from hearth.pathway.adopting.turns import my_steps
from hearth.pathway.adopting.understanding import to_read
from hearth.pathway.whereabouts import Whereabouts, whereabouts
from hearth.timescales.queries import Promise, clocks_named
from hearth.web.clauses import clause_link


def first_of_all(viewer: Viewer, *, at: datetime) -> dict[str, Any]:
    """Alerts, cases offered, concerns about our own people, and policies to approve or to read."""
    return {
        "alerts": by_their_link(alerts_ringing(viewer)),
        "offered": offers(viewer),
        "restricted": restricted_waiting(viewer),
        "to_read": to_read(viewer),
        "to_approve": my_steps(viewer, at=at),
    }


@dataclass(frozen=True)
class Ringing:
    """An alert, and those that came after it by the same reporting link, to be taken one after the other."""

    first: AnAlert
    after: Sequence[AnAlert]

    @property
    def each(self) -> Sequence[AnAlert]:
        return (self.first, *self.after)


def by_their_link(alerts: Iterable[AnAlert]) -> list[Ringing]:
    """Each alert by itself, and in the place of the first all of a link by which very many ring."""
    ringing = list(alerts)
    by_link = Counter((each.raised_by_id, each.kind) for each in ringing if each.is_by_link)
    sent = defaultdict[object, list[AnAlert]](list)
    for each in ringing:
        link = (each.raised_by_id, each.kind)
        sent[link if by_link[link] > RING_ALONE else each.public_id].append(each)
    return [Ringing(first, after) for first, *after in sent.values()]


def limits_named_by(viewer: Viewer, notices: Iterable[Told], *, at: datetime) -> dict[UUID, SafeString]:
    """Which limit a notice speaks of, of what, and by which clause: two notices of one hour are else the same."""
    ids = [notice.about for notice in notices if notice.about_kind == "clock" and notice.about]
    promises = clocks_named(viewer, ids, at=at) if ids else []
    places = whereabouts(viewer, promises)
    return {each.public_id: _named(each, places.get((each.about_kind, each.about_id))) for each in promises}


def _named(promise: Promise, place: Whereabouts | None) -> SafeString:
    called = f"{promise.promise}, {place.called}" if place and place.called else promise.promise
    return format_html('{}. <span class="hearth-clause">{}</span>', called, clause_link(promise.clause, promise.entity))


def named_in(first: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The records of which it says more than that something waits: the cases offered, by their references."""
    return [("case", offer.case_id) for offer in first["offered"]]


# Whoever takes an alert goes on to what it rang for: a first look that is promised stands with it.
TAKEN_AND_READ = ("oncall.acknowledged", "concern.looked_at")
DECIDED = ("concern.looked_at", "concern.triaged")
ANSWERED, APPROVED = ("case.handover_answered",), ("case.closure_refused",)
TOLD_THEM, DONE, LOOKED_AGAIN = ("concern.worry_answered",), ("action.done",), ("watch.reviewed",)
NO_LISTS: Mapping[str, Any] = dict.fromkeys(("closures", "worries", "actions", "watches"), ())


@dataclass(frozen=True)
class Thing:
    """Something that waits and has a place of its own on the page: its limit stands there, and no notice repeats it."""

    id: UUID
    kept_by: Sequence[str]
    """The acts by which it is done, one after the other."""
    about: tuple[str, int]
    asked_by: tuple[str, UUID] | None = None
    """What a notice that asks for it is about, or says, and which."""


def things(first: Mapping[str, Any], lists: Mapping[str, Any] = NO_LISTS) -> list[Thing]:
    """Everything that has a place of its own: among what waits before all else, and in the lists of *My work*."""
    return [
        *(
            Thing(each.public_id, TAKEN_AND_READ, (each.about_kind, each.about_id), ("alert", each.public_id))
            for ringing in first["alerts"]
            for each in ringing.each
        ),
        *(Thing(each.public_id, DECIDED, ("concern", each.id)) for each in first["restricted"]),
        *(
            Thing(each.public_id, ANSWERED, ("case", each.case_id), (NoticeWords.HANDOVER, each.case))
            for each in first["offered"]
        ),
        *(
            Thing(each.public_id, APPROVED, ("case", each.case_id), (NoticeWords.SOMETHING_WAITS, each.case.public_id))
            for each in lists["closures"]
        ),
        *(
            Thing(each.public_id, TOLD_THEM, ("concern", each.concern_id), ("worry", each.public_id))
            for each in lists["worries"]
        ),
        *(Thing(each.public_id, DONE, ("action", each.id)) for each in lists["actions"]),
        *(Thing(each.public_id, LOOKED_AGAIN, ("concern", each.concern_id)) for each in lists["watches"]),
    ]


def beside(promises: Iterable[Promise], shown: Iterable[Thing]) -> tuple[Mapping[UUID, list[Promise]], list[Promise]]:
    """The limits that stand with a thing, by its id, and those that are left to stand by themselves."""
    waits = defaultdict[tuple[str, tuple[str, int]], list[UUID]](list)
    for thing in shown:
        for act in thing.kept_by:
            waits[act, thing.about].append(thing.id)
    found, left = defaultdict[UUID, list[Promise]](list), []
    for promise in promises:
        keys = [(act, (promise.about_kind, promise.about_id)) for act in promise.stopped_by]
        ids = dict.fromkeys(each for key in keys if key in waits for each in waits[key])
        for each in ids:
            found[each].append(promise)
        if not ids:
            left.append(promise)
    return found, left


def policies_in(first: Mapping[str, Any]) -> list[UUID]:
    """The policies that wait to be read or approved."""
    asked = [first["to_read"]] if first["to_read"] else []
    return [each.public_id for each in (*asked, *first["to_approve"])]


def not_said_yet(notices: Iterable[Told], shown: Iterable[Thing], policies: Iterable[UUID]) -> list[Told]:
    """The notices of what stands nowhere else on the page."""
    said = {thing.asked_by for thing in shown}
    read = {("policy", each) for each in policies} | {("reading", each) for each in policies}
    return [
        each
        for each in notices
        if each.about is None or {(each.about_kind, each.about), (each.words, each.about)}.isdisjoint(said | read)
    ]
