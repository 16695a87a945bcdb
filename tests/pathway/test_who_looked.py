"""Who has looked at a case stands on a page of its own; what happened in it is not among the looks."""

import uuid

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.chronology import who_looked
from hearth.cases.operations import handing_over
from hearth.cases.queries import case_for, offered_to_me
from hearth.ledger.operations import record_read
from hearth.ledger.queries import LOOKS
from hearth.partners.operations import process_step, refer
from hearth.partners.queries import processes_of
from hearth.partners.terms import Process
from hearth.pathway.closing import ask_for_closing
from hearth.people.operations import add_known_person
from hearth.people.terms import PartPlayed
from journeys.world import told
from walked import ASKED, ENDING, opened
from web.signed_in import at_a_browser, read


def test_everybody_who_looked_is_named_the_newest_first(cast):
    story = told(cast)
    for name in ("worker", "deputy"):
        viewer = getattr(cast, name)
        with acting_as(viewer):
            case = case_for(viewer, story.case)
            record_read("case.read", about=case, ids=[("case", case.id)], durable=False)
    with acting_as(cast.lead):
        assert [look.by for look in who_looked(cast.lead, case)] == ["Deputy", "Worker"]


def test_many_looks_are_told_a_page_at_a_time(cast):
    story = told(cast)
    with acting_as(cast.worker):
        case = case_for(cast.worker, story.case)
        for _ in range(5):
            record_read("case.read", about=case, ids=[("case", case.id)], durable=False)
    with acting_as(cast.lead):
        whole, first = who_looked(cast.lead, case), who_looked(cast.lead, case, limit=3)
        rest = who_looked(cast.lead, case, place=LOOKS.place(first.next), limit=3)
        assert [*first, *rest] == whole
        assert (rest.next, len(whole)) == (None, 5)


def test_whoever_opened_any_page_of_the_case_is_among_them(cast):
    """Its concern's words, the people in it, what was asked of others, its end and its handing over, each opened."""
    owner, at = cast.owner, now()
    done = opened(cast, hand_to=owner.id, at=at)
    with acting_as(owner):
        handing_over.accept(offered_to_me(owner)[0], by=owner, at=at)
        case = case_for(owner, done.case.public_id)
        ask_for_closing(case, ENDING, by=owner, at=at)
        referral = refer(None, case, ASKED, by=owner, at=at, key=uuid.uuid4())
        person = add_known_person(case, name="Rory Quayle", part=PartPlayed.SUBJECT_CHILD, by=owner, at=at).person
        process_step(
            case, process=Process.SECTION_47, step="case.section_47_started", by=owner, at=at,
            facts={"strategy_discussion_on": at.date(), "referred_on": at.date()},
        )  # fmt: skip
        (process,) = processes_of(owner, case)
        handing_over.hand_over(case, to=cast.worker.id, what_matters="The children", by=owner, at=at)
    with acting_as(cast.worker):
        (offer,) = offered_to_me(cast.worker)
    concern = done.decision.concern
    looked = {
        "Looked at a concern": (owner, f"/concern/{concern.public_id}"),
        "Looked at its people": (owner, f"/case/{case.public_id}/people/{person.public_id}"),
        "Looked at a referral": (owner, f"/referral/{referral.public_id}"),
        "Looked at another agency’s process": (owner, f"/process/{process.public_id}"),
        "Looked at what closing it waits for": (cast.lead, f"/case/{case.public_id}/approve"),
        "Looked at the offer of the case": (cast.worker, f"/offered/{offer.public_id}"),
    }
    for what, (who, page) in looked.items():
        assert at_a_browser(who).get(page).status_code == 200, what
    with acting_as(cast.lead):
        told = [(look.what, look.by) for look in who_looked(cast.lead, case)]
    names = {owner.id: "Owner", cast.lead.id: "Lead", cast.worker.id: "Worker"}
    assert sorted(told) == sorted((what, names[who.id]) for what, (who, _) in looked.items())
    page = read(at_a_browser(cast.lead).get(f"/case/{case.public_id}/who-looked"))
    assert all(what in page for what in (*looked, "Looked at who has looked"))
