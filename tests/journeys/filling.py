"""A town in which every page has something to show, told by the cast through the real operations."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
from django.apps import apps
from django.db import transaction

import aside
from access.matrix.policies import asked_to_read, changed, proposed, tried
from hearth.access import clock
from hearth.access.identity import acting_as
from hearth.access.terms import Scope
from hearth.access.tokens import make_token
from hearth.cases.operations.closing import ask_to_close
from hearth.cases.queries import case_for
from hearth.concerns.links import make_link
from hearth.concerns.models import Concern
from hearth.concerns.operations import still_worried
from hearth.concerns.queries import concern_for
from hearth.concerns.terms import AboutStaff, Place, Told
from hearth.housing.models import Home
from hearth.organisation.models import Post, User
from hearth.organisation.operations import propose
from hearth.pathway.people_in_records import say_relationship
from hearth.people.models import Person
from hearth.people.operations import add_known_person, add_role
from hearth.people.terms import Channel, PartPlayed, Tie
from housing.estate import let, make_home
from journeys.world import COLD, STRANGERS, Story, offered, raised, told
from on_duty import rota
from people.records import tenant
from rounds import make_round
from walked import ENDING, owned

Ids = dict[str, list[str]]
FEW = 6
OURS = Told(
    danger_now=False,
    about_staff=AboutStaff.YES,
    place=Place.NOT_KNOWN,
    noticed="A man from the repairs team keeps coming back when she is alone.",
)


def fill(cast: Any, database: str) -> tuple[str, Ids]:
    """Play what must have happened. Returns what the link carries, and the ids of every kind of record; under the name
    of a page those that only it shows well."""
    at = clock.now()
    story = told(cast)
    home, lives_there = _homes(cast)
    _people(cast, story)
    rota(cast, ("deputy", 1), ("lead", 2), start=at - timedelta(hours=1), hours=12)
    damp = Told(
        danger_now=True, about_staff=AboutStaff.NO, place=Place.HOME, home_id=home.pk, signs=("damp_or_mould",),
        noticed="Water runs down the wall of the children’s room. The smallest has been coughing for weeks.",
    )  # fmt: skip
    wet = raised(cast.reporter, damp, at=at)
    raised(cast.operative, OURS, at=at)
    with acting_as(cast.lead), transaction.atomic():
        secret = make_link("Brightgas vans", by=cast.lead, at=at)[1]
    second = _offered(cast, home)
    _lives_there(cast.lead, lives_there, home, wet, second)
    target = aside.limit_of(second, "case.target", by=cast.lead, at=at)
    limits = {"pause_limit": [target], "extend_limit": [target]}
    shown = {
        **limits,
        **_beside_the_case(cast, story),
        **_of_the_house(cast, story),
        **_ending(cast),
        "r": [secret],
        "number": ["2"],
    }
    make_round(database, "try_policies")
    return secret, {**_all(database), **{name: [str(which)] for name, (which,) in shown.items()}}


def _homes(cast: Any) -> tuple[Home, Person]:
    keeper = cast.register_keeper
    with transaction.atomic():
        home, who = make_home(keeper, "4 Juniper Court", uprn="100012345"), tenant(keeper, "Siobhán O’Brien")
        let(keeper, home, who, tenant(keeper, "Declan O’Brien"), reference="T-1", since=None)
        make_home(keeper, "6 Juniper Court")
    return home, who


def _people(cast: Any, story: Story) -> None:
    """Two people who are close to each other in the concern that waits and in the case."""
    triage, worker, at = cast.triage_officer, cast.worker, clock.now()
    with acting_as(triage), transaction.atomic():
        waiting = concern_for(triage, story.concern)
        he = add_known_person(waiting, name="Mr Ellery", part=PartPlayed.SUBJECT_ADULT, by=triage, at=at)
        son = add_known_person(waiting, name="Jude Ellery", part=PartPlayed.WITNESS, by=triage, at=at)
        say_relationship(waiting, he.person, Tie.PARENT, son.person, by=triage, at=at)
    with acting_as(worker), transaction.atomic():
        case = case_for(worker, story.case)
        child = add_known_person(case, name="Rory Quayle", part=PartPlayed.SUBJECT_CHILD, by=worker, at=at)
        mother = add_known_person(case, name="Una Quayle", part=PartPlayed.WITNESS, by=worker, at=at)
        say_relationship(case, child.person, Tie.CHILD, mother.person, by=worker, at=at)


def _beside_the_case(cast: Any, story: Story) -> dict[str, list[uuid.UUID]]:
    """What other agencies do about the case, and its limits."""
    worker, at = cast.worker, clock.now()
    enquiry = aside.enquiry_begun(story.case, by=worker, at=at - timedelta(days=1))
    waits = aside.referred(story.case, by=worker, at=at - timedelta(days=3))
    refused = aside.referred(story.case, by=worker, at=at - timedelta(days=2), answered=True)
    stands_still = aside.paused(story.case, "case.target", by=worker, at=at - timedelta(days=1))
    late = aside.late_limit_of(story.case, by=worker, at=at)
    return {
        "statutoryprocess": [enquiry],
        "referral": [waits],
        "challenge_referral": [refused],
        "agree_referral": [refused],
        "resume_limit": [stands_still],
        "why_late": [late],
    }


def _ending(cast: Any) -> dict[str, list[uuid.UUID]]:
    """A case whose closing waits for a second approver."""
    owner, at = cast.owner, clock.now()
    with transaction.atomic():
        case = owned(cast, at=at - timedelta(hours=2))
        with acting_as(owner):
            ask_to_close(case, ENDING, by=owner, at=at)
    return {"approve_closure": [case.public_id], "refuse_closure": [case.public_id]}


def _of_the_house(cast: Any, story: Story) -> dict[str, list[Any]]:
    """A watch, an emergency opening, files with a fault, messages that did not leave, a post asked for, a token, a
    policy that somebody begins to change."""
    worker, at = cast.worker, clock.now()
    seen = raised(cast.reporter, STRANGERS, at=at - timedelta(days=2))
    watch = aside.watched(cast, seen, until=(at + timedelta(days=7)).date(), at=at - timedelta(days=1))
    with acting_as(cast.lead), transaction.atomic():
        reference = concern_for(cast.lead, story.concern).reference
    opening = aside.opened_in_emergency(cast, reference, by="manager")
    files = aside.files_with_a_fault(cast)
    message = aside.message_that_did_not_leave(cast)
    with acting_as(cast.administrator), transaction.atomic():
        asked = propose(
            User.objects.get(name="Outsider"), Post.objects.get(key="champion"), starts_at=at, ends_at=None,
            is_cover=False, asked_by=cast.administrator.id, at=at,
        )  # fmt: skip
    with acting_as(worker), transaction.atomic():
        make_token("Repairs system", [Scope.WORK], ends_at=at + timedelta(days=30), by=worker, at=at)
    trial = tried(cast, at)
    changed(cast, at)
    return {
        "proposal": [asked.public_id],
        "proposed": [proposed(cast, at + timedelta(days=1))],
        "reading": [asked_to_read(cast, at)],
        "promises": ["4.1.4b"],
        "try_policy": ["livv-2022"],
        "trial": [trial],
        "trial_file": [trial],
        "watch": [watch],
        "review_emergency": [opening],
        "registerupload": [files],
        "message": [message],
        "post": ["case-worker"],
        "policy": ["manchester-2025"],
    }


def _offered(cast: Any, home: Home) -> uuid.UUID:
    """A second case, offered and not taken, and its reporter is still worried."""
    reporter = cast.reporter
    at_home = replace(COLD, place=Place.HOME, home_id=home.pk, elsewhere="")
    case = offered(cast, at=clock.now() - timedelta(hours=3), what=at_home)
    with acting_as(reporter), transaction.atomic():
        mine = Concern.objects.filter(reported_by_id=reporter.id, noticed=COLD.noticed).latest("id")
        still_worried(mine, why="The heating is off again.", by=reporter, at=clock.now(), key=uuid.uuid4())
    return case


def _lives_there(lead: Any, who: Person, home: Home, concern_id: uuid.UUID, case_id: uuid.UUID) -> None:
    """A concern and a case are about a tenant of ours, and each puts a marker on the home."""
    at = clock.now()
    with acting_as(lead), transaction.atomic():
        records = [concern_for(lead, concern_id), case_for(lead, case_id)]
        for each in records:
            add_role(each, who, PartPlayed.SUBJECT_ADULT, by=lead, at=at)
    for each in records:
        aside.marked(each, home, by=lead, at=at)


def _all(database: str) -> Ids:
    """The ids that stand in addresses, the oldest first, of every table that has them."""
    found = {}
    with psycopg.connect(database, user="postgres", autocommit=True) as everything:
        for model in apps.get_models():
            if any(each.name == "public_id" for each in model._meta.fields):
                rows = everything.execute(
                    f"select public_id from {model._meta.db_table} order by {model._meta.pk.column} limit {FEW}"
                ).fetchall()
                found[model._meta.model_name or ""] = [str(row[0]) for row in rows]
    found["channel"] = [each.value for each in Channel]
    return found
