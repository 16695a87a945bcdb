"""What waits stands once on My work: with its limit beside it, one way to the act, and no notice that says it again."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aside import opened_in_emergency
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.models import Action
from hearth.cases.operations.handing_over import hand_over
from hearth.cases.operations.working import plan_action
from hearth.cases.queries import offers
from hearth.concerns.queries import concern_for, my_concern
from hearth.concerns.terms import AboutStaff
from hearth.outbound.models import Notice
from hearth.outbound.operations.notices import notify
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.outbound.terms import NoticeWords
from hearth.pathway.alarms import take_alert
from hearth.pathway.worrying import raise_worry
from hearth.timescales.models import Clock
from hearth.timescales.queries import due_for_me
from on_duty import rota
from walked import COLD, RINGS_NOBODY, owned, raised
from web.signed_in import at_a_browser, read

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def quiet(cast):
    """A concern of an hour ago that rings nobody."""
    return raised(cast, replace(COLD, **RINGS_NOBODY), at=now() - AN_HOUR)


def at_work(viewer):
    """My work as a reader has it, and its markup."""
    answer = at_a_browser(viewer).get("/my-work")
    return read(answer), answer.content.decode()


def notices(viewer, words):
    with acting_as(viewer):
        return Notice.objects.filter(user_id=viewer.id, words=words, read_at=None).count()


def stands_once(page, markup, *, way, promise, clause):
    """One link to the act, the limit's clause, and the limit itself not in the list of limits."""
    assert markup.count(f'href="{way}"') == 1
    assert promise not in page
    assert f"Clause {clause} " in page


def limit_of(rule):
    return Clock.objects.filter(rule=rule, state="running").values_list("clause", flat=True)[0]


def test_an_alert_stands_once_whoever_was_told_of_it_and_however_often(cast):
    rota(cast, ("lead", 1), start=now() - AN_HOUR)
    raised(cast, replace(COLD, danger_now=True, **RINGS_NOBODY), at=now() - timedelta(minutes=2))
    lead = cast.lead
    with acting_as(lead):
        (alert,) = alerts_ringing(lead)
        clause = limit_of("oncall.acknowledge")
    notify(
        lead.id, NoticeWords.ON_CALL_PASSED_ON, key="again", at=now(), about_kind="alert", about=alert.public_id
    )  # fmt: skip
    assert notices(lead, "on_call_alert") == notices(lead, "on_call_passed_on") == 1, "he was told twice"
    page, markup = at_work(lead)
    stands_once(page, markup, way=f"/alert/{alert.public_id}", promise="Answer the alert", clause=clause)
    assert page.count("take this alert") == 1
    assert "passed on to you" not in page
    assert "under My work" not in read(at_a_browser(lead).get("/")), "nor is it counted on the page he lands on"
    with acting_as(lead):
        take_alert(alert.public_id, by=lead, at=now())
    assert "take this alert" not in at_work(lead)[0]


def test_whoever_reads_a_concern_and_was_not_rung_for_it_is_offered_no_alert(cast):
    rota(cast, ("lead", 1), start=now() - AN_HOUR)
    raised(cast, replace(COLD, danger_now=True, **RINGS_NOBODY), at=now() - timedelta(minutes=2))
    with acting_as(cast.lead):
        (alert,) = alerts_ringing(cast.lead)
    for name, offered in (("triage_officer", False), ("intake_adviser", False), ("lead", True), ("deputy", True)):
        browser = at_a_browser(getattr(cast, name))
        for page in ("/", "/my-work"):
            assert ("take this alert" in read(browser.get(page))) is offered, (name, page)
        assert (browser.get(f"/alert/{alert.public_id}").status_code == 200) is offered, "the page answers alike"


def test_an_emergency_opening_leads_from_what_is_due_to_its_review_for_the_leads_alone(cast, quiet):
    with acting_as(cast.lead):
        reference = concern_for(cast.lead, quiet.public_id).reference
    opening = opened_in_emergency(cast, reference, by="worker")
    for name, leads in (("lead", True), ("triage_officer", False)):
        page = at_a_browser(getattr(cast, name)).get("/due")
        assert "Look again at an emergency opening" in read(page)
        assert (f'href="/emergencies/{opening}"' in page.content.decode()) is leads, name


