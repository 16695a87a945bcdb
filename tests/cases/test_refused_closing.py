"""A closing that is not approved: the case stays open, whoever asked hears why, and what was answered is not lost."""

import uuid
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.cases.chronology import chronology
from hearth.cases.folder import folder
from hearth.cases.models import Closure
from hearth.cases.operations import closing, giving
from hearth.cases.operations.working import plan_action
from hearth.cases.terms import Ending, NoSuchCase, Risk
from hearth.concerns.terms import NotComplete
from hearth.outbound.models import Message
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.closing import ask_for_closing
from hearth.timescales.models import Clock
from hearth.timescales.operations import adopt_policy
from pathway.ashgrove import policy
from walked import ENDING, TRIAGED, owned
from web.signed_in import at_a_browser, read

AT = TRIAGED + timedelta(days=30)
WHY = "See the little one’s bed yourself first."
ANSWERED = replace(ENDING, wishes_why="She told us on the doorstep.", child_why="The school sees them daily.")
IN_TIME = """
[[rule]]
id = "case.approval"
promise = "Answer whether a case may close"
about = "case"
clause = "H.review"
owner = "case_manager"
starts = "case.closure_asked"
stops = ["case.closed", "case.closure_refused"]
limit = "3 working days"
force = "policy"
"""


@pytest.fixture
def asked(cast):
    """A high-risk case whose owner asked to close it: it waits for a second approver."""
    return asked_again(cast, owned(cast, risk=Risk.HIGH))


def asked_again(cast, case, ending=ANSWERED, at=AT):
    with acting_as(cast.owner):
        return ask_for_closing(cases.case_for(cast.owner, case.public_id), ending, by=cast.owner, at=at).closure


def refused(closure, by, *, why=WHY, at=AT):
    with acting_as(by):
        closing.refuse(cases.closure_waiting(by, closure.case), why=why, by=by, at=at)


def notices(viewer, words):
    with acting_as(viewer):
        return [each.about for each in notices_for(viewer, unread_only=True) if each.words is words]


def test_whoever_approves_reads_what_was_planned_and_not_done(cast):
    case = owned(cast, risk=Risk.HIGH, at=now())
    with acting_as(cast.owner):
        action = plan_action(
            case, text="Buy two beds", owner_id=cast.owner.id, due_on=now().date(), by=cast.owner, at=now(),
            key=uuid.uuid4(),
        )  # fmt: skip
    page = f"/case/{case.public_id}/approve"
    with acting_as(cast.owner):
        giving.drop_action(action, why="Grandmother brought two.", by=cast.owner, at=now())
    asked_again(cast, case, at=now())
    shown = read(at_a_browser(cast.manager).get(page))
    assert "Planned and not done Buy two beds. Dropped by" in shown
    assert "Grandmother brought two." in shown
    other = owned(cast, risk=Risk.HIGH, at=now())
    asked_again(cast, other, at=now())
    assert "Planned and not done" not in read(at_a_browser(cast.manager).get(f"/case/{other.public_id}/approve"))


def test_a_manager_says_why_not_and_whoever_asked_hears_of_it(cast, asked):
    owner, manager, case = cast.owner, cast.manager, asked.case
    assert notices(manager, NoticeWords.SOMETHING_WAITS) == [case.public_id]
    with pytest.raises(NotComplete, match="why the case should not close yet"):
        refused(asked, manager, why="  ")
    assert notices(owner, NoticeWords.CLOSING_REFUSED) == []

    refused(asked, manager)
    assert notices(owner, NoticeWords.CLOSING_REFUSED) == [case.public_id]
    assert notices(manager, NoticeWords.SOMETHING_WAITS) == [], "answered, so nobody is asked any more"
    with as_the_house():
        sent = Message.objects.filter(key__startswith="closure-refused:").values_list("user_id", "words", "enclosed")
        assert list(sent) == [(owner.id, "something_waits", None)]
    with acting_as(owner):
        held = folder(owner, cases.case_for(owner, case.public_id))
        assert (held.case.stage, held.closure) == ("open", None)
        assert (held.refused.refused_by.name, held.refused.refused_why) == (manager.name, WHY)
        (line,) = [each for each in chronology(owner, held.case) if each.title == "Closing not approved"]
        assert (line.by, WHY in line.words) == (manager.name, True)
    with acting_as(manager):
        assert cases.closures_waiting(manager) == []


def test_what_was_answered_stands_there_when_closing_is_asked_for_again_and_goes_once_it_closes(cast, asked):
    owner, manager, case = cast.owner, cast.manager, asked.case
    refused(asked, manager)
    with acting_as(owner):
        before = cases.closing_asked_before(owner, case)
        assert Ending(**{each.name: getattr(before, each.name) for each in fields(Ending)}) == ANSWERED
    again = asked_again(cast, case, at=AT + timedelta(days=1))
    assert notices(owner, NoticeWords.CLOSING_REFUSED) == [], "asked again, so what was refused waits no more"
    with acting_as(owner):
        assert folder(owner, case).refused is None
    with acting_as(manager):
        closing.close(cases.closure_waiting(manager, again.case), by=manager, at=AT + timedelta(days=1), approves=True)
    with acting_as(cast.lead):
        assert cases.closing_asked_before(cast.lead, cases.case_for(cast.lead, case.public_id)) is None


