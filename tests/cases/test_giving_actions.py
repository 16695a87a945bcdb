"""An action that is no longer needed is dropped, and one that somebody cannot do is given to somebody else."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hearth.access.clock import now
from hearth.access.identity import acting_as, as_the_house
from hearth.access.operations import restrict
from hearth.access.queries import who_is_in
from hearth.access.terms import Refused
from hearth.cases import queries as cases
from hearth.cases.chronology import chronology
from hearth.cases.folder import folder
from hearth.cases.kinds import Kind
from hearth.cases.models import Action
from hearth.cases.operations import giving, working
from hearth.cases.operations.placing import add_worker, invite
from hearth.cases.planned import actions_of_leavers, may_be_given_actions
from hearth.cases.terms import NoSuchCase, Risk
from hearth.concerns.terms import NotComplete
from hearth.organisation.models import User
from hearth.organisation.operations import switch_off
from hearth.outbound.queries.notices import notices_for
from hearth.outbound.terms import NoticeWords
from hearth.pathway.closing import ask_for_closing
from hearth.timescales.models import Clock
from hearth.timescales.queries import due_for_me
from hearth.timescales.rebuilding import check_clocks
from hearth.timescales.terms import GateUnmet
from walked import ENDING, TRIAGED, owned
from web.signed_in import at_a_browser, read

AT = TRIAGED + timedelta(days=2)
LATER = AT + timedelta(days=1)
DUE = (AT + timedelta(days=10)).date()
WHY = "Grandmother brought two beds yesterday."


@pytest.fixture
def case(cast):
    """A case with a holder, and a colleague who works on it with him."""
    case = owned(cast, risk=Risk.STANDARD)
    with acting_as(cast.owner):
        add_worker(case, user_id=cast.worker.id, why="Visits with me", by=cast.owner, at=AT)
    return case


@pytest.fixture
def today(cast):
    """The same today, for stories at a browser, whose clock is the wall’s."""
    case = owned(cast, risk=Risk.STANDARD, at=now())
    with acting_as(cast.owner):
        add_worker(case, user_id=cast.worker.id, why="Visits with me", by=cast.owner, at=now())
    return case


def planned(case, by, owner, text="Buy two beds", at=AT):
    with acting_as(by):
        return working.plan_action(case, text=text, owner_id=owner.id, due_on=DUE, by=by, at=at, key=uuid.uuid4())


def found(viewer, action):
    with acting_as(viewer):
        return cases.action_for(viewer, action.public_id)


def dropped(action, by, why=WHY):
    with acting_as(by):
        giving.drop_action(cases.action_to_drop(by, action.public_id), why=why, by=by, at=LATER)


def given(action, by, to, words=""):
    with acting_as(by):
        giving.give_action(cases.action_for(by, action.public_id), to=to.id, words=words, by=by, at=LATER)


def limits(action):
    with as_the_house():
        rows = Clock.objects.filter(about_kind="action", about_id=action.pk).order_by("id")
        return [(row.state, row.owner_id, row.due_day) for row in rows]


def told(viewer):
    with acting_as(viewer):
        unread = notices_for(viewer, unread_only=True)
        return [each.about for each in unread if each.words is NoticeWords.ACTION_GIVEN]


def mine(viewer):
    with acting_as(viewer):
        waiting = [each.about_id for each in due_for_me(viewer, at=LATER) if each.about_kind == "action"]
        actions = [each.pk for each in cases.my_actions(viewer)]
        assert sorted(waiting) == sorted(actions)
        return actions


def leaves(cast, somebody, at=LATER):
    with acting_as(cast.administrator):
        switch_off(User.objects.get(pk=somebody.id), at=at)


def stops_closing(cast, case):
    """The gates that are in the way of closing, asked by its holder."""
    with acting_as(cast.owner):
        try:
            with transaction.atomic():
                ask_for_closing(cases.case_for(cast.owner, case.public_id), ENDING, by=cast.owner, at=LATER)
                transaction.set_rollback(True)
        except GateUnmet as problem:
            return {each.gate for each in problem.unmet}
    return set()


def test_an_action_dropped_with_a_reason_ends_its_limit_and_no_longer_stops_closing(cast, case):
    action = planned(case, cast.owner, cast.worker)
    with pytest.raises(NotComplete, match="why it is no longer needed"):
        dropped(action, cast.owner, why="  ")
    assert limits(action) == [("running", cast.worker.id, DUE)]
    assert stops_closing(cast, case) == {"close.nothing_running"}

    dropped(action, cast.owner)
    assert limits(action) == [("ended", cast.worker.id, DUE)], "ended, and not counted as kept"
    assert mine(cast.worker) == []
    assert told(cast.worker) == []
    with acting_as(cast.worker):
        (shown,) = folder(cast.worker, case).actions
        assert (shown.dropped_why, shown.dropped_at, shown.done_at) == (WHY, LATER, None)
        (line,) = [each for each in chronology(cast.worker, case, what=Kind.ACTIONS) if each.title == "Action dropped"]
        assert (line.by, line.words) == (cast.owner.name, f"Buy two beds\n{WHY}")
    assert list(check_clocks()) == []
    assert stops_closing(cast, case) == set()


def test_whoever_has_the_case_leads_or_was_to_do_it_drops_an_action_and_nobody_else(cast, case):
    by_others, his_own = planned(case, cast.owner, cast.owner), planned(case, cast.owner, cast.worker)
    with acting_as(cast.worker), pytest.raises(Refused):
        cases.action_to_drop(cast.worker, by_others.public_id)
    with acting_as(cast.worker), pytest.raises(Refused):
        giving.drop_action(by_others, why=WHY, by=cast.worker, at=LATER)
    with acting_as(cast.manager), pytest.raises(Refused):
        cases.action_to_drop(cast.manager, his_own.public_id)
    dropped(his_own, cast.worker)
    dropped(by_others, cast.lead)
    assert [found(cast.owner, each).dropped_by_id for each in (his_own, by_others)] == [cast.worker.id, cast.lead.id]


def test_what_a_lead_wants_done_is_dropped_by_a_lead_also_once_it_was_given_on_or_that_lead_has_left(cast, case):
    action = planned(case, cast.lead, cast.worker)
    given(action, cast.owner, cast.owner)
    with pytest.raises(NotComplete, match="Ask a lead to drop it"):
        dropped(action, cast.owner)
    leaves(cast, cast.lead)
    with pytest.raises(NotComplete, match="Ask a lead to drop it"):
        dropped(action, cast.owner)
    assert stops_closing(cast, case) == {"close.nothing_running"}
    dropped(action, cast.deputy)
    assert stops_closing(cast, case) == set()


def test_whoever_stands_in_the_leads_place_asks_for_as_much_as_a_lead(cast, case):
    with acting_as(cast.owner):
        for somebody in (cast.director, cast.manager):
            add_worker(case, user_id=somebody.id, why="Sees it with us", by=cast.owner, at=AT)
    asked, by_a_manager = planned(case, cast.director, cast.worker), planned(case, cast.manager, cast.worker)
    dropped(by_a_manager, cast.owner)
    with pytest.raises(NotComplete, match="Ask a lead to drop it"):
        dropped(asked, cast.owner)
    dropped(asked, cast.lead)


def test_an_action_given_on_keeps_its_day_and_goes_from_one_persons_work_into_anothers(cast, case):
    action = planned(case, cast.owner, cast.worker)
    assert (told(cast.worker), mine(cast.worker)) == ([action.public_id], [action.pk])

    given(action, cast.owner, cast.lead, words="Ask for Mrs Shah at the school")
    assert limits(action) == [("running", cast.lead.id, DUE)], "one limit, with the day it had"
    assert (told(cast.worker), mine(cast.worker)) == ([], [])
    assert (told(cast.lead), mine(cast.lead)) == ([action.public_id], [action.pk])
    with acting_as(cast.owner):
        (line,) = [
            each for each in chronology(cast.owner, case, what=Kind.ACTIONS) if each.title.startswith("Action given")
        ]
        assert (line.title, line.by) == (f"Action given to {cast.lead.name}", cast.owner.name)
        assert line.words == "Buy two beds\nAsk for Mrs Shah at the school"
    with as_the_house():
        kept = Clock.objects.filter(about_kind="case", about_id=case.pk, owner_part="owns_it", state="running")
        owners = {row.owner_id for row in kept}
    assert owners == {cast.owner.id}, "the case stays with its holder"
    assert list(check_clocks()) == []

    with acting_as(cast.lead):
        moved = cases.action_for(cast.lead, action.public_id)
        day = DUE + timedelta(days=3)
        working.change_action(moved, version=moved.version, text=moved.text, due_on=day, by=cast.lead, at=LATER)
    assert limits(action) == [("ended", cast.lead.id, DUE), ("running", cast.lead.id, day)]
    with acting_as(cast.lead):
        working.finish_action(found(cast.lead, action), result="They have beds", by=cast.lead, at=LATER)
    assert told(cast.lead) == []
    assert list(check_clocks()) == []


def test_an_action_is_for_those_who_can_work_on_the_case_first_and_later(cast, case):
    with acting_as(cast.owner):
        listed = {each.id for each in may_be_given_actions(cast.owner, case, at=AT)}
    assert listed == {cast.owner.id, cast.worker.id, cast.lead.id, cast.deputy.id}
    action = planned(case, cast.owner, cast.worker)
    for somebody in (cast.manager, cast.relative, cast.triage_officer):
        with pytest.raises(NotComplete, match="cannot work on this case"):
            given(action, cast.owner, somebody)
        with pytest.raises(NotComplete, match="cannot work on this case"):
            planned(case, cast.owner, somebody, text="Ring the school")
    with pytest.raises(NotComplete, match="have this action already"):
        given(action, cast.owner, cast.worker)
    with acting_as(cast.lead):
        restrict(case.circle_id, by=cast.lead)
    with pytest.raises(NotComplete, match="cannot work on this case"):
        given(action, cast.owner, cast.lead)
    given(action, cast.owner, cast.owner)
    assert told(cast.owner) == [], "he knows what he took himself"


def test_somebody_who_only_reads_the_case_gives_no_action(cast, case):
    action = planned(case, cast.owner, cast.owner)
    with acting_as(cast.manager):
        with pytest.raises(Refused):
            cases.action_for(cast.manager, action.public_id)
        with pytest.raises(Refused):
            giving.give_action(action, to=cast.lead.id, by=cast.manager, at=LATER)
    with acting_as(cast.relative), pytest.raises(NoSuchCase):
        cases.action_for(cast.relative, action.public_id)


def test_what_is_done_or_dropped_is_neither_given_dropped_finished_nor_changed(cast, case):
    done, gone = planned(case, cast.owner, cast.worker), planned(case, cast.owner, cast.worker)
    seen = found(cast.owner, gone)
    with acting_as(cast.worker):
        working.finish_action(found(cast.worker, done), result="They have beds", by=cast.worker, at=LATER)
    dropped(gone, cast.owner)
    for action, said in ((done, "already done"), (gone, "was dropped")):
        for act in (
            lambda: dropped(action, cast.owner),  # noqa: B023
            lambda: given(action, cast.owner, cast.lead),  # noqa: B023
        ):
            with pytest.raises(NotComplete, match=said):
                act()
    with acting_as(cast.owner):
        with pytest.raises(NotComplete, match="already finished or dropped"):
            working.finish_action(seen, result="They have beds", by=cast.owner, at=LATER)
        with pytest.raises(NotComplete, match="meanwhile"):
            giving.give_action(seen, to=cast.lead.id, by=cast.owner, at=LATER)
        with pytest.raises(NotComplete, match="already finished or dropped"):
            giving.drop_action(seen, why=WHY, by=cast.owner, at=LATER)
    assert found(cast.owner, gone).dropped_why == WHY


@pytest.mark.parametrize(
    "kept", [{"dropped_why": ""}, {"dropped_by": None}, {"done": True}], ids=lambda kept: next(iter(kept))
)
def test_the_database_keeps_no_dropping_that_is_not_whole(cast, case, kept):
    action = planned(case, cast.owner, cast.owner)
    dropped(action, cast.owner)
    values = {"done_at": LATER, "done_by": cast.owner.id, "result": "Bought"} if kept.get("done") else kept
    refused = pytest.raises(IntegrityError, match="action_dropped_says")
    with acting_as(cast.owner), transaction.atomic(), refused, transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**values)


def test_a_leavers_action_is_seen_by_whoever_has_the_case_and_by_the_leads_and_given_on(cast, today):
    action = planned(today, cast.owner, cast.worker, at=now())
    leaves(cast, cast.worker, at=now())
    for somebody, sees in ((cast.owner, True), (cast.lead, True), (cast.manager, False), (cast.relative, False)):
        with acting_as(somebody):
            assert [each.pk for each in actions_of_leavers(somebody, at=now())] == [action.pk] * sees
    with pytest.raises(NotComplete, match="cannot work on this case"):
        planned(today, cast.owner, cast.worker, text="Ring the school", at=now())
    owner = at_a_browser(cast.owner)
    work = owner.get("/my-work")
    assert "Actions of colleagues who have left" in read(work)
    assert f'href="/action/{action.public_id}/give"' in work.content.decode()
    assert "Has left" in read(owner.get(f"/case/{today.public_id}"))
    page = read(owner.get(f"/action/{action.public_id}/give"))
    assert f"{cast.worker.name}, who has left" in page

    done = owner.post(f"/action/{action.public_id}/give", {"owner": cast.owner.id, "words": ""}, follow=True)
    assert done.redirect_chain == [(f"/case/{today.public_id}", 302)]
    assert f"{cast.owner.name} has the action now." in read(done)
    assert "Has left" not in read(done)
    assert "Actions of colleagues who have left" not in read(owner.get("/my-work"))
    assert limits(action) == [("running", cast.owner.id, DUE)]


def test_whose_place_in_a_case_ends_leaves_actions_behind_and_whoever_ends_it_is_told(cast, today):
    done = planned(today, cast.owner, cast.worker, at=now())
    for text in ("Ring the school", "Ring the nursery"):
        planned(today, cast.owner, cast.worker, text=text, at=now())
    with acting_as(cast.worker):
        working.finish_action(found(cast.worker, done), result="They have beds", by=cast.worker, at=now())
    with acting_as(cast.owner):
        (place,) = [each for each in who_is_in(cast.owner, today.circle_id) if each.user_id == cast.worker.id]
        other = invite(
            today, user_id=cast.outsider.id, why="Knows the school", until=now() + timedelta(days=9), by=cast.owner,
            at=now(),
        )  # fmt: skip
    owner, page = at_a_browser(cast.owner), f"/case/{today.public_id}/who-is-in"
    told = "They still have 2 actions on its plan: give them to somebody else."
    assert told in read(owner.post(page, {"place": place.id}, follow=True))
    ended = read(owner.post(page, {"place": other}, follow=True))
    assert "Their place has ended" in ended
    assert "They still have" not in ended


def test_the_pages_say_what_is_missing_and_keep_what_was_typed(cast, today):
    action = planned(today, cast.owner, cast.worker, at=now())
    owner, give, drop = at_a_browser(cast.owner), f"/action/{action.public_id}/give", f"/action/{action.public_id}/drop"
    wrong = owner.post(give, {"owner": cast.manager.id, "words": "Ask for Mrs Shah"})
    assert "They cannot work on this case" in read(wrong)
    assert "Ask for Mrs Shah" in wrong.content.decode()
    assert "Choose who does it from now on" in read(owner.post(give, {"words": "Ask for Mrs Shah"}))
    assert "Write why it is no longer needed" in read(owner.post(drop, {"why": ""}))
    assert limits(action) == [("running", cast.worker.id, DUE)]

    done = owner.post(drop, {"why": WHY}, follow=True)
    assert f"Dropped {WHY}" in read(done)
    assert "Ended" in read(done), "its limit was not kept"
    assert "This action was dropped" in read(owner.post(drop, {"why": "Again"}))
    assert at_a_browser(cast.manager).get(give).status_code == 404
    assert at_a_browser(cast.manager).get(drop).status_code == 404


def test_a_way_to_drop_an_action_is_shown_to_those_who_may(cast, today):
    his, another = (
        planned(today, cast.owner, cast.worker, at=now()),
        planned(today, cast.owner, cast.owner, text="Ring the school", at=now()),
    )
    page = at_a_browser(cast.worker).get(f"/case/{today.public_id}").content.decode()
    assert f'href="/action/{his.public_id}/drop"' in page
    assert f'href="/action/{another.public_id}/drop"' not in page
    assert f'href="/action/{another.public_id}/give"' in page