def test_the_first_look_that_is_promised_stands_with_the_alert_until_that_is_taken(cast):
    evening = datetime(2025, 12, 3, 20, tzinfo=UTC)
    rota(cast, ("lead", 1), start=evening - AN_HOUR)
    raised(cast, replace(COLD, danger_now=True), at=evening)
    lead, look = cast.lead, "Look at the concern the same evening"
    with acting_as(lead):
        (alert,) = alerts_ringing(lead)
    page, markup = at_work(lead)
    assert page.count(f"{look} by 3 December 2025") == page.count(look) == 1
    assert page.count("Answer the alert by 3 December 2025") == 1
    assert f">{look}</a>" not in markup
    with acting_as(lead):
        take_alert(alert.public_id, by=lead, at=evening)
    page, markup = at_work(lead)
    assert f">{look}</a>" in markup, "then it stands where limits stand"
    assert "Answer the alert" not in page


def test_a_restricted_concern_stands_once_with_its_limit_and_one_click_from_the_decision(cast):
    ours = replace(COLD, about_staff=AboutStaff.YES, **RINGS_NOBODY)
    concern = raised(cast, ours, at=now() - AN_HOUR)
    with acting_as(cast.lead):
        (limit,) = due_for_me(cast.lead, at=now())
    page, markup = at_work(cast.lead)
    stands_once(
        page, markup, way=f"/concern/{concern.public_id}", promise=limit.promise, clause=limit.clause
    )  # fmt: skip
    assert page.count("1 restricted concern waits for your decision") == 1
    assert page.count(concern.reference) == 1
    assert concern.reference not in read(at_a_browser(cast.triage_officer).get("/my-work"))


def test_a_case_offered_stands_once(cast):
    case = owned(cast, at=now() - AN_HOUR)
    with acting_as(cast.owner):
        hand_over(case, to=cast.manager.id, what_matters="The children", by=cast.owner, at=now())
    manager = cast.manager
    with acting_as(manager):
        (offer,) = offers(manager)
        clause = limit_of("case.handover")
    assert notices(manager, "handover") == 1
    page, markup = at_work(manager)
    stands_once(page, markup, way=f"/offered/{offer.public_id}", promise="Accept or return the case", clause=clause)
    assert page.count("offers you case") == 1
    assert "A case is offered to you" not in page


def test_somebody_still_worried_stands_once(cast, quiet):
    with acting_as(cast.reporter):
        mine = my_concern(cast.reporter, quiet.public_id)
        worry = raise_worry(mine, why="He was there again", by=cast.reporter, at=now(), key=uuid.uuid4())
    with acting_as(cast.lead):
        clause = limit_of("concern.worry")
    assert notices(cast.lead, "still_worried") == 1
    page, markup = at_work(cast.lead)
    stands_once(
        page, markup, way=f"/still-worried/{worry.public_id}", promise="Answer a reporter who is still worried",
        clause=clause,
    )  # fmt: skip
    assert "A reporter is still worried" not in page


def test_an_action_stands_once_with_its_clause_and_force(cast):
    case, owner = owned(cast, at=now() - AN_HOUR), cast.owner
    with acting_as(owner):
        due = now().date() + timedelta(days=3)
        plan_action(case, text="See the school", owner_id=owner.id, due_on=due, by=owner, at=now(), key=uuid.uuid4())
        action, clause = Action.objects.get(), limit_of("action.due")
        promise = "Do what the plan says"
    page, markup = at_work(owner)
    stands_once(page, markup, way=f"/action/{action.public_id}/done", promise=promise, clause=clause)
    assert page.count("See the school") == 1
    with acting_as(owner):
        others = [each for each in due_for_me(owner, at=now()) if each.about_kind == "case"]
    assert [each.promise for each in others if each.promise not in page] == [], "limits of the case stand as before"
    assert others


def test_what_stands_nowhere_else_is_still_told(cast):
    case = owned(cast, at=now() - AN_HOUR)
    notify(
        cast.owner.id, NoticeWords.SOMETHING_WAITS, key="given", at=now(), about_kind="case", about=case.public_id,
        circle=case.circle_id,
    )  # fmt: skip
    page, _markup = at_work(cast.owner)
    assert "Something waits for you" in page
    assert "You have 1 notice under My work" in read(at_a_browser(cast.owner).get("/"))