def test_neither_whoever_asked_nor_whoever_works_on_it_may_refuse(cast, asked):
    owner, worker, lead = cast.owner, cast.worker, cast.lead
    for somebody in (owner, worker):
        with acting_as(somebody), pytest.raises(Refused):
            closing.refuse(asked, why=WHY, by=somebody, at=AT)
    with acting_as(lead):
        mine = ask_for_closing(cases.case_for(lead, asked.case.public_id), ANSWERED, by=lead, at=AT).closure
        with pytest.raises(NotComplete, match="Somebody else"):
            closing.refuse(mine, why=WHY, by=lead, at=AT)
    with acting_as(owner):
        assert cases.case_for(owner, asked.case.public_id).stage == "open"
    refused(mine, cast.deputy)
    assert notices(lead, NoticeWords.CLOSING_REFUSED) == [asked.case.public_id]
    assert notices(owner, NoticeWords.CLOSING_REFUSED) == []


def test_one_answer_is_given_also_where_two_look_at_once(cast, asked):
    manager, lead = cast.manager, cast.lead
    with acting_as(lead):
        looked_at = cases.closure_waiting(lead, asked.case)
    refused(asked, manager)
    with acting_as(lead):
        with pytest.raises(NotComplete, match="already been answered"):
            closing.close(looked_at, by=lead, at=AT, approves=True)
        with pytest.raises(NotComplete, match="already been answered"):
            closing.refuse(looked_at, why="Not yet", by=lead, at=AT)
        with pytest.raises(NoSuchCase):
            cases.closure_waiting(lead, asked.case)
        assert cases.case_for(lead, asked.case.public_id).stage == "open"


@pytest.mark.parametrize(
    ("kept", "rule"),
    [
        ({"refused_why": ""}, "refused_closure_says_why_and_waits_no_more"),
        ({"withdrawn_at": None}, "refused_closure_says_why_and_waits_no_more"),
        ({"refused_by": "owner"}, "closure_is_refused_by_somebody_else"),
    ],
    ids=["no reason", "still waits", "oneself"],
)
def test_the_database_keeps_no_refusal_that_is_not_whole(cast, asked, kept, rule):
    refused(asked, cast.manager)
    values = {name: cast.owner.id if value == "owner" else value for name, value in kept.items()}
    with acting_as(cast.lead), transaction.atomic(), pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Closure.objects.filter(pk=asked.pk).update(**values)


def test_a_limit_for_the_answer_is_kept_by_a_refusal_and_begins_anew_when_closing_is_asked_for_again(cast):
    case = owned(cast, risk=Risk.HIGH)
    with acting_as(cast.lead):
        adopt_policy(policy(more=IN_TIME), by=cast.lead, at=AT - timedelta(hours=1))
    asked = asked_again(cast, case)
    assert states(asked.case) == ["running"]
    refused(asked, cast.manager)
    assert states(asked.case) == ["met"]
    asked_again(cast, asked.case, at=AT + timedelta(days=1))
    assert states(asked.case) == ["met", "running"]


def states(case):
    with as_the_house():
        found = Clock.objects.filter(about_kind="case", about_id=case.pk, rule="case.approval")
        return list(found.order_by("id").values_list("state", flat=True))


def test_it_is_done_on_a_page_that_keeps_what_was_typed(cast, asked):
    manager, case = cast.manager, asked.case
    page = at_a_browser(manager)
    assert "Do not approve" in read(page.get(f"/case/{case.public_id}/approve"))
    at = f"/case/{case.public_id}/do-not-approve"
    assert "Write why the case should not close yet" in read(page.post(at, {"why": ""}))
    with acting_as(manager):
        assert cases.closure_waiting(manager, case)
    done = page.post(at, {"why": WHY}, follow=True)
    assert done.redirect_chain == [(f"/case/{case.public_id}", 302)]
    assert f"Not approved. The case stays open, and {cast.owner.name} is told why." in read(done)
    assert page.get(at).status_code == 404, "nothing waits there any more"

    owner = at_a_browser(cast.owner)
    assert "A closing you asked for was not approved" in read(owner.get("/my-work"))
    for where in (f"/case/{case.public_id}", f"/case/{case.public_id}/close"):
        assert f"Closing was not approved by {manager.name}" in read(owner.get(where)), where
        assert WHY in read(owner.get(where)), where
    form = owner.get(f"/case/{case.public_id}/close").content.decode()
    for words in (ANSWERED.why, ANSWERED.change_seen, ANSWERED.child_why):
        assert words in form
    assert at_a_browser(cast.worker).get(at).status_code == 404
