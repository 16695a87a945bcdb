"""Whoever was let into a case by name finds it on My work, also where no list of cases is his to open."""

import uuid
from datetime import date, timedelta

from django.utils.timezone import localdate

from api.caller import caller
from hearth.access.clock import now
from hearth.access.identity import acting_as
from hearth.cases.invited import invited_into
from hearth.cases.operations.placing import add_worker, end_place, invite
from hearth.web.words import day
from walked import owned
from web.signed_in import at_a_browser, moment, read

A_WEEK = timedelta(days=7)


def invited(cast, who, *, until=A_WEEK):
    case = owned(cast, at=now() - timedelta(days=2))
    with acting_as(cast.owner):
        grant = invite(case, user_id=who.id, why="Knows the school", until=now() + until, by=cast.owner, at=now())
    return case, grant


def test_an_invited_colleague_finds_the_case_while_the_invitation_lasts(cast):
    """The control is somebody else, and the same colleague once the invitation is over."""
    outsider = cast.outsider
    case, grant = invited(cast, outsider)
    page = at_a_browser(outsider).get("/my-work").content.decode()
    assert "Cases you are invited into" in page
    assert f'href="/case/{case.public_id}">{case.reference}</a>' in page
    assert at_a_browser(outsider).get("/cases").status_code == 404, "no list of cases is his"
    assert at_a_browser(outsider).get(f"/case/{case.public_id}").status_code == 200
    assert "Cases you are invited into" not in read(at_a_browser(cast.reporter).get("/my-work"))
    with acting_as(outsider):
        assert invited_into(outsider, at=now() + 2 * A_WEEK) == []
    with acting_as(cast.owner):
        end_place(case, grant, by=cast.owner, at=now())
    assert "Cases you are invited into" not in read(at_a_browser(outsider).get("/my-work"))


def test_an_invitation_lasts_to_the_end_of_its_last_day_and_is_said_so(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    last = localdate(now()) + A_WEEK
    asked = {"who": "outsider@ashgrove.example", "why": "Knows the school", **moment(last, name="until")}
    at_a_browser(cast.owner).post(f"/case/{case.public_id}/invite", asked)
    assert f"until the end of {day(last)}" in read(at_a_browser(cast.outsider).get("/my-work"))
    assert f"Until the end of {day(last)}." in read(at_a_browser(cast.owner).get(f"/case/{case.public_id}/who-is-in"))


def test_whoever_works_on_a_case_without_a_post_of_the_case_team_finds_it_too(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    with acting_as(cast.owner):
        add_worker(case, user_id=cast.outsider.id, why="Drives there", by=cast.owner, at=now())
        add_worker(case, user_id=cast.worker.id, why="Visits with me", by=cast.owner, at=now())
    assert f"Cases you work on {case.reference}" in read(at_a_browser(cast.outsider).get("/my-work"))
    assert "Cases you work on" not in read(at_a_browser(cast.worker).get("/my-work")), "his list of cases has it"


def test_a_colleague_is_brought_in_to_work_on_a_case_and_can_be_given_its_actions(cast):
    """By whoever has it, on a page; the control is a colleague who is there already, and one who works on it only."""
    case, worker = owned(cast, at=now() - timedelta(days=2)), cast.worker
    owner, door = at_a_browser(cast.owner), f"/case/{case.public_id}/bring-in"
    planning = {
        "key": str(uuid.uuid4()),
        "text": "Buy beds",
        "owner": worker.id,
        **moment(date(2030, 1, 2), name="due_on"),
    }
    assert "They cannot work on this case" in read(owner.post(f"/case/{case.public_id}/action", planning))
    assert f'href="{door}"' in owner.get(f"/case/{case.public_id}/who-is-in").content.decode()
    assert "Write why they work on this case" in read(owner.post(door, {"who": worker.id, "why": ""}))
    assert at_a_browser(worker).get(f"/case/{case.public_id}").status_code == 404

    done = owner.post(door, {"who": worker.id, "why": "Speaks Polish"}, follow=True)
    assert "They can read this case and work on it now." in read(done)
    assert f"{worker.name} Works on it." in read(done)
    assert "can work on this case already" in read(owner.post(door, {"who": worker.id, "why": "Again"}))
    assert owner.post(f"/case/{case.public_id}/action", planning).status_code == 302
    his = at_a_browser(worker)
    assert "An action was given to you" in read(his.get("/my-work"))
    assert his.get(door).status_code == 404, "whoever works on it brings nobody in"


def test_another_system_is_told_the_same(cast):
    case, _ = invited(cast, cast.outsider)
    told = caller(cast.outsider).get("/my-work").body["invited"]
    assert [(each["id"], each["reference"]) for each in told] == [(str(case.public_id), case.reference)]
    assert caller(cast.reporter).get("/my-work").body["invited"] == []


def test_whoever_is_named_alone_is_invited_whatever_else_is_sent(cast):
    """The page lets somebody choose only where several are called the same."""
    case = owned(cast, at=now() - timedelta(days=2))
    asked = {"who": "outsider@ashgrove.example", "why": "Knows the school", "until-day": "2", "until-month": "1"}
    for other in (str(cast.reporter.id), "somebody"):
        sent = {**asked, "until-year": "2030", "person": other}
        assert at_a_browser(cast.owner).post(f"/case/{case.public_id}/invite", sent).status_code in (200, 302)
    assert at_a_browser(cast.outsider).get(f"/case/{case.public_id}").status_code == 200
    assert at_a_browser(cast.reporter).get(f"/case/{case.public_id}").status_code == 404


def test_a_place_that_is_no_number_is_no_place(cast):
    case, grant = invited(cast, cast.outsider)
    for place in ("9" * 5000, "²", "", "-1"):
        answer = at_a_browser(cast.owner).post(f"/case/{case.public_id}/who-is-in", {"place": place}, follow=True)
        assert "This place cannot be ended here" in read(answer)
    assert at_a_browser(cast.outsider).get(f"/case/{case.public_id}").status_code == 200
    answer = at_a_browser(cast.owner).post(f"/case/{case.public_id}/who-is-in", {"place": grant}, follow=True)
    assert "Their place has ended" in read(answer)


def test_a_character_that_no_name_holds_is_said_and_nobody_is_invited(cast):
    case = owned(cast, at=now() - timedelta(days=2))
    answer = at_a_browser(cast.owner).post(f"/case/{case.public_id}/invite", {"who": "Out\0sider", "why": "x"})
    assert "This holds a character that cannot be kept" in read(answer)
