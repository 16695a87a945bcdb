"""Whoever can be asked to do something finds it: on the page he lands on, or behind a link that stands there."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.access.rules import may
from hearth.access.terms import Act, Part
from hearth.concerns.terms import AboutStaff, Came, Place, Told
from hearth.outbound.operations.notices import notify
from hearth.outbound.terms import NoticeWords
from hearth.pathway.adopting.proposing import propose
from hearth.pathway.raising import raise_concern
from hearth.policy.packs import Pack, load, read_chain
from hearth.web import navigation
from hearth.web.navigation import ways_for
from pathway.ashgrove import proposed
from web.signed_in import at_a_browser, read

PACKS = Path(__file__).resolve().parents[2] / "packs"
SHIPPED = sorted(each.name for each in PACKS.iterdir() if each.name != "defaults")

# What can wait for somebody because of his post, and the page that lists it.
WAITS = {
    Act.CONFIRM_READING: "my_work",
    Act.ACKNOWLEDGE_ALERT: "my_work",
    Act.ANSWER_HANDOVER: "my_work",
    Act.WORK_CASE: "my_work",
    Act.APPROVE_CLOSURE: "my_work",
    Act.APPROVE_POLICY: "my_work",
    Act.ANSWER_WORRY: "my_work",
    Act.TRIAGE_CONCERN: "my_work",
    Act.REVIEW_WATCH: "my_work",
    Act.COMPLETE_CONCERN: "my_work",
    Act.SEE_QUEUE: "queue",
    Act.CLASSIFY_HAZARD: "hazards",
    Act.WORK_HAZARD: "hazards",
    Act.REVIEW_BREAK_GLASS: "emergencies",
    Act.AGREE_APPOINTMENT: "proposals",
    Act.SEE_UNSENT: "unsent",
    Act.END_EXCLUSION: "exclusions",
    Act.KEEP_MARKERS: "markers",
}


@dataclass(frozen=True)
class InPost:
    """Somebody who plays these parts and no other."""

    parts: frozenset[Part]
    id: int = 0
    name: str = ""


def lost(pack: Pack) -> list[tuple[str, str]]:
    """Every post of a policy beside what can wait for its holder and is behind no link of his."""
    told = {part for rule in pack.rules.values() for part in (rule.owner, *rule.tell)}
    found = []
    for post in pack.posts.values():
        holder = InPost(frozenset(map(Part, post.parts)) | {Part.ANYONE})
        ways = {way.page for way, _ in ways_for(holder)}
        due = {"my_work"} if not told.isdisjoint(post.parts) or post.id in pack.hears.values() else set()
        pages = due | {page for act, page in WAITS.items() if may(holder.parts, act)}
        found += [(post.id, page) for page in sorted(pages - ways)]
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_every_post_of_every_shipped_policy_has_a_way_to_what_can_wait_for_it(name):
    assert lost(load(PACKS / name)) == []


def test_somebody_without_a_way_is_noticed(monkeypatch):
    """The control: as long as *My work* was for those who see limits, a director had none."""
    before = [
        navigation.Way(Act.SEE_DUE, way.page, way.title, way.sentence) if way.page == "my_work" else way
        for way in navigation.WAYS
    ]
    monkeypatch.setattr(navigation, "WAYS", tuple(before))
    assert ("director", "my_work") in lost(load(PACKS / "rbkc-2019"))


@pytest.fixture
def director(cast):
    return at_a_browser(cast.director)


def test_a_policy_to_approve_meets_the_director_where_he_lands(cast, director):
    assert "waits for your approval" not in read(director.get("/"))
    with acting_as(cast.lead):
        chain = read_chain(PACKS / "rbkc-2019")
        propose(chain, starts_on=now().date() + timedelta(days=1), why="Agreed", by=cast.lead, at=now())
    for page in ("/", "/my-work"):
        assert "RBKC Housing Management 2019.1 waits for your approval" in read(director.get(page)), page
    assert "Nothing waits for you" in read(at_a_browser(cast.lead).get("/my-work")), "nobody approves his own"


def test_whose_turn_it_is_not_sees_whom_a_policy_waits_for_and_no_form(cast, director):
    which = proposed(cast, "director")
    assert "Your decision" in read(director.get(f"/policy/proposed/{which}"))
    other = read(at_a_browser(cast.deputy).get(f"/policy/proposed/{which}"))
    assert "It waits for Director of housing." in other
    assert "Your decision" not in other


def test_a_concern_about_the_lead_meets_whoever_hears_it_and_nobody_else(cast, director):
    about = Told(
        danger_now=False, about_staff=AboutStaff.YES, about_the_lead=True, place=Place.NOT_KNOWN, who="The lead",
        noticed="She told a tenant to withdraw what he said.",
    )  # fmt: skip
    with acting_as(cast.reporter):
        raise_concern(about, by=cast.reporter, at=now(), key=uuid.uuid4(), came_by=Came.PAGE)
    for page in ("/", "/my-work"):
        assert "1 restricted concern waits for your decision" in read(director.get(page))
        assert "about somebody who works" not in read(at_a_browser(cast.lead).get(page))
        assert "about somebody who works" not in read(at_a_browser(cast.triage_officer).get(page))


def test_a_notice_meets_somebody_in_no_post_where_he_lands(cast):
    hers = at_a_browser(cast.outsider)
    assert "under My work" not in read(hers.get("/"))
    for number, words in ((1, "1 notice"), (2, "2 notices")):
        with acting_as(cast.lead):
            notify(cast.outsider.id, NoticeWords.SOMETHING_WAITS, key=f"told:{number}", at=now())
        assert f"You have {words} under My work" in read(hers.get("/"))
    assert "Something waits for you" in read(hers.get("/my-work"))
    assert hers.get("/due").status_code == 404, "what waits for others is not hers to see"
